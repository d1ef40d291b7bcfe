namespace TypedSocketRedis.Generator.History;

/// <summary>The names of values in a history, and the values that a receiver of one type accepts of another.</summary>
internal static class WireNames
{
    /// <summary>The name of a value of any form.</summary>
    public const string Any = "any";

    private static readonly Dictionary<string, (decimal Min, decimal Max)> Integers = new(StringComparer.Ordinal)
    {
        ["sbyte"] = (sbyte.MinValue, sbyte.MaxValue),
        ["byte"] = (byte.MinValue, byte.MaxValue),
        ["short"] = (short.MinValue, short.MaxValue),
        ["ushort"] = (ushort.MinValue, ushort.MaxValue),
        ["int"] = (int.MinValue, int.MaxValue),
        ["uint"] = (uint.MinValue, uint.MaxValue),
        ["long"] = (long.MinValue, long.MaxValue),
        ["ulong"] = (ulong.MinValue, ulong.MaxValue),
    };

    private static readonly HashSet<string> Fractions = new(["float", "double", "half", "number"], StringComparer.Ordinal);

    // Read from a number as well as from text.
    private static readonly HashSet<string> Digits = new(["decimal", "int128", "uInt128", "bigInteger"], StringComparer.Ordinal);

    private static readonly HashSet<string> Texts = new(
        [
            "string", "char", "guid", "dateOnly", "timeOnly", "uri", "version", "rune", "iPAddress", "iPEndPoint", "decimal", "int128",
            "uInt128", "bigInteger",
        ],
        StringComparer.Ordinal);

    /// <summary>Returns the name of a value that the runtime writes.</summary>
    /// <param name="codec">The suffix of its reader.</param>
    public static string Of(string codec) => codec switch
    {
        "Boolean" => "bool",
        "SByte" or "Byte" or "Double" or "Decimal" or "Char" or "String" => codec.ToLowerInvariant(),
        "Int16" => "short",
        "UInt16" => "ushort",
        "Int32" => "int",
        "UInt32" => "uint",
        "Int64" or "IntPtr" => "long",
        "UInt64" or "UIntPtr" => "ulong",
        "Single" => "float",
        Parsing.Types.KnownTypes.DecimalNumber => "number",
        "Bytes" or "Memory" or "WritableMemory" or "Segment" => "bytes",
        "JsonElement" or "JsonDocument" or "JsonNode" or "SocketArgument" or "Object" => Any,
        _ => char.ToLowerInvariant(codec[0]) + codec.Substring(1),
    };

    /// <summary>Returns a value indicating whether values of one type are accepted where another one is expected.</summary>
    /// <param name="received">The expected type.</param>
    /// <param name="sent">The type of the values.</param>
    /// <param name="isClient">True if JavaScript receives them, which has one type of numbers.</param>
    public static bool Accepts(string received, string sent, bool isClient)
    {
        if (received == sent || received == Any) return true;
        if (received == "string") return Texts.Contains(sent);
        if (received is "dateTime" or "dateTimeOffset") return sent is "dateTime" or "dateTimeOffset";
        var isNumber = Integers.ContainsKey(sent) || Fractions.Contains(sent);
        if (isClient) return isNumber && (Integers.ContainsKey(received) || Fractions.Contains(received));
        if (Integers.TryGetValue(received, out var range))
            return Integers.TryGetValue(sent, out var values) && values.Min >= range.Min && values.Max <= range.Max;
        if (Fractions.Contains(received)) return isNumber || (received == "number" && sent == "decimal");
        return received switch
        {
            "decimal" => isNumber,
            "uInt128" => Integers.TryGetValue(sent, out var positive) && positive.Min >= 0,
            _ => Digits.Contains(received) && Integers.ContainsKey(sent),
        };
    }

    /// <summary>Returns a value indicating whether a value is text.</summary>
    public static bool IsText(string name) => Texts.Contains(name);
}
