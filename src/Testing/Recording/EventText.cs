namespace TypedSocketRedis;

/// <summary>Events as text.</summary>
internal static class EventText
{
    /// <summary>Returns an event in the form of a JavaScript call.</summary>
    public static string Of(string name, SocketArguments arguments) =>
        $"{name}({string.Join(",", Enumerable.Range(0, arguments.Count).Select(i => arguments[i].ToJson()))})";
}
