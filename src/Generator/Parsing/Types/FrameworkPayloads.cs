using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Parsing.Types;

/// <summary>Types that have no form on the wire, and the types that can be sent instead.</summary>
internal static class FrameworkPayloads
{
    private const string Values = "Send an array or a list, or one event for each value";
    private const string Collection = "Use an array, a list, a set or a dictionary";
    private const string Bytes = "Send the bytes as byte[] or ReadOnlyMemory<byte>";
    private const string Text = "Send the text as string";
    private const string Elements = "Send an array or a list";
    private const string Name = "Send a name as string";
    private const string Result = "Send its result";
    private const string Record = "Send a record with the values that receivers need";
    private const string Exact = "Use the exact type of the values, or object";

    private static readonly HashSet<string> Buffers = new(StringComparer.Ordinal)
    {
        "System.Span<T>", "System.ReadOnlySpan<T>", "System.Memory<T>", "System.ReadOnlyMemory<T>",
        "System.Buffers.ReadOnlySequence<T>", "System.Buffers.IMemoryOwner<T>",
    };

    // Searched by the definition of the type itself, of a base class or of an interface; the first match is used.
    private static readonly (string Type, string Advice)[] All =
    [
        ("System.IO.Stream", Bytes),
        ("System.IO.Pipelines.PipeReader", Bytes),
        ("System.IO.TextReader", Text),
        ("System.Text.StringBuilder", Text),
        ("System.Reflection.MemberInfo", Name),
        ("System.Reflection.Assembly", Name),
        ("System.Globalization.CultureInfo", Name),
        ("System.Text.Json.Nodes.JsonValue", "Use JsonNode or JsonElement"),
        ("System.Text.Json.Nodes.JsonNode", "Use JsonNode or JsonElement"),
        ("System.Exception", "Send its message as string"),
        ("System.Threading.Tasks.Task", Result),
        ("System.Threading.Tasks.ValueTask", Result),
        ("System.Threading.Tasks.ValueTask<TResult>", Result),
        ("System.Threading.Channels.ChannelReader<T>", Values),
        ("System.Threading.Channels.ChannelWriter<T>", Values),
        ("System.Threading.Channels.Channel<TWrite, TRead>", Values),
        ("System.Collections.Generic.IAsyncEnumerable<T>", Values),
        ("System.Collections.Generic.IAsyncEnumerator<T>", Values),
        ("System.IObservable<T>", Values),
        ("System.Collections.IEnumerable", Collection),
        ("System.Collections.IEnumerator", Collection),
    ];

    /// <summary>Returns the advice on the type to send instead of one that cannot be sent.</summary>
    public static string Advice(ITypeSymbol type)
    {
        if (type.SpecialType is SpecialType.System_Enum) return "Use the enum itself";
        if (type.SpecialType is SpecialType.System_ValueType or SpecialType.System_Array) return Exact;
        if (type is INamedTypeSymbol { IsGenericType: true } buffer && Buffers.Contains(type.OriginalDefinition.ToDisplayString()))
        {
            return buffer.TypeArguments[0].SpecialType switch
            {
                SpecialType.System_Byte => Bytes,
                SpecialType.System_Char => Text,
                _ => Elements,
            };
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var t = type; t is not null; t = t.BaseType) names.Add(t.OriginalDefinition.ToDisplayString());
        names.UnionWith(type.AllInterfaces.Select(i => i.OriginalDefinition.ToDisplayString()));
        foreach (var (name, advice) in All)
            if (names.Contains(name)) return advice;
        return Record;
    }
}
