using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>What a JavaScript client sees of each value: <c>docs/types.md</c> as TypeScript.</summary>
internal sealed class TypeScriptTypes(TypeScriptModel model, TypeScriptNames names)
{
    private readonly Dictionary<string, FormatterModel> _formatters = model.Formatters.ToDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>The shape of a payload type, if it is an object.</summary>
    public ObjectModel? Object(string formatter) => _formatters.TryGetValue(formatter, out var shape) ? shape as ObjectModel : null;

    /// <summary>The type of an argument, an element or a value of a dictionary, where null is <c>null</c>.</summary>
    public string Of(ValueModel value) => value.IsNullable ? Present(value) + " | null" : Present(value);

    /// <summary>The type of a value that is there.</summary>
    /// <exception cref="NotSupportedException">There is no rule for it.</exception>
    public string Present(ValueModel value) => value.Kind switch
    {
        ValueKind.Primitive or ValueKind.Date => Primitive(value.Codec) ?? throw Unmapped(value.Type),
        ValueKind.Enum => names.Of(value.Type),
        ValueKind.Formatter => Formatter(value.Codec),
        _ => throw Unmapped(value.Type),
    };

    /// <summary>What the runtime writes itself, by the reader's suffix; null when there is no rule.</summary>
    public static string? Primitive(string codec) => codec switch
    {
        "Boolean" => "boolean",
        "SByte" or "Byte" or "Int16" or "UInt16" or "Int32" or "UInt32" or "Int64" or "UInt64" or "Single" or "Double" or "TimeSpan" => "number",
        "Char" or "String" or "Decimal" or "Guid" or "DateTime" or "DateTimeOffset" => "string",
        "Bytes" or "Memory" => "ArrayBuffer | Uint8Array",
        _ => null,
    };

    private string Formatter(string name) => _formatters[name] switch
    {
        ObjectModel => names.Of(name),
        SequenceModel sequence => Array(Of(sequence.Element)),
        MapModel map => $"Record<string, {Of(map.Element)}>",
        var other => throw Unmapped(other.Type),
    };

    private static string Array(string element) => element.Contains('|') ? $"({element})[]" : element + "[]";

    private static NotSupportedException Unmapped(string type) =>
        new($"TypedSocketRedis has no TypeScript for '{type}'; please report it, and leave SocketEventsTypeScriptOut empty until then.");
}
