using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using TypedSocketRedis;

namespace Aot;

/// <summary>An event for each kind of payload.</summary>
[SocketEvents("/aot")]
public interface IAotEvents
{
    /// <summary>Numbers, text, dates and bytes as they are.</summary>
    Task Scalars(Scalars scalars);

    /// <summary>Everything of which there are many.</summary>
    Task Collections(Collections collections);

    /// <summary>Types with a shape of their own.</summary>
    Task Shapes(Shapes shapes);

    /// <summary>The framework's less common types, tuples, derived types and dynamic values.</summary>
    Task Rarities(Rarities rarities);

    /// <summary>Arguments without an object around them.</summary>
    ValueTask Loose(int number, string? text, Level? level, params double[] rest);
}

/// <summary>How loud.</summary>
public enum Level : byte
{
    /// <summary>Not at all.</summary>
    Low,

    /// <summary>Very.</summary>
    High,
}

/// <summary>All types that are written as one value.</summary>
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
    /// <summary>Its number.</summary>
    public required int Number { get; init; }
}

/// <summary>A class to derive from.</summary>
public class Person
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = "nobody";
}

/// <summary>A struct.</summary>
public readonly record struct Point(double X, double Y);

/// <summary>A generic type.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, int? Next);

/// <summary>A type that contains itself.</summary>
public sealed record Node(int Id, Node[] Children);

/// <summary>What few events need.</summary>
public sealed record Rarities(
    DateOnly Day, TimeOnly Time, Half Half, Int128 Int128, UInt128 UInt128, BigInteger Big, Uri Uri, Version Version, Memory<byte> Memory,
    ArraySegment<byte> Segment, ImmutableArray<int> Immutable, FrozenSet<string> Frozen, Dictionary<Guid, int> Keyed,
    (int Id, string? Name) Tuple, Mood Mood, Shape[] Drawing, JsonElement Json, JsonNode? Node, object? Anything);

/// <summary>An enum that travels as text.</summary>
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

/// <summary>One of them.</summary>
public sealed record Circle(double Radius) : Shape;

/// <summary>Another.</summary>
public sealed record Square(double Side) : Shape;
