using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TypedSocketRedis;

namespace Aot;

/// <summary>A value of each payload type.</summary>
internal static class Samples
{
    private static readonly DateTime At = new(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);
    private static readonly Guid Id = new("0f8fad5b-d9cb-469f-a165-70867728950e");

    public static Scalars Scalars { get; } = new(
        true, -1, 2, -3, 4, -5, 6, -7, 8, 0.5f, 1.25, 12.50m, 'x', "text", At, At, TimeSpan.FromSeconds(1.5), Id, Level.High, [1, 2],
            new byte[] { 3 });

    public static Collections Collections { get; } = new(
        [1, 2], ["a", null], [Id], [Level.Low, null], [At], [3], new HashSet<string> { "b" },
        new() { ["eur"] = 12.50m }, new Dictionary<string, int[]> { ["all"] = [4, 5] });

    public static Shapes Shapes { get; } = new(
        new Customer { Number = 7, Name = "Ada" }, new Point(1, 2.5), new Page<Point?>([new Point(3, 4), null], 2),
            new Node(1, [new Node(2, [])]));

    public static Rarities Rarities { get; } = new(
        new DateOnly(2026, 1, 2), new TimeOnly(3, 4, 5), (Half)0.5, Int128.MaxValue, UInt128.MaxValue, BigInteger.Pow(10, 30),
        new Uri("https://example.org/"), new Version(1, 2, 3), new byte[] { 1 }, new byte[] { 2 }, [3, 4], new[] { "a" }.ToFrozenSet(),
        new() { [Id] = 5 }, (6, null), Mood.Bad, [new Circle(1.5), new Square(2)], JsonElement.Parse("{\"a\":[1,null]}"),
        new JsonObject { ["b"] = true }, new Dictionary<string, object?> { ["c"] = 7L });

    public static Immutables Immutables { get; } = new(
        [1], [2], [3], [4], new[] { Id }.ToFrozenSet(), new HashSet<int> { 5 }, [6], [7], new Dictionary<string,
            int> { ["a"] = 1 }.ToImmutableDictionary(),
        new Dictionary<string, int> { ["b"] = 2 }.ToImmutableDictionary(), new Dictionary<string, int> { ["c"] = 3 }.ToFrozenDictionary(),
        new() { ["e"] = 5, ["d"] = 4 }, new Dictionary<string, int> { ["f"] = 6 }, null);

    public static Keys Keys { get; } = new(
        Enumerable.Range(0, 200).ToDictionary(i => i * 10_007), new() { [ulong.MaxValue] = 1 }, new() { [Int128.MinValue] = 2 },
            new() { [1.50m] = 3 }, new() { ['x'] = 4 },
        new() { [new DateOnly(2026, 1, 2)] = 5 }, new() { [Level.High] = 6 }, new() { [Mood.Bad] = 7 }, new("pair", 8));

    public static Payment Payment { get; } = new(
        new Money(12.50m, "EUR"), 255, Rights.Read | Rights.Write, Tuple.Create(1, "one"), JsonDocument.Parse("[1]"),
            new JsonObject { ["a"] = 1 },
        new JsonArray(1, "b"), SocketArguments.FromJson("[{\"c\":3}]")[0], -1, new Rune(0x1F550));

    /// <summary>Sends an event of each kind.</summary>
    public static async Task SendAsync(ISocketClient<IAotEvents> client)
    {
        await client.Scalars(Scalars);
        await client.Collections(Collections);
        await client.Shapes(Shapes);
        await client.Rarities(Rarities);
        await client.Immutables(Immutables);
        await client.Keys(Keys);
        await client.Own(Payment);
        await client.Loose(7, null, Level.High, 0.5, 1);
    }
}
