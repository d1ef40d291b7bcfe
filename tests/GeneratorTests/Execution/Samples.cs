using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TypedSocketRedis.Tests.Execution;

/// <summary>One value of each kind of payload.</summary>
internal static class Samples
{
    public static readonly Scalars Scalars = new(
        -1, 2, (Half)1.5, Int128.MinValue, UInt128.MaxValue, BigInteger.Parse("12345678901234567890123456789012345678901234567890"),
        new Uri("https://a.example/b?c=d"), new Version(1, 2, 3), new DateOnly(2024, 2, 29), new TimeOnly(12, 34, 56, 789),
            new Rune(0x1F550),
        new byte[] { 1 }, new ArraySegment<byte>([0, 2, 0], 1, 1), new byte[] { 3 });

    public static readonly Collections Collections = new(
        [1, 2], ["a"], new[] { 3 }.ToFrozenSet(), [4], [Guid.Empty], [5], [6], [7], [8], [9, null], new HashSet<int> { 10 },
            new HashSet<int> { 11 },
        [[1], []], null);

    public static readonly Dictionaries Dictionaries = new(
        new() { [Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff")] = 1 }, new Dictionary<string, int> { ["a"] = 1 },
        new Dictionary<long, string> { [-5] = "x" }, new Dictionary<string, int> { ["i"] = 1 }.ToImmutableDictionary(),
        new() { [2] = "b", [1] = "a" }, new Dictionary<string, int> { ["f"] = 1 }.ToFrozenDictionary(), new() { [Level.High] = 1 },
        new() { [Suit.Spades] = 1 }, new() { ['ü'] = 1 }, new() { [new DateOnly(2024, 2, 29)] = 1 }, new() { [1.50m] = 1 });

    public static readonly Dynamic Dynamic = new(
        JsonElement.Parse("""{"a":[1,2.5,"x",null,true]}"""), JsonNode.Parse("""[{"b":1}]"""), new JsonObject { ["c"] = "d" },
        new JsonArray(1), JsonDocument.Parse("\"e\""),
        new Dictionary<string, object?> { ["f"] = new object?[] { 1, "g", null, 0.1m, new Dictionary<string, object?> { ["h"] = 2 } } },
            default);
}
