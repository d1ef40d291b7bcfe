using CsCheck;
using MessagePack;
using TypedSocketRedis.Generated;
using Xunit;

namespace TypedSocketRedis.Tests.Execution;

public sealed class RoundtripTests
{
    // Three years on either side of zero: a double of milliseconds represents every tick of them.
    private const long ThreeYears = 3 * 365 * TimeSpan.TicksPerDay;

    private static readonly Gen<DateTime> Date = Gen.Long[0, DateTime.MaxValue.Ticks / TimeSpan.TicksPerMillisecond]
        .Select(ms => new DateTime(ms * TimeSpan.TicksPerMillisecond, DateTimeKind.Utc));

    private static readonly Gen<string> Text = Gen.String[Gen.Char[' ', '\u07ff'], 0, 40];

    private static readonly Gen<Everything> All =
        from numbers in Gen.Select(Gen.Bool, Gen.Byte, Gen.SByte, Gen.Short, Gen.UShort, Gen.Int, Gen.UInt)
        from large in Gen.Select(Gen.Long, Gen.ULong, Gen.Float, Gen.Double, Gen.Decimal, Gen.Char[' ', '\ud7ff'], Text)
        from times in Gen.Select(Date, Date, Gen.Guid, Gen.Long[-ThreeYears, ThreeYears])
        from maybe in Gen.Select(Gen.Bool, Gen.Int.Nullable(), Text.Null())
        from many in Gen.Select(Gen.Int.List[0, 20], Text.Null().Array[0, 20], Gen.Dictionary(Text, Gen.Long)[0, 20],
            Gen.Int.Array[0, 5].Array[0, 5])
        select new Everything(
            numbers.Item1, numbers.Item2, numbers.Item3, numbers.Item4, numbers.Item5, numbers.Item6, numbers.Item7,
            large.Item1, large.Item2, large.Item3, large.Item4, large.Item5, large.Item6, large.Item7,
            times.Item1, new DateTimeOffset(times.Item2), times.Item3, new TimeSpan(times.Item4),
            maybe.Item1 ? Level.High : Level.Low, maybe.Item1 ? null : Level.High, maybe.Item2, maybe.Item3,
            many.Item1, many.Item2, many.Item3, many.Item4);

    private static readonly TypedSocketRedis_Tests_Execution_EverythingFormatter Formatter =
        TypedSocketRedis_Tests_Execution_EverythingFormatter.Instance;

    [Fact]
    public void Written_values_are_read_unchanged() => All.Sample(value =>
    {
        var read = Wire.Read(Formatter, Wire.Write(Formatter, value))!;
        Assert.Equal(value with { Ints = [], Texts = [], Longs = [], Grid = [] },
            read with { Ints = [], Texts = [], Longs = [], Grid = [] }, Flat);
        Assert.Equal(value.Ints, read.Ints);
        Assert.Equal(value.Texts, read.Texts);
        Assert.Equal(value.Longs, read.Longs);
        Assert.Equal(value.Grid, read.Grid);
    });

    [Fact]
    public void Corrupt_input_throws_only_the_documented_exceptions() =>
        Gen.Select(All, Gen.Int[0, 10_000], Gen.Byte, Gen.Bool).Sample((value, at, with, cut) =>
    {
        var bytes = Wire.Write(Formatter, value);
        at %= bytes.Length;
        bytes[at] = with;
        try
        {
            Wire.Read(Formatter, cut ? bytes.AsMemory(0, at) : bytes);
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException)
        {
            // The two documented exceptions of the reader; any other one fails the test.
        }
    });

    // The collections are excluded, because a record compares two empty lists as different objects.
    private static bool Flat(Everything a, Everything b) =>
        a with { Ints = None.Ints, Texts = None.Texts, Longs = None.Longs, Grid = None.Grid }
        == b with { Ints = None.Ints, Texts = None.Texts, Longs = None.Longs, Grid = None.Grid };

    private static readonly Everything None = new(
        false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ' ', "", default, default, default, default, default, null, null, null, [], [], [], []);
}
