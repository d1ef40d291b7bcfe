using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace TypedSocketRedis.Tests;

/// <summary>One event for each kind of payload.</summary>
[SocketEvents]
public interface IValueEvents : IRareEvents
{
    void Scalars(Scalars value);

    void Times(Times value);

    void Lists(Lists value);

    void Maps(Maps value);

    void Shapes(Figure value, Mood mood, (int, string?) pair);

    void Dynamics(JsonElement element, JsonNode? node, object? anything);

    void Bytes(byte[] array, ReadOnlyMemory<byte> memory, ArraySegment<byte>? segment);

    [SocketEvent("end")]
    void End();
}

/// <summary>The same events, sent by clients.</summary>
[SocketCommands]
public interface IValueCommands : IRareCommands
{
    Task Scalars(Scalars value);

    Task Times(Times value);

    Task Lists(Lists value);

    Task Maps(Maps value);

    Task Shapes(Figure value, Mood mood, (int, string?) pair);

    Task Dynamics(JsonElement element, JsonNode? node, object? anything);

    Task Bytes(byte[] array, ReadOnlyMemory<byte> memory, ArraySegment<byte>? segment);

    [SocketEvent("end")]
    Task End();
}

public sealed record Scalars(
    bool Bool, byte Byte, sbyte SByte, short Short, ushort UShort, int Int, uint UInt, long Long, ulong ULong, Half Half, float Float,
    double Double, decimal Decimal, Int128 Huge, BigInteger Big, char Char, string Text, Guid Guid, Uri Uri, Version Version, int? Maybe);

public sealed record Times(DateTime Date, DateTimeOffset Offset, DateOnly Day, TimeOnly Time, TimeSpan Span, DateTime? Maybe);

public sealed record Lists(int[] Array, List<string?> List, HashSet<int> Set, ImmutableArray<double> Immutable, FrozenSet<int> Frozen,
    IEnumerable<bool> Any, int[][] Jagged);

public sealed record Maps(
    Dictionary<string, int> Texts, Dictionary<int, string> Numbers, Dictionary<Guid, int> Ids, Dictionary<Mood, int> Moods,
        Dictionary<Level, int> Levels,
    SortedDictionary<string, int?> Sorted);

[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Group), "group")]
public abstract record Figure(string Name);

public sealed record Circle(string Name, double Radius) : Figure(Name);

public sealed record Group(string Name, List<Figure> Members) : Figure(Name);

[JsonConverter(typeof(JsonStringEnumConverter))]
public enum Mood
{
    Calm,
    [JsonStringEnumMemberName("very happy")]
    Happy,
}

public enum Level : byte
{
    Low,
    High = 200,
}
