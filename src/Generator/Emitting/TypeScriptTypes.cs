using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>The TypeScript types of values, following <c>docs/types.md</c>.</summary>
internal sealed class TypeScriptTypes(TypeScriptModel model, TypeScriptNames names)
{
    private readonly Dictionary<string, FormatterModel> _formatters = model.Formatters.ToDictionary(f => f.Name, StringComparer.Ordinal);
    private readonly HashSet<string> _named = new(model.Types.Select(t => t.Key), StringComparer.Ordinal);

    /// <summary>The types without a rule for TypeScript that have been requested.</summary>
    public SortedSet<string> Unmapped { get; } = new(StringComparer.Ordinal);

    /// <summary>Returns the model of a formatter, or null if there is none.</summary>
    public FormatterModel? Shape(string formatter) => _formatters.TryGetValue(formatter, out var shape) ? shape : null;

    /// <summary>Returns the type of an argument, an element or a value of a dictionary, in which null is <c>null</c>.</summary>
    public string Of(ValueModel value) => value.IsNullable && (value.Kind != ValueKind.Dynamic || value.Codec is "JsonObject" or "JsonArray")
        ? Present(value) + " | null"
        : Present(value);

    /// <summary>Returns the type of a value that is not null.</summary>
    public string Present(ValueModel value) => value.Kind switch
    {
        ValueKind.Primitive or ValueKind.Date => Primitive(value.Codec) ?? Missing(value.Type),
        ValueKind.Enum => names.Of(value.Type),
        ValueKind.Dynamic => Dynamic(value.Codec) ?? Missing(value.Type),
        ValueKind.Formatter => Formatter(value.Codec),
        _ => Missing(value.Type),
    };

    /// <summary>Returns a member of an object: its name, the mark of an optional member, and its type.</summary>
    public string Member(MemberModel member)
    {
        var isAbsent = member.Presence is Presence.NotDefault or Presence.Never
            || (member.Presence == Presence.NotNull && member.Value.IsNullable);
        var type = member.Presence == Presence.Always ? Of(member.Value) : Present(member.Value);
        return $"{TypeScriptNames.Property(member.WireName)}{(isAbsent ? "?" : "")}: {type};";
    }

    /// <summary>Returns the types of a union, each with its discriminator property.</summary>
    public string Union(UnionModel union)
    {
        var variants = union.Variants.Select(Variant).ToList();
        if (union.Base.Length > 0) variants.Add(Formatter(union.Base));
        return string.Join(" | ", variants.Distinct());
    }

    /// <summary>Returns the texts of an enum, and for flags their combinations.</summary>
    public static string Texts(EnumModel model)
    {
        if (model.Members.Count == 0) return "string";
        var names = string.Join(" | ", model.Members.Where(m => !m.IsAlias).Select(m => TypeScriptNames.Text(m.WireName)));
        return model.IsFlags ? $"{names} | {Combined(names)}" : names;
    }

    /// <summary>Returns the type of several names in one text, of which only the first is checked.</summary>
    public static string Combined(string names) => $"`${{{names}}}, ${{string}}`";

    /// <summary>Returns the type of a value that the runtime writes itself, by the reader's suffix, or null if there is no rule.</summary>
    public static string? Primitive(string codec) => codec switch
    {
        "Boolean" => "boolean",
        "SByte" or "Byte" or "Int16" or "UInt16" or "Int32" or "UInt32" or "Int64" or "UInt64" or "IntPtr" or "UIntPtr"
            or "Single" or "Double" or "Half" or "TimeSpan" => "number",
        "Char" or "String" or "Decimal" or "Guid" or "DateTime" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "Int128" or "UInt128"
            or "BigInteger" or "Uri" or "Version" or "Rune" => "string",
        "Bytes" or "Memory" or "WritableMemory" or "Segment" => "ArrayBuffer | Uint8Array",
        _ => null,
    };

    private static string? Dynamic(string codec) => codec switch
    {
        "JsonElement" or "JsonDocument" or "JsonNode" or "SocketArgument" or "Object" => "unknown",
        "JsonObject" => "Record<string, unknown>",
        "JsonArray" => "unknown[]",
        _ => null,
    };

    private string Formatter(string name) => _formatters[name] switch
    {
        ObjectModel or UnionModel or EnumModel when _named.Contains(name) => names.Of(name),
        ObjectModel inline => $"{{ {string.Join(" ", inline.Members.Select(Member))} }}",
        EnumModel texts => Texts(texts),
        SequenceModel sequence => Array(Of(sequence.Element)),
        MapModel map => $"Record<string, {Of(map.Element)}>",
        TupleModel tuple => $"[{string.Join(", ", tuple.Items.Select(Of))}]",

        // The type of a custom formatter is known only to its author.
        CustomModel custom => custom.TypeScript.Length > 0 ? TypeScriptText.Type(custom.TypeScript) : "unknown",
        var other => Missing(other.Type),
    };

    private string Variant(VariantModel variant)
    {
        var shape = (ObjectModel)_formatters[variant.Formatter];
        if (shape.Mark is not { } mark) return Formatter(variant.Formatter);
        var property = $"{TypeScriptNames.Property(mark.Property)}: {(mark.IsText ? TypeScriptNames.Text(mark.Value) : mark.Value)};";
        return $"{{ {string.Join(" ", new[] { property }.Concat(shape.Members.Select(Member)))} }}";
    }

    private static string Array(string element) => element.Contains('|') ? $"({element})[]" : element + "[]";

    private string Missing(string type)
    {
        Unmapped.Add(type);
        return "unknown";
    }
}
