using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.Serialization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MessagePack;
using MessagePack.Formatters;

namespace TypedSocketRedis.Tests.Execution;

[SocketEvents("/kinds")]
public interface IKindEvents
{
    void Scalars(Scalars scalars, MaybeScalars? maybe);

    void Collections(Collections collections);

    void Dictionaries(Dictionaries dictionaries);

    void Objects(Defaults defaults, Strict strict, Named named, Conditions conditions, Sized<string> sized, Part? part);

    void Shapes(Figure figure, IReadOnlyList<Figure?> figures, IAnimal animal, Vehicle vehicle);

    void Dynamics(Dynamic dynamic);

    void Enums(Suit suit, Permissions permissions, Card card);

    void Tuples((int A, string? B) pair, Tuple<int, string> old, (int, int, int, int, int, int, int, int, string) nine, KeyValuePair<string,
        int> entry);

    void Custom(Money money, Invoice invoice);

    void Numbers(Suit[] suits, Level level, Color color);

    void Fallbacks(Fallback fallback, Initialized initialized);

    void Picky(List<Picky> all, Dictionary<Level, Picky> byLevel, Frozen frozen);
}

/// <summary>A payload that no contract mentions.</summary>
[SocketPayload]
public sealed record Profile(string Name, Level[] Levels);

[SocketPayload]
public enum Weather : short
{
    Sun = -1,
    Rain = 1000,
}

public sealed record Fallback(int? Number = 7, string? Text = "x", double? None = null);

public sealed class Initialized
{
    public int? Number { get; init; } = 7;

    public string? Text { get; set; } = "x";

    public List<int>? Nothing { get; set; }
}

/// <summary>A payload whose constructor and setter refuse values.</summary>
public sealed class Picky
{
    private string _name = "";

    public Picky(int size) => Size = size >= 0 ? size : throw new ArgumentOutOfRangeException(nameof(size));

    public int Size { get; }

    public string Name
    {
        get => _name;
        set => _name = value.Length < 3 ? value : throw new InvalidOperationException("secret");
    }
}

/// <summary>Collections that hash the values of a peer.</summary>
public sealed record Frozen(
    HashSet<long>? Longs = null, Dictionary<int, int>? Ints = null, FrozenSet<Guid>? Ids = null, ImmutableHashSet<int>? Immutable = null,
    FrozenDictionary<int, int>? Map = null, ImmutableDictionary<long, int>? Tree = null);

public sealed record Scalars(
    nint Native, nuint Unsigned, Half Half, Int128 Huge, UInt128 UHuge, BigInteger Big, Uri Uri, Version Version, DateOnly Day,
    TimeOnly Time, Rune Rune, Memory<byte> Memory, ArraySegment<byte> Segment, ReadOnlyMemory<byte> Bytes);

public sealed record MaybeScalars(
    Half? Half, Int128? Huge, UInt128? UHuge, BigInteger? Big, Uri? Uri, Version? Version, DateOnly? Day, TimeOnly? Time, Rune? Rune,
    bool? Bool, byte? Byte, long? Long, double? Double, decimal? Decimal, char? Char, Guid? Guid, DateTime? Date,
    DateTimeOffset? Offset, TimeSpan? Span, Suit? Suit, Permissions? Permissions);

public sealed record Collections(
    ImmutableArray<int> Array, ImmutableList<string> List, FrozenSet<int> Frozen, ImmutableHashSet<int> Set, HashSet<Guid> Ids,
    IEnumerable<int> Any, ICollection<int> Collection, IReadOnlyCollection<int> Counted, IList<int> Items, IReadOnlyList<int?> Maybe,
    ISet<int> Distinct, IReadOnlySet<int> Readable, int[][] Jagged, ImmutableArray<int>? None);

public sealed record Dictionaries(
    Dictionary<Guid, int> Ids, IDictionary<string, int> Texts, IReadOnlyDictionary<long, string> Longs, ImmutableDictionary<string,
        int> Immutable,
    SortedDictionary<int, string> Sorted, FrozenDictionary<string, int> Frozen, Dictionary<Level, int> Levels, Dictionary<Suit, int> Suits,
    Dictionary<char, int> Chars, Dictionary<DateOnly, int> Days, Dictionary<decimal, int> Decimals);

