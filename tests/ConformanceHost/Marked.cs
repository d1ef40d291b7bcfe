using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TypedSocketRedis.ConformanceHost;

/// <summary>Values in JSON, with markers for values that JSON lacks.</summary>
/// <remarks>The markers are <c>{"$binary": base64}</c>, <c>{"$date": ISO 8601}</c> and <c>{"$undefined": true}</c>.</remarks>
internal static class Marked
{
    private const string Binary = "$binary";
    private const string Date = "$date";
    private const string Undefined = "$undefined";

    // The largest integer up to which every integer is exact in JavaScript.
    private const long MaxSafeInteger = (1L << 53) - 1;

    /// <summary>Reads a value and its markers. Undefined is read as null, because .NET has no such value.</summary>
    public static object? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => Number(value),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => value.EnumerateArray().Select(Read).ToList(),
        JsonValueKind.Object => Object(value),
        _ => null,
    };

    /// <summary>Reads a list of values as the arguments of an event.</summary>
    public static SocketArguments ReadArguments(JsonElement values) =>
        SocketArguments.Of([.. values.EnumerateArray().Select(value => Of(Read(value)))]);

    /// <summary>Returns a value that is known only at run time as an argument.</summary>
    public static SocketArgument Of(object? value) => SocketArgument.Payload(new Box(value))["value"];

    public static JsonArray Write(SocketArguments arguments) => new([.. arguments.GetValues().Select(Write)]);

    public static JsonNode? Write(SocketArgument argument) => Write(argument.GetValue());

    private static JsonNode? Write(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        long number => JsonValue.Create(number),
        ulong number => JsonValue.Create(number),
        double number => double.IsFinite(number) ? JsonValue.Create(number) : null,
        byte[] bytes => new JsonObject { [Binary] = Convert.ToBase64String(bytes) },
        DateTime date => new JsonObject { [Date] = date.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture) },
        Dictionary<string, object?> map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Write(pair.Value)))),
        IEnumerable<object?> list => new JsonArray([.. list.Select(Write)]),
        _ => throw new ArgumentException($"A value of type {value.GetType()} has no form in JSON.", nameof(value)),
    };

    private static object Number(JsonElement value) =>
        value.TryGetInt64(out var integer) && Math.Abs(integer) <= MaxSafeInteger ? integer : value.GetDouble();

    private static object? Object(JsonElement value)
    {
        if (value.TryGetProperty(Undefined, out _)) return null;
        if (value.TryGetProperty(Binary, out var bytes)) return bytes.GetBytesFromBase64();
        if (value.TryGetProperty(Date, out var date)) return date.GetDateTimeOffset();
        return value.EnumerateObject().ToDictionary(member => member.Name, member => Read(member.Value));
    }
}

/// <summary>A payload with any value.</summary>
/// <param name="Value">The value.</param>
[SocketPayload]
public sealed record Box(object? Value);
