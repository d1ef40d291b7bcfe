using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace TypedSocketRedis.Tests;

/// <summary>Events with the less common types, and the values that a client receives.</summary>
internal static class RareSamples
{
    private static readonly Gen<ValueSample> Numbers =
        from number in Gen.Int
        from large in Gen.ULong
        from rune in Gen.OneOf(Gen.Int[0x20, 0xD7FF], Gen.Int[0x1F300, 0x1F5FF])
        from ticks in Gen.Long[1, TimeSpan.TicksPerDay - 1]
        from rights in Gen.Int[0, 3]
        from mood in Gen.Int[0, 2].Select(i => i == 2 ? (Mood)77 : (Mood)i)
        let time = new TimeOnly(ticks)
        let fraction = ticks % TimeSpan.TicksPerSecond == 0 ? "HH:mm:ss" : "HH:mm:ss.fffffff"
        select new ValueSample(
            io => io.Numbers(number, (nuint)Math.Abs((long)number), UInt128.MaxValue - large, new Rune(rune), time, Level.High, mood,
                (Rights)rights), "numbers",
            [
                number, Math.Abs((long)number), (UInt128.MaxValue - large).ToString(CultureInfo.InvariantCulture),
                    new Rune(rune).ToString(),
                time.ToString(fraction, CultureInfo.InvariantCulture), 200,
                    mood switch { Mood.Calm => "Calm", Mood.Happy => "very happy", _ => 77 },
                rights switch { 0 => "None", 1 => "Read", 2 => "Write", _ => "Read, Write" },
            ]);

    private static readonly Gen<ValueSample> Sequences =
        from ints in Gen.Int.Array[0, 5]
        let set = ints.ToHashSet()
        let sorted = ints.Take(1).ToImmutableHashSet()
        select new ValueSample(
            io => io.Sequences(ints, ints, ints, ints, set, set, [.. ints], [.. ints], sorted, sorted, default), "sequences",
            [Array(ints), Array(ints), Array(ints), Array(ints), Array(set), Array(set), Array(ints), Array(ints), Array(sorted),
                Array(sorted), new JsonArray()]);

    private static readonly Gen<ValueSample> Dictionaries =
        from n in Gen.Int[0, int.MaxValue]
        from day in Gen.Int[0, 3_000_000]
        from c in Gen.Char['a', 'ß']
        let texts = new Dictionary<string, int> { ["k" + n] = n }
        let date = DateOnly.FromDayNumber(day)
        let money = n / 100m
        select new ValueSample(
            io => io.Dictionaries(
                texts, new Dictionary<long, int> { [-n] = n }, texts.ToFrozenDictionary(), new Dictionary<DateOnly,
                    int> { [date] = n }.ToImmutableDictionary(),
                new Dictionary<char, int> { [c] = n }.ToImmutableDictionary(), new() { [money] = n }, new() { [UInt128.MaxValue] = n }),
                    "dictionaries",
            [
                Object($"k{n}", n), Object(((long)-n).ToString(CultureInfo.InvariantCulture), n), Object($"k{n}", n),
                    Object(date.ToString("O", CultureInfo.InvariantCulture), n),
                Object(c.ToString(), n), Object(money.ToString(CultureInfo.InvariantCulture), n),
                    Object(UInt128.MaxValue.ToString(CultureInfo.InvariantCulture), n),
            ]);

    private static readonly Gen<ValueSample> Objects =
        from n in Gen.Int
        from text in Gen.String[Gen.Char['a', 'z'], 0, 5].Null()
        let plain = text is null ? new JsonObject { ["number"] = n } : new JsonObject { ["number"] = n, ["text"] = text }
        select new ValueSample(
            io => io.Objects(
                new() { Number = n, Text = text }, new() { X = n }, null, new Car { Wheels = 4, Plate = "p" }, Tuple.Create(n, "t"),
                    new("k", n), new(text is null ? null : n)),
            "objects",
            [
                plain, Object("x", n), null, new JsonObject { ["$type"] = 0, ["wheels"] = 4, ["plate"] = "p" }, new JsonArray(n, "t"),
                new JsonObject { ["key"] = "k", ["value"] = n }, new JsonObject { ["number"] = text is null ? null : n },
            ]);

    private static readonly Gen<ValueSample> Json =
        from n in Gen.Int
        from bytes in Gen.Byte.Array[0, 8]
        let json = $"{{\"n\":{n}}}"
        select new ValueSample(
            io => io.Json(JsonDocument.Parse(json), new JsonObject { ["n"] = n }, new JsonArray(n, null),
                SocketArguments.FromJson($"[{json}]")[0], bytes), "json",
            [Object("n", n), Object("n", n), new JsonArray(n, null), Object("n", n),
                new JsonObject { ["$binary"] = Convert.ToBase64String(bytes) }]);

    private static readonly Gen<ValueSample> Own = Gen.Int[0, int.MaxValue].Select(n => new ValueSample(
        io => io.Own(new Money(n), new Priced(n)), "own",
            [$"{n} ct", new JsonObject { ["price"] = n.ToString("x", CultureInfo.InvariantCulture) }]));

    private static readonly Gen<ValueSample> Components = Gen.Int[0, 60_000].Select(n => new ValueSample(
        io => io.Components(
            IPAddress.IPv6Loopback, new(IPAddress.Loopback, n), new(n, 0.5f), new(n, 0.5f, 2), new(n, 0.5f, 2, 3),
            new(n, 0.5f, 2, 3), new(new Vector3(n, 0.5f, 2), 3), new(n, 0.5)), "components",
        [
            "::1", $"127.0.0.1:{n}", Axes(n, 2), Axes(n, 3), Axes(n, 4), Axes(n, 4),
            new JsonObject { ["normal"] = Axes(n, 3), ["d"] = 3 }, new JsonObject { ["real"] = n, ["imaginary"] = 0.5 },
        ]));

    private static readonly Gen<ValueSample> Outcomes = Gen.Int.Select(n => new ValueSample(
        io => io.Outcomes(
            Result.Ok(n), Result.Fail<int>("no"), Result.Fail<int, Plain>(new() { Number = n }),
            new(n % 2 == 0 ? new Optional<int>(n) : default, null)),
        "outcomes",
        [
            new JsonObject { ["ok"] = true, ["data"] = n }, new JsonObject { ["ok"] = false, ["error"] = "no" },
            new JsonObject { ["ok"] = false, ["error"] = Object("number", n) },
            n % 2 == 0 ? new JsonObject { ["number"] = n, ["text"] = null } : new JsonObject { ["text"] = null },
        ]));

    public static Gen<ValueSample> Any { get; } =
        Gen.OneOf(Numbers, Sequences, Dictionaries, Objects, Json, Own, Components, Outcomes);

    private static JsonObject Axes(int x, int count) => new(
        new KeyValuePair<string, JsonNode?>[] { new("x", x), new("y", 0.5), new("z", 2), new("w", 3) }.Take(count));

    private static JsonObject Object(string name, int value) => new() { [name] = value };

    private static JsonArray Array(IEnumerable<int> items) => new([.. items.Select(i => JsonValue.Create(i))]);
}
