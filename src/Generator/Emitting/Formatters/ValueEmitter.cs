using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing.Types;

namespace TypedSocketRedis.Generator.Emitting.Formatters;

/// <summary>Emits the code that writes or reads one value.</summary>
internal static class ValueEmitter
{
    /// <summary>Writes a value, null as nil.</summary>
    /// <param name="code">The writer of the code.</param>
    /// <param name="scope">The prefixes of names.</param>
    /// <param name="value">The value's model.</param>
    /// <param name="expression">The value as code, which is evaluated more than once if it is nullable.</param>
    /// <param name="writer">The MessagePack writer.</param>
    /// <param name="depth">The depth of the value, as code.</param>
    /// <param name="place">The description of the value for exceptions.</param>
    public static void Write(SourceWriter code, Scope scope, ValueModel value, string expression, string writer, string depth, string place)
    {
        if (value is { IsNullable: true, IsReference: false })
        {
            code.Line($"if ({expression} is null) {writer}.WriteNil();")
                .Line($"else {Present(scope, value, expression + ".Value", writer, depth, place)}");
        }
        else
        {
            code.Line(Present(scope, value, expression, writer, depth, place));
        }
    }

    /// <summary>Returns the statement that writes a value that is not null.</summary>
    public static string Present(Scope scope, ValueModel value, string expression, string writer, string depth, string place) =>
        value.Kind switch
    {
        ValueKind.Formatter => $"{scope.Formatters}{value.Codec}.Write(ref {writer}, {expression}, {depth});",
        ValueKind.Enum => $"{scope.ValueWriter}.Write(ref {writer}, ({value.EnumNumber}){expression});",
        ValueKind.Date when value.IsUnspecifiedUtc =>
            $"{scope.ValueWriter}.Write(ref {writer}, {scope.ValueWriter}.AsUtc({expression}), {CodeText.Literal(place)});",
        ValueKind.Date => $"{scope.ValueWriter}.Write(ref {writer}, {expression}, {CodeText.Literal(place)});",
        ValueKind.Dynamic => $"{scope.DynamicWriter}.Write{value.Codec}(ref {writer}, {expression}, {depth});",
        _ when value.Codec == KnownTypes.DecimalNumber => $"{scope.ValueWriter}.Write(ref {writer}, (double){expression});",
        _ when KnownTypes.IsFramework(value.Codec) => $"{scope.FrameworkWriter}.Write{value.Codec}(ref {writer}, {expression});",
        _ => $"{scope.ValueWriter}.Write(ref {writer}, {expression});",
    };

    /// <summary>Returns the expression that reads a value, nil as null.</summary>
    public static string Read(Scope scope, ValueModel value)
    {
        var read = ReadPresent(scope, value);
        if (value is not { IsNullable: true, IsReference: false }) return read;

        // An array converts to memory, so null would become empty memory.
        var nothing = value.Codec is "Memory" or "WritableMemory" or "Segment" ? $"default({value.Type}?)" : "null";
        return $"reader.TryReadNil() ? {nothing} : {read}";
    }

    /// <summary>Returns the expression that reads a value, nil as the type's default.</summary>
    public static string ReadPresent(Scope scope, ValueModel value) => value.Kind switch
    {
        ValueKind.Formatter => $"{scope.Formatters}{value.Codec}.Instance.Deserialize(ref reader, options)",
        ValueKind.Enum => $"{scope.EnumReader}.Read<{value.Type}, {value.EnumNumber}>(ref reader)",
        ValueKind.Dynamic when value.Codec == "Object" => $"{scope.DynamicReader}.ReadObject(ref reader, options)",
        ValueKind.Dynamic => $"{scope.DynamicReader}.Read{value.Codec}(ref reader)",
        _ when value.Codec == KnownTypes.DecimalNumber => $"{scope.ValueReader}ReadDecimal(ref reader)",
        _ when KnownTypes.IsFramework(value.Codec) => $"{scope.FrameworkReader}.Read{value.Codec}(ref reader)",
        _ => $"{scope.ValueReader}Read{value.Codec}(ref reader)",
    };

    /// <summary>Returns the expression that reads an element, which throws for nil if an element cannot be null.</summary>
    public static string ReadElement(Scope scope, ValueModel value) => value is { IsReference: true, Missing.Length: > 0 }
        ? $"{Read(scope, value)} ?? throw {scope.Protocol}DataPath.Null()"
        : Read(scope, value) + Forgive(value);

    /// <summary>Returns the value of a variable before it is read: its default as code, or that of its type.</summary>
    public static string Initial(Scope scope, ValueModel value, string? given) => (value, given) switch
    {
        // The default of DateTime has no kind, so that it could not be sent on.
        ({ Kind: ValueKind.Date, IsNullable: false }, null or "" or "default") => $"{scope.ValueReader}NoDate",
        (_, null or "") => "default",
        _ => given!,
    };

    /// <summary>Returns the operator that converts a variable that may be null to its declared type.</summary>
    public static string Forgive(ValueModel value) => value is { IsReference: true, IsNullable: false } ? "!" : "";
}
