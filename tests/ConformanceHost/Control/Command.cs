using System.Text.Json;

namespace TypedSocketRedis.ConformanceHost.Control;

/// <summary>One command of the control path: <c>{"op": ..., ...}</c>.</summary>
internal sealed class Command(JsonElement body)
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(1);

    /// <summary>The operation, or an empty string if the body names none.</summary>
    public string Op => Text("op") ?? "";

    public string Namespace => Text("nsp") ?? "/";

    public string Event => Text("event") ?? throw new ArgumentException("The command has no event.");

    public string Id => Text("id") ?? throw new ArgumentException("The command has no id.");

    public SocketArguments Arguments => Find("args") is { } arguments ? Marked.ReadArguments(arguments) : default;

    /// <summary>Gets a value indicating whether the emitter executes the command instead of the server.</summary>
    public bool ViaEmitter => Text("via") == "emitter";

    public bool Close => IsSet(body, "close");

    /// <summary>The time to wait for acknowledgements, at least one millisecond, or null for the default of the library.</summary>
    public TimeSpan? Timeout
    {
        get
        {
            if (Find("timeout") is not { ValueKind: JsonValueKind.Number } number) return null;
            var timeout = TimeSpan.FromMilliseconds(number.GetDouble());
            return timeout < ShortestTimeout ? ShortestTimeout : timeout;
        }
    }

    public string[] Rooms(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Array } rooms ? [.. rooms.EnumerateArray().Select(room => room.GetString() ?? "")] : [];

    /// <summary>Selects the target of the command.</summary>
    public IBroadcast<AnyEvents> Select(IEmitter<AnyEvents> emitter)
    {
        // The official server, from which the commands are taken, treats an empty list of rooms as the whole namespace.
        var chain = Rooms("rooms") is { Length: > 0 } rooms ? emitter.To((IEnumerable<string>)rooms) : emitter.All;
        chain = chain.Except(Rooms("except"));
        if (Find("flags") is not { ValueKind: JsonValueKind.Object } flags) return chain;
        if (IsSet(flags, "volatile")) chain = chain.Volatile();
        if (IsSet(flags, "local")) chain = chain.Local();
        if (flags.TryGetProperty("compress", out var compress)) chain = chain.Compress(compress.ValueKind == JsonValueKind.True);
        return chain;
    }

    private static bool IsSet(JsonElement value, string name) =>
        value.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.True;

    private string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private JsonElement? Find(string name) => body.TryGetProperty(name, out var found) ? found : null;
}
