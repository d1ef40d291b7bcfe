using System.Text.Json.Serialization;
using MessagePack;

namespace TypedSocketRedis.Tests.Execution;

[SocketEvents("/run")]
public interface IRunEvents
{
    void Time(DateTime now);

    [SocketEvent("user joined")]
    void Joined(string? name, int? age, byte[] picture);

    Task Saved(Everything all, CancellationToken cancellationToken = default);

    ValueTask Grown(Tree root, CancellationToken cancellationToken);

    void Prices(IReadOnlyList<Price> prices, IEnumerable<string?> names, IReadOnlyDictionary<string, Price?> byName);

    void Inherits(Square square, Point? point, Page<Price> page, Settings settings);
}

public enum Level : byte
{
    Low,
    High = 200,
}

public sealed record Price(string Symbol, double Value, DateTime? At = null);

public sealed record Everything(
    bool Bool, byte Byte, sbyte SByte, short Short, ushort UShort, int Int, uint UInt, long Long, ulong ULong, float Float,
    double Double, decimal Decimal, char Char, string Text, DateTime Date, DateTimeOffset Offset, Guid Guid, TimeSpan Span,
    Level Level, Level? MaybeLevel, int? MaybeInt, string? MaybeText, List<int> Ints, string?[] Texts,
    Dictionary<string, long> Longs, int[][] Grid);

public sealed class Tree
{
    public required string Name { get; set; }

    public List<Tree>? Children { get; set; }
}

public class Shape
{
    public string Color { get; set; } = "red";
}

public sealed class Square : Shape
{
    public int Side { get; init; }

    public int Area => Side * Side;

    [JsonIgnore]
    public string Secret { get; set; } = "";

    [IgnoreMember]
    public string Hidden { get; set; } = "";
}

public struct Point
{
    public int X;

    [Key("why")]
    public int Y { get; set; }
}

public sealed record Page<T>(T[] Items, int Total);

public sealed class Settings(string mode, int retries = 3)
{
    public string Mode { get; } = mode;

    public int Retries { get; } = retries;

    public string IOName { get; set; } = "io";
}

public class Wide
{
    public virtual string? Name { get; set; }

    public virtual int Count { get; init; }
}

/// <summary>A payload whose overrides declare one accessor each and inherit the other one.</summary>
[SocketPayload]
public sealed class Narrow : Wide
{
    public override string? Name { get => base.Name?.ToUpperInvariant(); }

    public override int Count { init => base.Count = value + 1; }
}
