using System.Buffers;
using System.Globalization;
using MessagePack;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Values;

public sealed class ValueWriterTests
{
    private delegate void Write(ref MessagePackWriter writer);

    public static TheoryData<string, double> Numbers => [.. Rows()
        .Where(r => r.Decoded.ValueKind == System.Text.Json.JsonValueKind.Number && !OverflowsInJavaScript(r.Name))
        .Select(r => new TheoryDataRow<string, double>(r.Name, r.Name == "float -0" ? -0.0 : r.Decoded.GetDouble()))];

    // Dates outside the range of .NET and the invalid date of JavaScript are excluded.
    public static TheoryData<string, DateTimeOffset> Dates => [.. Rows()
        .Select(r =>
            (r.Name, IsDate: DateTimeOffset.TryParse(Marker(r, "$date"), CultureInfo.InvariantCulture, DateTimeStyles.None, out var date),
                Date: date))
        .Where(r => r.IsDate && r.Name != "date invalid")
        .Select(r => new TheoryDataRow<string, DateTimeOffset>(r.Name, r.Date))];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_has_the_same_bytes_as_in_JavaScript(string name, double value)
    {
        var expected = Expected(name);
        Assert.Equal(expected, Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, value)));
        if (value == Math.Truncate(value) && Math.Abs(value) < 9e18)
            Assert.Equal(expected, Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, (long)value)));
        if (value == Math.Truncate(value) && value is >= 0 and < 1.8e19)
            Assert.Equal(expected, Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, (ulong)value)));
    }

    [Theory]
    [MemberData(nameof(Dates))]
    public void A_date_has_the_same_bytes_as_in_JavaScript(string name, DateTimeOffset value)
    {
        Assert.Equal(Expected(name), Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, value)));
        Assert.Equal(Expected(name), Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, value.UtcDateTime, "it")));
    }

    [Theory]
    [InlineData(double.NaN, "CB7FF8000000000000")]
    [InlineData(double.PositiveInfinity, "CB7FF0000000000000")]
    [InlineData(double.NegativeInfinity, "CBFFF0000000000000")]
    [InlineData(18446744073709551616.0, "CB43F0000000000000")]
    public void A_number_that_is_not_a_64_bit_integer_is_written_as_floating_point(double value, string expected) =>
        Assert.Equal(expected, Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, value)));

    [Fact]
    public void An_instant_is_truncated_to_milliseconds_and_converted_from_local_time()
    {
        var utc = new DateTime(2024, 2, 29, 12, 34, 56, 789, DateTimeKind.Utc);
        const string expected = "D7FFBC1CBD0065E079F0";
        Assert.Equal(expected, Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, utc.AddTicks(9999), "it")));
        Assert.Equal(expected, Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, utc.ToLocalTime(), "it")));
        Assert.Equal(expected,
            Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, new DateTimeOffset(utc).ToOffset(TimeSpan.FromHours(5)))));
    }

    [Fact]
    public void A_date_without_a_kind_is_rejected_with_its_location_and_a_hint()
    {
        var unknown = new DateTime(2024, 2, 29);
        var e = Assert.Throws<ArgumentException>(
            () => Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, unknown, "IClockEvents.Time(now)")));
        Assert.StartsWith("IClockEvents.Time(now)", e.Message, StringComparison.Ordinal);
        Assert.Contains("SpecifyKind", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_like_values_are_written_as_text()
    {
        Assert.Equal("A161", Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, 'a')));
        Assert.Equal("A3E282AC", Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, '€')));
        Assert.Equal("A3EFBFBD", Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, '\ud83d')));
        Assert.Equal("A531322E3530", Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, 12.50m)));
        Assert.Equal("BF", Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, -0.0000000000000000000000000001m))[..2]);
        Assert.Equal("D924" + Convert.ToHexString("0a0b0c0d-0000-0000-0000-000000000000"u8),
            Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, new Guid("0A0B0C0D-0000-0000-0000-000000000000"))));
        Assert.Equal("C0", Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, (string?)null)));
    }

    [Fact]
    public void Binary_and_durations_are_written()
    {
        Assert.Equal("C403010203", Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, new byte[] { 1, 2, 3 })));
        Assert.Equal("C400", Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, ReadOnlyMemory<byte>.Empty)));
        Assert.Equal("CD05DC", Hex((ref MessagePackWriter w) => ValueWriter.Write(ref w, TimeSpan.FromSeconds(1.5))));
    }

    [Fact]
    public void The_sixty_fifth_level_is_rejected()
    {
        ValueWriter.CheckDepth(63);
        Assert.Throws<MessagePackSerializationException>(() => ValueWriter.CheckDepth(64));
    }

    // The JavaScript encoder loses these values; this library keeps them.
    private static bool OverflowsInJavaScript(string name) =>
        name is "int 2^64" or "int 1e20" or "float 1e100" or "float -1e100" or "float 1.5e300";

    private static IEnumerable<Vector> Rows() => Vector.Read("01-notepack-encode");

    private static string Expected(string name) => Convert.ToHexString(Rows().First(r => r.Name == name).Payload);

    private static string? Marker(Vector row, string name) =>
        row.Decoded.ValueKind == System.Text.Json.JsonValueKind.Object && row.Decoded.TryGetProperty(name, out var value)
            ? value.GetString() : null;

    private static string Hex(Write write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(bytes);
        write(ref writer);
        writer.Flush();
        return Convert.ToHexString(bytes.WrittenSpan);
    }
}
