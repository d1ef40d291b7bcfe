using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MessagePack;
using MessagePack.Formatters;

namespace TypedSocketRedis.Tests;

/// <summary>The less common types of docs/types.md.</summary>
public interface IRareEvents
{
    void Numbers(nint native, nuint unsigned, UInt128 huge, Rune rune, TimeOnly time, Level level, Mood mood, Rights rights);

    void Sequences(
        IList<int> a, IReadOnlyList<int> b, ICollection<int> c, IReadOnlyCollection<int> d, ISet<int> e, IReadOnlySet<int> f,
        ImmutableList<int> g, IImmutableList<int> h, ImmutableHashSet<int> i, IImmutableSet<int> j, ImmutableArray<int> none);

    void Dictionaries(
        IDictionary<string, int> a, IReadOnlyDictionary<long, int> b, FrozenDictionary<string, int> c, ImmutableDictionary<DateOnly, int> d,
        IImmutableDictionary<char, int> e, Dictionary<decimal, int> f, Dictionary<UInt128, int> g);

    void Objects(Plain plain, Flat flat, Flat? none, Vehicle vehicle, Tuple<int, string> tuple, KeyValuePair<string, int> pair,
        Fallback fallback);

    void Json(JsonDocument document, JsonObject obj, JsonArray array, SocketArgument argument, Memory<byte> memory);

    void Own(Money money, Priced priced);
}

/// <summary>The less common types of docs/types.md, sent by clients.</summary>
public interface IRareCommands
{
    Task Numbers(nint native, nuint unsigned, UInt128 huge, Rune rune, TimeOnly time, Level level, Mood mood, Rights rights);

    Task Sequences(
        IList<int> a, IReadOnlyList<int> b, ICollection<int> c, IReadOnlyCollection<int> d, ISet<int> e, IReadOnlySet<int> f,
        ImmutableList<int> g, IImmutableList<int> h, ImmutableHashSet<int> i, IImmutableSet<int> j, ImmutableArray<int> none);

    Task Dictionaries(
        IDictionary<string, int> a, IReadOnlyDictionary<long, int> b, FrozenDictionary<string, int> c, ImmutableDictionary<DateOnly, int> d,
        IImmutableDictionary<char, int> e, Dictionary<decimal, int> f, Dictionary<UInt128, int> g);

    Task Objects(Plain plain, Flat flat, Flat? none, Vehicle vehicle, Tuple<int, string> tuple, KeyValuePair<string, int> pair,
        Fallback fallback);

    Task Json(JsonDocument document, JsonObject obj, JsonArray array, SocketArgument argument, Memory<byte> memory);

    Task Own(Money money, Priced priced);
}

[Flags, JsonConverter(typeof(JsonStringEnumConverter<Rights>))]
public enum Rights
{
    None = 0,
    Read = 1,
    Write = 2,
}

public sealed class Plain
{
    public int Number { get; set; }

    public string? Text { get; set; }
}

public struct Flat
{
    public int X;

    public int? Y { get; set; }
}

[Union(0, typeof(Car))]
public abstract class Vehicle
{
    public int Wheels { get; init; }
}

public sealed class Car : Vehicle
{
    public string Plate { get; init; } = "";
}

public sealed record Fallback(int? Number = 7, int? None = null);

[MessagePackFormatter(typeof(MoneyFormatter))]
public readonly record struct Money(int Cents);

public sealed record Priced([property: MessagePackFormatter(typeof(HexFormatter))] int Price);

public sealed class MoneyFormatter : IMessagePackFormatter<Money>
{
    public void Serialize(ref MessagePackWriter writer, Money value, MessagePackSerializerOptions options) =>
        writer.Write(value.Cents.ToString(CultureInfo.InvariantCulture) + " ct");

    public Money Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        new(int.Parse((reader.ReadString() ?? "").Split(' ')[0], CultureInfo.InvariantCulture));
}

public sealed class HexFormatter : IMessagePackFormatter<int>
{
    public void Serialize(ref MessagePackWriter writer, int value, MessagePackSerializerOptions options) =>
        writer.Write(value.ToString("x", CultureInfo.InvariantCulture));

    public int Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        int.Parse(reader.ReadString() ?? "", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