public sealed class Defaults
{
    public string Name { get; init; } = "nobody";

    public List<int> Items { get; init; } = [7];

    public int Count { get; set; } = 3;

    public required string? Note { get; init; }
}

public sealed record Strict(string Symbol)
{
    public required int Count { get; init; }

    [JsonRequired]
    public Price? Price { get; set; }

    public IReadOnlyList<Price> History { get; init; } = [];
}

public sealed class Named
{
    [JsonPropertyName("e-mail")]
    public string Mail { get; set; } = "";

    [Key("k")]
    public int Keyed { get; set; }

    [DataMember(Name = "data")]
    public int Data { get; set; }

    [Key(3)]
    public int Numbered { get; set; }

    [IgnoreDataMember]
    public int Ignored { get; set; }

    [JsonInclude]
    internal int Inner { get; set; }
}

public sealed class Conditions
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Always { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NotNull { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int NotDefault { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
    public int ReadOnly { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenReading)]
    public int WriteOnly { get; set; } = 5;

    [JsonIgnore(Condition = JsonIgnoreCondition.Always)]
    public int Never { get; set; } = 9;
}

public sealed record Sized<T>(T? First, T[] All, int Size)
{
    [JsonConstructor]
    public Sized(T? first, T[] all)
        : this(first, all, all.Length)
    {
    }
}

public readonly struct Part
{
    [SerializationConstructor]
    public Part(int id, string? label) => (Id, Label) = (id, label);

    public int Id { get; }

    public string? Label { get; }
}

[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Group), "group")]
[JsonDerivedType(typeof(Numbered), 7)]
public abstract record Figure(string Name);

public sealed record Circle(string Name, double Radius) : Figure(Name);

public sealed record Group(string Name, List<Figure> Members) : Figure(Name);

public sealed record Numbered(string Name, int Number) : Figure(Name);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Dog), "dog")]
public interface IAnimal
{
    string Name { get; }
}

public sealed record Dog(string Name, int Age) : IAnimal;

[Union(0, typeof(Car))]
[JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType)]
public class Vehicle
{
    public int Wheels { get; set; }
}

public sealed class Car : Vehicle
{
    public string Plate { get; set; } = "";
}

public sealed class Tank : Vehicle
{
    public int Guns { get; set; }
}

public sealed record Dynamic(
    JsonElement Element, JsonNode? Node, JsonObject? Object, JsonArray? Array, JsonDocument? Document, object? Anything,
        SocketArgument Argument);

[JsonConverter(typeof(JsonStringEnumConverter))]
public enum Suit
{
    Hearts,
    [JsonStringEnumMemberName("pik")]
    Spades,
    [EnumMember(Value = "karo")]
    Diamonds,
    Cœur = Hearts,
}

[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<Permissions>))]
public enum Permissions : byte
{
    None = 0,
    Read = 1,
    Write = 2,
}

public enum Color : long
{
    Red,
    Green = long.MaxValue,
}

public sealed class Card
{
    [JsonConverter(typeof(JsonStringEnumConverter))]
    public Color Text { get; set; }

    [JsonConverter(typeof(JsonStringEnumConverter))]
    public Color? Maybe { get; set; }

    public Color Number { get; set; }
}

[MessagePackFormatter(typeof(MoneyFormatter))]
public sealed record Money(decimal Amount, string Currency);

public sealed class MoneyFormatter : IMessagePackFormatter<Money?>
{
    public void Serialize(ref MessagePackWriter writer, Money? value, MessagePackSerializerOptions options) =>
        writer.Write($"{value!.Amount} {value.Currency}");

    public Money? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        var parts = (reader.ReadString() ?? "").Split(' ');
        return new Money(decimal.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), parts[1]);
    }
}

public sealed class HexFormatter : IMessagePackFormatter<int>
{
    public static readonly HexFormatter Instance = new();

    public void Serialize(ref MessagePackWriter writer, int value, MessagePackSerializerOptions options) =>
        writer.Write(value.ToString("x"));

    public int Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        int.Parse(reader.ReadString()!, System.Globalization.NumberStyles.HexNumber);
}

public sealed record Invoice(Money Sum, [property: MessagePackFormatter(typeof(HexFormatter))] int Number, Money? Paid);
