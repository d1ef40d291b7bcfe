using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting.TypeScript;

/// <summary>The TypeScript types of values, following <c>docs/types.md</c>.</summary>
internal sealed class TypeScriptTypes(TypeScriptModel model, TypeScriptNames names)
{
    /// <summary>The name of the MessagePack parser in the build property.</summary>
    public const string MessagePack = "msgpack";

    private readonly Dictionary<string, FormatterModel> _formatters = model.Formatters.ToDictionary(f => f.Name, StringComparer.Ordinal);
    private readonly HashSet<string> _received = TypeScriptReach.OfServers(model);
    private readonly HashSet<string> _named = new(model.Types.Select(t => t.Key), StringComparer.Ordinal);

    /// <summary>The types without a rule for TypeScript that have been requested.</summary>
    public SortedSet<string> Unmapped { get; } = new(StringComparer.Ordinal);

    /// <summary>Returns the model of a formatter, or null if there is none.</summary>
    public FormatterModel? Shape(string formatter) => _formatters.TryGetValue(formatter, out var shape) ? shape : null;

    /// <summary>Returns the type of an argument, an element or a value of a dictionary, in which null is <c>null</c>.</summary>
    public string Of(ValueModel value) =>
        value.IsNullable && (value.Kind != ValueKind.Dynamic || value.TypeScript.Length > 0 || value.Codec is "JsonObject" or "JsonArray")
            ? Present(value) + " | null"
            : Present(value);

    /// <summary>Returns the type of a value that is not null.</summary>
    public string Present(ValueModel value) => value.Kind switch
    {
        _ when value.TypeScript.Length > 0 => Author(value.TypeScript, value.TypeScriptArguments),
        _ when value.Codec is "DateTime" or "DateTimeOffset" && model.Parser == MessagePack => "Date",
        ValueKind.Primitive or ValueKind.Date => Primitive(value.Codec) ?? Missing(value.Type),
        ValueKind.Enum => names.Of(value.Type),
        ValueKind.Dynamic => Dynamic(value.Codec) ?? Missing(value.Type),
        ValueKind.Formatter when value.TupleNames.Count > 0 && Shape(value.Codec) is TupleModel tuple =>
            $"[{string.Join(", ", tuple.Items.Select((item, i) => $"{Label(value.TupleNames[i])}: {Of(item)}"))}]",
        ValueKind.Formatter => Formatter(value.Codec),
        _ => Missing(value.Type),
    };

    /// <summary>Returns a member of an object: its name, the mark of an optional member, and its type.</summary>
    public string Member(MemberModel member, ObjectModel owner)
    {
        var isAbsent = member.Presence is Presence.NotDefault or Presence.Never || member.Value.IsOptional
            || (member.Presence == Presence.NotNull && member.Value.IsNullable);

        // A server never writes null here, but takes it from clients.
        var type = member.Presence == Presence.Always || _received.Contains(owner.Name) ? Of(member.Value) : Present(member.Value);
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
        var names = Names(model);
        return model.IsFlags ? $"{names} | {Combined(names)}" : names;
    }

    /// <summary>Returns the texts of the members of an enum.</summary>
    public static string Names(EnumModel model) =>
        string.Join(" | ", model.Members.Where(m => !m.IsAlias).Select(m => TypeScriptNames.Text(m.WireName)));

    /// <summary>Returns the type of several names in one text, of which only the first is checked.</summary>
    public static string Combined(string names) => $"`${{{names}}}, ${{string}}`";

    /// <summary>Returns the type of a value that the runtime writes itself, by the reader's suffix, or null if there is no rule.</summary>
    public static string? Primitive(string codec) => codec switch
    {
        "Boolean" => "boolean",
        "SByte" or "Byte" or "Int16" or "UInt16" or "Int32" or "UInt32" or "Int64" or "UInt64" or "IntPtr" or "UIntPtr"
            or "Single" or "Double" or "Half" or "TimeSpan" or Parsing.Types.KnownTypes.DecimalNumber => "number",
        "Char" or "String" or "Decimal" or "Guid" or "DateTime" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "Int128" or "UInt128"
            or "BigInteger" or "Uri" or "Version" or "Rune" or "IPAddress" or "IPEndPoint" => "string",
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

    /// <summary>Returns the type of a collection with a name of its own. A <c>Record</c> cannot contain itself.</summary>
    public string Collection(FormatterModel collection) => collection is MapModel map
        ? $"{{ [key: string]: {Of(map.Element)} }}" : Array(Of(((SequenceModel)collection).Element));

    private string Formatter(string name) => _formatters[name] switch
    {
        ObjectModel or UnionModel or EnumModel or SequenceModel or MapModel when _named.Contains(name) => names.Of(name),
        ObjectModel inline => $"{{ {string.Join(" ", inline.Members.Select(m => Member(m, inline)))} }}",
        EnumModel texts => Texts(texts),
        SequenceModel sequence => Array(Of(sequence.Element)),
        MapModel map => $"Record<{(IsInteger(map.Key) ? "number" : "string")}, {Of(map.Element)}>",
        OptionalModel optional => Of(optional.Value),
        TupleModel tuple => $"[{string.Join(", ", tuple.Items.Select(Of))}]",

        ResultModel result => $"{{ ok: true; data: {Of(result.Data)}; }} | {{ ok: false; error: {Of(result.Error)}; }}",

        // The type of a custom formatter is known only to its author.
        CustomModel custom => custom.TypeScript.Length > 0 ? Author(custom.TypeScript, custom.TypeScriptArguments) : "unknown",
        var other => Missing(other.Type),
    };

    private string Variant(VariantModel variant) => Formatter(variant.Formatter);

    /// <summary>Returns the discriminator property of a type of a union.</summary>
    public static string Mark(MarkModel mark) =>
        $"{TypeScriptNames.Property(mark.Property)}: {(mark.IsText ? TypeScriptNames.Text(mark.Value) : mark.Value)};";

    // The type that an author has set, with the TypeScript of type arguments.
    private string Author(string text, EquatableArray<ValueModel> arguments)
    {
        var type = TypeScriptText.Type(text);
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = Of(arguments[i]);
            type = type.Replace($"{{{i}}}", argument.Contains('|') ? $"({argument})" : argument);
        }

        return type;
    }

    private static string Label(string name) => TypeScriptNames.Parameter(Naming.CamelCase(name));

    private static bool IsInteger(KeyModel key) => key.Kind == KeyKind.Enum
        || key is { Kind: KeyKind.Formattable,
            Codec: "SByte" or "Byte" or "Int16" or "UInt16" or "Int32" or "UInt32" or "Int64" or "UInt64" };

    /// <summary>Returns the type of an array.</summary>
    public static string Array(string element) => element.Contains('|') ? $"({element})[]" : element + "[]";

    private string Missing(string type)
    {
        Unmapped.Add(type);
        return "unknown";
    }
}
