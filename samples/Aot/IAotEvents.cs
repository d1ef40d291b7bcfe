using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MessagePack;
using TypedSocketRedis;

namespace Aot;

/// <summary>An event for each kind of payload.</summary>
[SocketEvents("/aot")]
public interface IAotEvents
{
    /// <summary>Sends numbers, text, dates and bytes.</summary>
    Task Scalars(Scalars scalars);

    /// <summary>Sends sequences and dictionaries.</summary>
    Task Collections(Collections collections);

    /// <summary>Sends types with properties.</summary>
    Task Shapes(Shapes shapes);

    /// <summary>Sends less common types of the framework, tuples, derived types and dynamic values.</summary>
    Task Rarities(Rarities rarities);

    /// <summary>Sends the less common collections.</summary>
    Task Immutables(Immutables immutables);

    /// <summary>Sends dictionaries with each type of key.</summary>
    Task Keys(Keys keys);

    /// <summary>Sends values with custom formatters of the application.</summary>
    Task Own(Payment payment);

    /// <summary>Sends an event that is acknowledged with a result.</summary>
    Task<Page<Vehicle>> Parked(string street, CancellationToken cancellationToken = default);

    /// <summary>Sends several arguments without an object around them.</summary>
    ValueTask Loose(int number, string? text, Level? level, params double[] rest);
}

/// <summary>A level of volume.</summary>
public enum Level : byte
{
    /// <summary>The lowest level.</summary>
    Low,

    /// <summary>The highest level.</summary>
    High,
}

/// <summary>All types that are written as a single value.</summary>
public sealed record Scalars(
    bool Bool, sbyte SByte, byte Byte, short Int16, ushort UInt16, int Int32, uint UInt32, long Int64, ulong UInt64, float Single,
    double Double, decimal Decimal, char Char, string Text, DateTime At, DateTimeOffset Offset, TimeSpan Duration, Guid Id, Level Level,
    byte[] Bytes, ReadOnlyMemory<byte> Memory, int? Nothing = null, string? Note = null);

/// <summary>All sequences and dictionaries.</summary>
public sealed record Collections(
    int[] Array, List<string?> List, IReadOnlyList<Guid> Indexed, IReadOnlyCollection<Level?> Collection, IEnumerable<DateTime> Sequence,
    HashSet<int> Set, IReadOnlySet<string> Texts, Dictionary<string, decimal> Map, IReadOnlyDictionary<string, int[]> Nested);

/// <summary>A record, a class, a struct, a generic type, and one that contains itself.</summary>
public sealed record Shapes(Customer Customer, Point Point, Page<Point?> Page, Node Tree);

/// <summary>A class with setters.</summary>
public sealed class Customer : Person
{
    /// <summary>The number of the customer.</summary>
    public required int Number { get; init; }
}

/// <summary>A class to derive from.</summary>
public class Person
{
    /// <summary>The name of the person.</summary>
    public string Name { get; set; } = "nobody";
}

/// <summary>A struct.</summary>
public readonly record struct Point(double X, double Y);

/// <summary>A generic type.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, int? Next);

/// <summary>A type that contains itself.</summary>
public sealed record Node(int Id, Node[] Children);

/// <summary>Types that few events need.</summary>
public sealed record Rarities(
    DateOnly Day, TimeOnly Time, Half Half, Int128 Int128, UInt128 UInt128, BigInteger Big, Uri Uri, Version Version, Memory<byte> Memory,
    ArraySegment<byte> Segment, ImmutableArray<int> Immutable, FrozenSet<string> Frozen, Dictionary<Guid, int> Keyed,
    (int Id, string? Name) Tuple, Mood Mood, Shape[] Drawing, JsonElement Json, JsonNode? Node, object? Anything);

/// <summary>An enum that is sent as text.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Mood>))]
public enum Mood
{
    /// <summary>Good.</summary>
    Good,

    /// <summary>Bad.</summary>
    Bad,
}

/// <summary>A type with derived types.</summary>
[JsonDerivedType(typeof(Circle), "circle"), JsonDerivedType(typeof(Square), "square")]
public abstract record Shape;

/// <summary>A derived type.</summary>
public sealed record Circle(double Radius) : Shape;

/// <summary>Another derived type.</summary>
public sealed record Square(double Side) : Shape;

/// <summary>The less common collections.</summary>
public sealed record Immutables(
    ImmutableList<int> List, IImmutableList<int> Items, ImmutableHashSet<int> Set, IImmutableSet<int> Distinct, FrozenSet<Guid> Ids,
        ISet<int> Mutable,
    IList<int> Indexed, ICollection<int> Counted, ImmutableDictionary<string, int> Map, IImmutableDictionary<string, int> Same,
    FrozenDictionary<string, int> Frozen, SortedDictionary<string, int> Sorted, IDictionary<string, int> Any, ImmutableArray<int>? None);

/// <summary>Dictionaries with keys that are sent as text.</summary>
public sealed record Keys(
    Dictionary<int, int> Ints, Dictionary<ulong, int> Longs, Dictionary<Int128, int> Large, Dictionary<decimal, int> Decimals,
        Dictionary<char, int> Chars,
    Dictionary<DateOnly, int> Days, Dictionary<Level, int> Levels, Dictionary<Mood, int> Moods, KeyValuePair<string, int> Pair);

/// <summary>Flags that are sent as text.</summary>
[Flags, JsonConverter(typeof(JsonStringEnumConverter<Rights>))]
public enum Rights
{
    /// <summary>No rights.</summary>
    None = 0,

    /// <summary>The right to read.</summary>
    Read = 1,

    /// <summary>The right to write.</summary>
    Write = 2,
}

/// <summary>A type with derived types that are listed by an attribute of MessagePack.</summary>
[Union(0, typeof(Car)), Union(1, typeof(Bicycle))]
public abstract class Vehicle
{
    /// <summary>The number of wheels.</summary>
    public int Wheels { get; init; } = 2;
}

/// <summary>A derived type.</summary>
public sealed class Car : Vehicle
{
    /// <summary>The license plate.</summary>
    public required string Plate { get; init; }
}

/// <summary>Another derived type.</summary>
public sealed class Bicycle : Vehicle;

/// <summary>Values written by custom formatters, for a type and for a property, and further types.</summary>
public sealed record Payment(Money Sum, [property: MessagePackFormatter(typeof(HexFormatter))] int Number, Rights Rights, Tuple<int,
    string> Old,
    JsonDocument Document, JsonObject Object, JsonArray Array, SocketArgument Argument, nint Native, Rune Rune);

/// <summary>An amount, which is sent as text.</summary>
[MessagePackFormatter(typeof(MoneyFormatter))]
public readonly record struct Money(decimal Amount, string Currency);

/// <summary>A payload that no contract mentions.</summary>
[SocketPayload]
public sealed record Profile(string Name, Level Level);
