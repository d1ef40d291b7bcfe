using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Parsing.Types;

/// <summary>Framework types that have no form on the wire, and the types that can be sent instead.</summary>
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

    // Searched by the type itself, a base class or an interface, and by their definitions; the first match is used.
    private static readonly (string Type, string Advice)[] All =
    [
        ("System.Span<byte>", Bytes),
        ("System.ReadOnlySpan<byte>", Bytes),
        ("System.Buffers.ReadOnlySequence<byte>", Bytes),
        ("System.Buffers.IMemoryOwner<byte>", Bytes),
        ("System.Span<char>", Text),
        ("System.ReadOnlySpan<char>", Text),
        ("System.Span<T>", Elements),
        ("System.ReadOnlySpan<T>", Elements),
        ("System.Buffers.ReadOnlySequence<T>", Elements),
        ("System.Buffers.IMemoryOwner<T>", Elements),
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

    /// <summary>Returns the advice on the type to send instead of a framework type.</summary>
    public static string Advice(ITypeSymbol type)
    {
        if (type.SpecialType is SpecialType.System_Enum) return "Use the enum itself";
        if (type.SpecialType is SpecialType.System_ValueType or SpecialType.System_Array) return Exact;
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var t = type; t is not null; t = t.BaseType) AddNames(t);
        foreach (var t in type.AllInterfaces) AddNames(t);
        foreach (var (name, advice) in All)
            if (names.Contains(name)) return advice;
        return Record;

        void AddNames(ITypeSymbol t) => names.UnionWith([t.ToDisplayString(), t.OriginalDefinition.ToDisplayString()]);
    }
}
