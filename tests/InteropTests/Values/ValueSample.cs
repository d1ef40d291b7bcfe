using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace TypedSocketRedis.Tests;

/// <summary>An event: its call, and the values a client receives according to docs/types.md, in the notation of Node programs.</summary>
public sealed record ValueSample(Action<IBroadcast<IValueEvents>> Send, string Event, JsonArray Arguments)
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char[' ', '\u07ff'], 0, 12];

    // Numbers that JavaScript and .NET write with the same digits, because only the value is under test.
    private static readonly Gen<double> Number = Gen.Select(Gen.Int, Gen.Int[0, 6], (n, e) => n / Math.Pow(2, e));

    private static readonly Gen<ValueSample> ScalarValues =
        from small in Gen.Select(Gen.Bool, Gen.Byte, Gen.SByte, Gen.Short, Gen.UShort, Gen.Int, Gen.UInt)
        from large in Gen.Select(Gen.Long[-(1L << 53), 1L << 53], Gen.Decimal, Gen.ULong, Gen.Guid, Text, Gen.Char['a', 'ß'], Number)
        let v = new Scalars(
            small.Item1, small.Item2, small.Item3, small.Item4, small.Item5, small.Item6, small.Item7, large.Item1,
                (ulong)Math.Abs(large.Item1), (Half)small.Item3,
            small.Item4, large.Item7, large.Item2, (Int128)large.Item1 * long.MaxValue, BigInteger.Pow(large.Item3, 3), large.Item6,
                large.Item5, large.Item4,
            new Uri("http://a.example/" + small.Item6), new Version(small.Item2, 1), small.Item1 ? null : small.Item6)
        let json = new JsonObject
        {
            ["bool"] = v.Bool, ["byte"] = v.Byte, ["sByte"] = v.SByte, ["short"] = v.Short, ["uShort"] = v.UShort, ["int"] = v.Int,
                ["uInt"] = v.UInt,
            ["long"] = v.Long, ["uLong"] = v.ULong, ["half"] = v.SByte, ["float"] = v.Short, ["double"] = v.Double,
            ["decimal"] = v.Decimal.ToString(CultureInfo.InvariantCulture), ["huge"] = v.Huge.ToString(), ["big"] = v.Big.ToString(),
                ["char"] = v.Char.ToString(),
            ["text"] = v.Text, ["guid"] = v.Guid.ToString("D"), ["uri"] = v.Uri.OriginalString, ["version"] = v.Version.ToString(),
        }
        select new ValueSample(io => io.Scalars(v), "scalars", [With(json, "maybe", v.Maybe)]);

    private static readonly Gen<ValueSample> TimeValues =
        from ms in Gen.Long[0, 253_402_300_799_999]
        from day in Gen.Int[0, 3_000_000]
        from second in Gen.Int[0, 86_399]
        from span in Gen.Int
        let date = DateTime.UnixEpoch.AddMilliseconds(ms)
        let v = new Times(
            date, new DateTimeOffset(date).ToOffset(TimeSpan.FromHours(ms < 90_000_000 || ms > 253_402_200_000_000 ? 0 : 2)),
                DateOnly.FromDayNumber(day),
            new TimeOnly(second * TimeSpan.TicksPerSecond), TimeSpan.FromMilliseconds(span), span > 0 ? date : null)
        let iso = date.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        let json = new JsonObject
        {
            ["date"] = iso, ["offset"] = iso, ["day"] = v.Day.ToString("O", CultureInfo.InvariantCulture),
            ["time"] = v.Time.ToString("HH:mm:ss", CultureInfo.InvariantCulture), ["span"] = span,
        }
        select new ValueSample(io => io.Times(v), "times", [v.Maybe is null ? json : With(json, "maybe", iso)]);

    private static readonly Gen<ValueSample> ListValues =
        from ints in Gen.Int.Array[0, 6]
        from texts in Text.Null().List[0, 6]
        from numbers in Number.Array[0, 6]
        let v = new Lists(ints, texts, ints.ToHashSet(), [.. numbers], ints.Take(1).ToFrozenSet(), ints.Select(i => i > 0), [ints, []])
        select new ValueSample(io => io.Lists(v), "lists", [new JsonObject
        {
            ["array"] = Array(ints), ["list"] = new JsonArray([.. texts.Select(t => JsonValue.Create(t))]), ["set"] = Array(v.Set),
            ["immutable"] = new JsonArray([.. numbers.Select(n => JsonValue.Create(n))]), ["frozen"] = Array(v.Frozen),
            ["any"] = new JsonArray([.. ints.Select(i => JsonValue.Create(i > 0))]),
                ["jagged"] = new JsonArray(Array(ints), new JsonArray()),
        }]);

    private static readonly Gen<ValueSample> MapValues =
        from number in Gen.Int[0, int.MaxValue]
        from text in Gen.String[Gen.Char['a', 'z'], 1, 8]
        from id in Gen.Guid
        let v = new Maps(
            new() { [text] = number }, new() { [number] = text }, new() { [id] = number }, new() { [Mood.Happy] = number },
                new() { [Level.High] = number },
            new() { ["b" + text] = null, ["a" + text] = number })
        select new ValueSample(io => io.Maps(v), "maps", [new JsonObject
        {
            ["texts"] = new JsonObject { [text] = number }, ["numbers"] = new JsonObject { [$"{number}"] = text },
                ["ids"] = new JsonObject { [$"{id}"] = number },
            ["moods"] = new JsonObject { ["very happy"] = number }, ["levels"] = new JsonObject { ["200"] = number },
            ["sorted"] = new JsonObject { ["a" + text] = number, ["b" + text] = null },
        }]);

    private static readonly Gen<ValueSample> ShapeValues =
        from name in Text
        from radius in Number
        from mood in Gen.Bool
        let circle = new Circle(name, radius)
        let json = new JsonObject { ["$type"] = "circle", ["name"] = name, ["radius"] = radius }
        select mood
            ? new ValueSample(io => io.Shapes(circle, Mood.Happy, (1, name)), "shapes", [json, "very happy", new JsonArray(1, name)])
            : new ValueSample(io => io.Shapes(new Group(name, [circle]), Mood.Calm, (2, null)), "shapes",
                [new JsonObject { ["$type"] = "group", ["name"] = name, ["members"] = new JsonArray(json) }, "Calm",
                    new JsonArray(2, null)]);

    private static readonly Gen<ValueSample> DynamicValues =
        from text in Text
        from number in Number
        let json = new JsonObject { ["text"] = text, ["list"] = new JsonArray(number, true, null) }.ToJsonString()
        let anything = new Dictionary<string, object?> { ["a"] = new object?[] { text, number, null }, ["b"] = 1.5m }
        select new ValueSample(
            io => io.Dynamics(JsonElement.Parse(json), JsonNode.Parse(json), anything), "dynamics",
            [JsonNode.Parse(json), JsonNode.Parse(json), new JsonObject { ["a"] = new JsonArray(text, number, null), ["b"] = "1.5" }]);

    private static readonly Gen<ValueSample> ByteValues =
        from bytes in Gen.Byte.Array[0, 20]
        let binary = Convert.ToBase64String(bytes)
        select new ValueSample(
            io => io.Bytes(bytes, bytes, bytes.Length > 10 ? default(ArraySegment<byte>?) : new ArraySegment<byte>(bytes)), "bytes",
            [Binary(binary), Binary(binary), bytes.Length > 10 ? (JsonNode?)null : Binary(binary)]);

    /// <summary>The samples of every kind, which are the same in every run.</summary>
    public static IReadOnlyList<ValueSample> Many { get; } =
        [.. Gen.OneOf(ScalarValues, TimeValues, ListValues, MapValues, ShapeValues, DynamicValues, ByteValues, RareSamples.Any,
            RareSamples.Any).Array[400].Single(_ => true, "0N0XIzNsQ0O2")];

    private static JsonObject With(JsonObject json, string name, JsonNode? value)
    {
        // A property that is null is absent.
        var copy = (JsonObject)json.DeepClone();
        if (value is not null) copy[name] = value;
        return copy;
    }

    private static JsonArray Array(IEnumerable<int> items) => new([.. items.Select(i => JsonValue.Create(i))]);

    private static JsonObject Binary(string base64) => new() { ["$binary"] = base64 };
}
