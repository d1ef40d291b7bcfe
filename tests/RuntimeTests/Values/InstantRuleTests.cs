using MessagePack;
using TypedSocketRedis.CompilerServices;
using Xunit;

namespace TypedSocketRedis.Tests.Values;

/// <summary>Instants in text, which contracts and untyped arguments read by the same rule.</summary>
public sealed class InstantRuleTests
{
    [Theory]
    [InlineData("2024-02-29T12:34:56.789Z", "2024-02-29T12:34:56.7890000Z")]
    [InlineData("2024-02-29T12:34:56Z", "2024-02-29T12:34:56.0000000Z")]
    [InlineData("2024-02-29T12:34Z", "2024-02-29T12:34:00.0000000Z")]
    [InlineData("2024-02-29T12:34:56+05:30", "2024-02-29T07:04:56.0000000Z")]
    [InlineData("2024-02-29T12:34-02:00", "2024-02-29T14:34:00.0000000Z")]
    [InlineData("2024-02-29T12:34:56.1234567+00:00", "2024-02-29T12:34:56.1234567Z")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00.0000000Z")]
    public void An_instant_is_the_same_for_both_readers(string text, string expected)
    {
        Assert.Equal(expected, Utc(Contract(text)));
        Assert.Equal(expected, Utc(((SocketArgument)text).GetDateTime()));
        Assert.Equal(expected[..10], Read(text, FrameworkReader.ReadDateOnly).ToString("O", null));
        Assert.Equal(expected, Utc(Read(text, ValueReader.ReadDateTimeOffset).UtcDateTime));
    }

    [Theory]
    [InlineData("2024-02-29T12:34:56")]
    [InlineData("2024-02-29T12:34:56.789")]
    [InlineData("2024-02-29T12:34")]
    [InlineData("2024-02-29 12:34:56Z")]
    [InlineData("2024-02-29T12:34:56z")]
    [InlineData("2024-02-30")]
    [InlineData("2024-02-29Z")]
    [InlineData("2024")]
    [InlineData("")]
    [InlineData("29/02/2024")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("2024-02-29T12:34:56.78912345Z")]
    [InlineData("2024-02-29T12:34:56.7891234000000000000000Z")]
    public void Both_readers_reject_an_invalid_instant_with_a_hint(string text)
    {
        var rejected = Assert.Throws<EventDataException>(() => Contract(text));
        Assert.Contains("Z or an offset from UTC, which new Date(...).toISOString() has", rejected.Message, StringComparison.Ordinal);
        Assert.Throws<EventDataException>(() => Read(text, ValueReader.ReadDateTimeOffset));
        Assert.Throws<EventDataException>(() => Read(text, FrameworkReader.ReadDateOnly));
        var format = Assert.Throws<FormatException>(() => ((SocketArgument)text).GetDateTime());
        Assert.Contains("Z or an offset from UTC, which new Date(...).toISOString() has", format.Message, StringComparison.Ordinal);
    }

    private delegate T Reading<out T>(ref MessagePackReader reader);

    private static DateTime Contract(string text) => Read(text, ValueReader.ReadDateTime);

    private static T Read<T>(string text, Reading<T> reading)
    {
        var reader = new MessagePackReader(((SocketArgument)text).Raw);
        return reading(ref reader);
    }

    private static string Utc(DateTime value)
    {
        Assert.Equal(DateTimeKind.Utc, value.Kind);
        return value.ToString("O", null);
    }
}
