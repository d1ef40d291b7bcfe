using MessagePack;
using TypedSocketRedis.CompilerServices;
using Xunit;

namespace TypedSocketRedis.Tests.Values;

public sealed class ValueReaderTests
{
    private static readonly DateTimeOffset Leap = new(2024, 2, 29, 12, 34, 56, 789, TimeSpan.Zero);

    private delegate T Reading<out T>(ref MessagePackReader reader);

    [Theory]
    [InlineData("05", 5)]
    [InlineData("CB4014000000000000", 5)]
    [InlineData("CA40A00000", 5)]
    [InlineData("D3FFFFFFFFFFFFFFFF", -1)]
    [InlineData("CF0000000000000005", 5)]
    [InlineData("C0", 0)]
    public void Integers_are_read_in_every_form(string hex, int expected) => Assert.Equal(expected, Read(hex, ValueReader.ReadInt32));

    [Theory]
    [InlineData("CB4014CCCCCCCCCCCD")]
    [InlineData("CBFFF8000000000000")]
    [InlineData("CB7FF0000000000000")]
    [InlineData("CF8000000000000000")]
    [InlineData("CE80000000")]
    [InlineData("A135")]
    [InlineData("C3")]
    [InlineData("9105")]
    public void An_invalid_or_too_large_integer_is_rejected(string hex) =>
        Assert.Throws<EventDataException>(() => Read(hex, ValueReader.ReadInt32));

    [Fact]
    public void Each_integer_type_has_its_range()
    {
        Assert.Equal(byte.MaxValue, Read("CCFF", ValueReader.ReadByte));
        Assert.Equal(sbyte.MinValue, Read("D080", ValueReader.ReadSByte));
        Assert.Equal(ulong.MaxValue, Read("CFFFFFFFFFFFFFFFFF", ValueReader.ReadUInt64));
        Assert.Equal(long.MinValue, Read("D38000000000000000", ValueReader.ReadInt64));
        Assert.Equal(long.MinValue, Read("CBC3E0000000000000", ValueReader.ReadInt64));
        Assert.Throws<EventDataException>(() => Read("CD0100", ValueReader.ReadByte));
        Assert.Throws<EventDataException>(() => Read("FF", ValueReader.ReadByte));
        Assert.Throws<EventDataException>(() => Read("FF", ValueReader.ReadUInt64));
        Assert.Throws<EventDataException>(() => Read("CC80", ValueReader.ReadSByte));
        Assert.Throws<EventDataException>(() => Read("CFFFFFFFFFFFFFFFFF", ValueReader.ReadInt64));
    }

    [Theory]
    [InlineData("D7FFBC1CBD0065E079F0")]
    [InlineData("C70CFF2F072F400000000065E079F0")]
    [InlineData("B8323032342D30322D32395431323A33343A35362E3738395A")]
    [InlineData("D7000000018DF4DC5495")]
    [InlineData("CF0000018DF4DC5495")]
    [InlineData("CB4278DF4DC5495000")]
    public void An_instant_is_read_in_every_form(string hex) => Assert.Equal(Leap, Read(hex, ValueReader.ReadDateTimeOffset));

    [Fact]
    public void A_date_is_in_utc_and_nil_is_the_default()
    {
        var date = Read("D6FF65E079F0", ValueReader.ReadDateTime);
        Assert.Equal(DateTimeKind.Utc, date.Kind);
        Assert.Equal(new DateTime(2024, 2, 29, 12, 34, 56), date);
        Assert.Equal(default, Read("C0", ValueReader.ReadDateTime));
    }

    [Theory]
    [InlineData("C70CFFFFFFFFFF0000000065E079F0")]
    [InlineData("C70CFF000000007FFFFFFFFFFFFFFF")]
    [InlineData("D7007FFFFFFFFFFFFFFF")]
    [InlineData("CB7FF8000000000000")]
    [InlineData("CB7FF0000000000000")]
    [InlineData("A568656C6C6F")]
    [InlineData("D60565E079F0")]
    [InlineData("C711FF0000000000000000000000000000000000")]
    [InlineData("C3")]
    public void An_invalid_date_is_rejected(string hex) =>
        Assert.Throws<EventDataException>(() => Read(hex, ValueReader.ReadDateTime));

