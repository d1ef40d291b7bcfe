using System.Globalization;
using System.Text;
using CsCheck;
using TypedSocketRedis.Protocol;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

public class NumbersAndDatesTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(123456789012345680000.0, "123456789012345680000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(-1.5e300, "-1.5e+300")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1e-7, "1e-7")]
    [InlineData(1.25e-7, "1.25e-7")]
    [InlineData(1e-6, "0.000001")]
    [InlineData(-1.25e-6, "-0.00000125")]
    [InlineData(0.00001, "0.00001")]
    [InlineData(0.1, "0.1")]
    [InlineData(1234567890123456.7, "1234567890123456.8")]
    [InlineData(9007199254740993.0, "9007199254740992")]
    [InlineData(9007199254740994.0, "9007199254740994")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Numbers_have_the_same_text_as_in_JavaScript(double value, string expected) => Assert.Equal(expected, JsNumber.Text(value));

    [Fact]
    public void Every_number_is_read_back_unchanged() => Gen.Double.Where(double.IsFinite).Sample(
        value => double.Parse(JsNumber.Text(value), CultureInfo.InvariantCulture) == value, iter: 100_000);

    [Fact]
    public void Dates_in_the_range_of_dotnet_have_the_same_text_as_in_dotnet() =>
        Gen.Long[DateTime.MinValue.Ticks / TimeSpan.TicksPerMillisecond, DateTime.MaxValue.Ticks / TimeSpan.TicksPerMillisecond].Sample(
            milliseconds =>
            {
                var moment = new DateTime(milliseconds * TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
                Span<byte> text = stackalloc byte[IsoDate.MaxLength];
                var length = IsoDate.Write(milliseconds - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMillisecond), text);
                return Encoding.ASCII.GetString(text[..length]) == moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
                    CultureInfo.InvariantCulture);
            },
            iter: 100_000);

    [Theory]
    [InlineData(-62167219200001, "-000001-12-31T23:59:59.999Z")]
    [InlineData(-62167219200000, "0000-01-01T00:00:00.000Z")]
    [InlineData(253402300800000, "+010000-01-01T00:00:00.000Z")]
    [InlineData(IsoDate.MaxMilliseconds, "+275760-09-13T00:00:00.000Z")]
    [InlineData(-IsoDate.MaxMilliseconds, "-271821-04-20T00:00:00.000Z")]
    public void Dates_outside_the_range_of_dotnet_have_the_text_of_JavaScript(long milliseconds, string expected)
    {
        Span<byte> text = stackalloc byte[IsoDate.MaxLength];
        Assert.Equal(expected, Encoding.ASCII.GetString(text[..IsoDate.Write(milliseconds, text)]));
    }

    [Theory]
    [InlineData(0, "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)")]
    [InlineData(-1, "Wed Dec 31 1969 23:59:59 GMT+0000 (Coordinated Universal Time)")]
    [InlineData(1709210096789, "Thu Feb 29 2024 12:34:56 GMT+0000 (Coordinated Universal Time)")]
    [InlineData(-62198755200000, "Fri Jan 01 -0001 00:00:00 GMT+0000 (Coordinated Universal Time)")]
    [InlineData(IsoDate.MaxMilliseconds, "Sat Sep 13 275760 00:00:00 GMT+0000 (Coordinated Universal Time)")]
    public void Dates_as_property_names_have_the_long_text(double milliseconds, string expected) =>
        Assert.Equal(expected, IsoDate.LongText(milliseconds));
}
