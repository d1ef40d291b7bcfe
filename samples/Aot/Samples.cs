using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aot;
using MessagePack;
using MessagePack.Formatters;
using TypedSocketRedis;
using TypedSocketRedis.Generated;

/// <summary>A value of each payload type, and its roundtrip.</summary>
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
    public static async Task SendAsync(IBroadcast<IAotEvents> clients)
    {
        await clients.Scalars(Scalars);
        await clients.Collections(Collections);
        await clients.Shapes(Shapes);
        await clients.Rarities(Rarities);
        await clients.Immutables(Immutables);
        await clients.Keys(Keys);
        await clients.Own(Payment);
        await clients.Loose(7, null, Level.High, 0.5, 1);
    }

    /// <exception cref="InvalidOperationException">A value has changed after it was written and read.</exception>
    public static void RoundTrip()
    {
        RoundTrip(Scalars, Aot_ScalarsFormatter.Instance);
        RoundTrip(Collections, Aot_CollectionsFormatter.Instance);
        RoundTrip(Shapes, Aot_ShapesFormatter.Instance);
        RoundTrip(Rarities, Aot_RaritiesFormatter.Instance);
        RoundTrip(Immutables, Aot_ImmutablesFormatter.Instance);
        RoundTrip(Keys, Aot_KeysFormatter.Instance);
        RoundTrip(Payment, Aot_PaymentFormatter.Instance);
        RoundTrip(new Profile("Ada", Level.High), global::Aot.SocketEventsResolver.Instance.GetFormatter<Profile>()!);
    }

    /// <summary>Returns a value indicating whether a message of the emitter contains an event of a name.</summary>
    public static bool ContainsEvent(this Span<byte> message, ReadOnlySpan<char> name)
    {
        var text = new byte[name.Length + 1];
        text[0] = (byte)(MessagePackCode.MinFixStr | name.Length);
        Encoding.UTF8.GetBytes(name, text.AsSpan(1));
        return message.IndexOf(text) >= 0;
    }

    // Generated formatters need no options; MessagePack's options would include code that uses reflection.
    private static void RoundTrip<T>(T value, IMessagePackFormatter<T?> formatter)
    {
        var written = Write(value, formatter);
        var reader = new MessagePackReader(written);
        var again = Write(formatter.Deserialize(ref reader, null!), formatter);
        if (!again.AsSpan().SequenceEqual(written)) throw new InvalidOperationException(
            $"{typeof(T).Name} was {Convert.ToHexString(written)} and came back as {Convert.ToHexString(again)}");
        Console.WriteLine($"{typeof(T).Name}: {written.Length} bytes there and back");
    }

    private static byte[] Write<T>(T? value, IMessagePackFormatter<T?> formatter)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(bytes);
        formatter.Serialize(ref writer, value, null!);
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }
}