    [Fact]
    public void Binary_is_read_in_old_and_new_forms_but_not_from_text()
    {
        Assert.Equal([1, 2], Read("C4020102", ValueReader.ReadBytes)!);
        Assert.Equal([1, 2], Read("C702000102", ValueReader.ReadBytes)!);
        Assert.Null(Read("C0", ValueReader.ReadBytes));
        Assert.Throws<EventDataException>(() => Read("A161", ValueReader.ReadBytes));
        Assert.Throws<EventDataException>(() => Read("C40161", ValueReader.ReadString));
    }

    [Theory]
    [InlineData("DDFFFFFFFF")]
    [InlineData("DD7FFFFFFF")]
    [InlineData("DC000501")]
    [InlineData("DFFFFFFFFF")]
    [InlineData("DF7FFFFFFF")]
    [InlineData("DE000501")]
    [InlineData("DBFFFFFFFF")]
    [InlineData("DB7FFFFFFF61")]
    [InlineData("C6FFFFFFFF")]
    [InlineData("C67FFFFFFF61")]
    [InlineData("C9FFFFFFFFFF")]
    [InlineData("C97FFFFFFF00")]
    [InlineData("")]
    [InlineData("C1")]
    public void Every_reader_rejects_a_length_beyond_the_end_of_the_data(string hex)
    {
        Reading<object?>[] readers =
        [
            static (ref MessagePackReader r) => ValueReader.ReadArrayHeader(ref r, MessagePackSerializerOptions.Standard),
            static (ref MessagePackReader r) => ValueReader.ReadMapHeader(ref r, MessagePackSerializerOptions.Standard),
            static (ref MessagePackReader r) => ValueReader.ReadString(ref r),
            static (ref MessagePackReader r) => ValueReader.ReadTextKey(ref r),
            static (ref MessagePackReader r) => ValueReader.ReadKey(ref r).Length,
            static (ref MessagePackReader r) => ValueReader.ReadBytes(ref r),
            static (ref MessagePackReader r) => ValueReader.ReadDateTime(ref r),
            static (ref MessagePackReader r) => ValueReader.ReadDecimal(ref r),
            static (ref MessagePackReader r) =>
            {
                ValueReader.Skip(ref r);
                return null;
            },
        ];
        Assert.All(readers, read => Assert.True(
            Record.Exception(() => Read(hex, read)) is MessagePackSerializationException or EndOfStreamException));
    }

    [Fact]
    public void Arrays_are_read_up_to_sixty_four_levels_and_skipped_at_any_depth()
    {
        var deep = string.Concat(Enumerable.Repeat("91", 100_000)) + "C0";
        Assert.Throws<EventDataException>(() => Read<int>(deep, static (ref MessagePackReader r) =>
        {
            while (true) ValueReader.ReadArrayHeader(ref r, MessagePackSerializerOptions.Standard);
        }));
        Assert.True(Read(deep, static (ref MessagePackReader r) =>
        {
            ValueReader.Skip(ref r);
            return r.End;
        }));
    }

    [Fact]
    public void Decimals_characters_and_identifiers_are_read_from_text()
    {
        Assert.Equal(12.50m, Read("A531322E3530", ValueReader.ReadDecimal));
        Assert.Equal(5m, Read("05", ValueReader.ReadDecimal));
        Assert.Equal(0.5m, Read("CB3FE0000000000000", ValueReader.ReadDecimal));
        Assert.Throws<EventDataException>(() => Read("CB7FEFFFFFFFFFFFFF", ValueReader.ReadDecimal));
        Assert.Equal('a', Read("A161", ValueReader.ReadChar));
        Assert.Throws<EventDataException>(() => Read("A26161", ValueReader.ReadChar));
        Assert.Throws<EventDataException>(() => Read("A26161", ValueReader.ReadGuid));
        Assert.Throws<EventDataException>(() => Read("CB7FEFFFFFFFFFFFFF", ValueReader.ReadTimeSpan));
    }

    private static T Read<T>(string hex, Reading<T> read)
    {
        var reader = new MessagePackReader(Convert.FromHexString(hex));
        return read(ref reader);
    }
}
