using Microsoft.CodeAnalysis.CSharp;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>The code that writes or reads one value.</summary>
internal static class ValueEmitter
{
    /// <summary>Writes a value, null as nil.</summary>
    /// <param name="code">Where the code goes.</param>
    /// <param name="value">The value's model.</param>
    /// <param name="expression">The value; evaluated more than once when it is nullable.</param>
    /// <param name="writer">The MessagePack writer.</param>
    /// <param name="depth">The depth of the value, as code.</param>
    /// <param name="place">What the value is, for exceptions.</param>
    public static void Write(SourceWriter code, ValueModel value, string expression, string writer, string depth, string place)
    {
        if (value is { IsNullable: true, IsReference: false })
        {
            code.Line($"if ({expression} is null) {writer}.WriteNil();")
                .Line($"else {Present(value, expression + ".Value", writer, depth, place)}");
        }
        else
        {
            code.Line(Present(value, expression, writer, depth, place));
        }
    }

    /// <summary>The statement that writes a value that is there.</summary>
    public static string Present(ValueModel value, string expression, string writer, string depth, string place) => value.Kind switch
    {
        ValueKind.Formatter => $"{value.Codec}.Write(ref {writer}, {expression}, {depth});",
        ValueKind.Enum => $"{KnownNames.ValueWriter}.Write(ref {writer}, ({value.EnumNumber}){expression});",
        ValueKind.Date => $"{KnownNames.ValueWriter}.Write(ref {writer}, {expression}, {SymbolDisplay.FormatLiteral(place, quote: true)});",
        ValueKind.Dynamic => $"{KnownNames.DynamicWriter}.Write{value.Codec}(ref {writer}, {expression}, {depth});",
        _ when KnownTypes.IsFramework(value.Codec) => $"{KnownNames.FrameworkWriter}.Write{value.Codec}(ref {writer}, {expression});",
        _ => $"{KnownNames.ValueWriter}.Write(ref {writer}, {expression});",
    };

    /// <summary>The expression that reads a value.</summary>
    public static string Read(ValueModel value)
    {
        var read = value.Kind switch
        {
            ValueKind.Formatter => $"{value.Codec}.Instance.Deserialize(ref reader, options)",
            ValueKind.Enum => $"{KnownNames.EnumReader}.Read<{value.Type}, {value.EnumNumber}>(ref reader)",
            ValueKind.Dynamic when value.Codec == "Object" => $"{KnownNames.DynamicReader}.ReadObject(ref reader, options)",
            ValueKind.Dynamic => $"{KnownNames.DynamicReader}.Read{value.Codec}(ref reader)",
            _ when KnownTypes.IsFramework(value.Codec) => $"{KnownNames.FrameworkReader}.Read{value.Codec}(ref reader)",
            _ => $"{KnownNames.ValueReader}.Read{value.Codec}(ref reader)",
        };
        if (value is not { IsNullable: true, IsReference: false }) return read;

        // An array converts to memory, and null would be taken for one.
        var nothing = value.Codec is "Memory" or "WritableMemory" or "Segment" ? $"default({value.Type}?)" : "null";
        return $"reader.TryReadNil() ? {nothing} : {read}";
    }

    /// <summary>What turns a variable that may be null into its declared type.</summary>
    public static string Forgive(ValueModel value) => value is { IsReference: true, IsNullable: false } ? "!" : "";
}
