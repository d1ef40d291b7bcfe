using System.Security.Cryptography;
using TypedSocketRedis.Protocol;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

public class JsonToMessagePackTests
{
    // notepack encodes these numbers as other values, so the decoded text cannot produce the recorded bytes.
    private static readonly HashSet<string> NotRepeated =
        ["int 2^64", "int 1e20", "float 1e100", "float -1e100", "float 1.5e300"];

    public static TheoryData<string> Encoded => GoldenRow.Names(GoldenRow.Encode, IsJson);

    public static TheoryData<string> Large => GoldenRow.Names(GoldenRow.Large);

    [Theory, MemberData(nameof(Encoded))]
    public void The_bytes_equal_those_of_notepack(string name) => Check(GoldenRow.Encode, name);

    [Theory, MemberData(nameof(Large))]
    public void The_bytes_of_large_values_equal_those_of_notepack(string name) => Check(GoldenRow.Large, name);

    [Theory]
    [InlineData(65535, 643859, "c3b94509455ab78827ffa3854190926a7f025188c1acf59e65636c80094188ce")]
    [InlineData(65536, 643871, "7b47e6141929074cb2dc832d23b64c6fffd8077f7204e179aee536fb0441af43")]
    public void The_bytes_of_wide_maps_equal_those_of_notepack(int count, int length, string sha256)
    {
        var bytes = Wire.MessagePack("{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"k{i}\":{i}")) + "}");
        Assert.Equal(length, bytes.Length);
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Theory]
    [InlineData("1.0", "01")]
    [InlineData("1e3", "cd03e8")]
    [InlineData("-0", "00")]
    [InlineData("-0.0", "00")]
    [InlineData("-0e9", "00")]
    [InlineData("9007199254740993", "cf0020000000000000")]
    [InlineData("9223372036854775807", "cf8000000000000000")]
    [InlineData("18446744073709551615", "cb43f0000000000000")]
    [InlineData("-9223372036854775808", "d38000000000000000")]
    [InlineData("-9223372036854777856", "cbc3e0000000000001")]
    [InlineData("1e100", "cb54b249ad2594c37d")]
    [InlineData("1e400", "cb7ff0000000000000")]
    [InlineData("-1e400", "cbfff0000000000000")]
    [InlineData("1e-400", "00")]
    [InlineData("0.1", "cb3fb999999999999a")]
    [InlineData(" [ 1 , null ]\n", "9201c0")]
    public void Numbers_are_read_as_doubles_of_JavaScript(string json, string hex) =>
        Assert.Equal(hex, Convert.ToHexStringLower(Wire.MessagePack(json)));

    [Theory]
    [InlineData("\"\\ud83d\"", "\uFFFD")]
    [InlineData("\"a\\ud83dbc\"", "a\uFFFDbc")]
    [InlineData("\"\\ude00\\ud83d\"", "\uFFFD\uFFFD")]
    [InlineData("\"\\ud83d\\u0041\"", "\uFFFDA")]
    [InlineData("\"\\ud83d\\ud83d\\ude00\"", "\uFFFD😀")]
    [InlineData("\"\\uD83D\\uDE00é\\n\\/\\\\\\\"\\b\\f\\r\\t\\u0000\"", "😀é\n/\\\"\b\f\r\t\0")]
    public void Escapes_become_characters(string json, string expected) => Assert.Equal(
        expected,
            MessagePack.MessagePackSerializer.Deserialize<string>(Wire.MessagePack(json),
                cancellationToken: TestContext.Current.CancellationToken));

    [Fact]
    public void Invalid_UTF8_is_replaced()
    {
        byte[] json = [.. "[\"a"u8, 0xFF, .. "b\",\"\\n"u8, 0xC3, .. "\"]"u8];
        Assert.Equal("[\"a\uFFFDb\",\"\\n\uFFFD\"]", Wire.Json(JsonToMessagePack.Convert(json, Limits.Default)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("[")]
    [InlineData("[1,]")]
    [InlineData("[1] 2")]
    [InlineData("{\"a\"}")]
    [InlineData("'a'")]
    [InlineData("NaN")]
    [InlineData("[1,/**/2]")]
    [InlineData("\uFEFF[]")]
    [InlineData("\"\\x\"")]
    [InlineData("01")]
    public void Invalid_json_is_rejected(string json) => Assert.Equal("json", Wire.ReasonOf(() => Wire.MessagePack(json)));

    [Fact]
    public void Placeholders_become_bytes_at_any_position()
    {
        byte[][] attachments = [[1], [2, 3]];
        Assert.Equal(
            "82a16192c4020203c40101a16281a163c40101",
            Convert.ToHexStringLower(Wire.MessagePack(
                """{"a":[{"_placeholder":true,"num":1},{"num":0,"x":[{}],"_placeholder":true}],"b":{"c":{"_placeholder":true,"num":0}}}""",
                    attachments)));
    }

    [Theory]
    [InlineData("""{"_placeholder":true}""")]
    [InlineData("""{"_placeholder":true,"num":1}""")]
    [InlineData("""{"_placeholder":true,"num":-1}""")]
    [InlineData("""{"_placeholder":true,"num":0.5}""")]
    [InlineData("""{"_placeholder":true,"num":"0"}""")]
    [InlineData("""{"_placeholder":true,"num":1e999}""")]
    [InlineData("""{"_placeholder":true,"num":{"num":0}}""")]
    public void A_placeholder_without_an_attachment_is_rejected(string json) =>
        Assert.Equal("attachments", Wire.ReasonOf(() => Wire.MessagePack($"[{json}]", [[1]])));

    [Theory]
    [InlineData("""{"_placeholder":false,"num":0}""")]
    [InlineData("""{"_placeholder":"true","num":0}""")]
    public void An_object_that_resembles_a_placeholder_is_kept(string json) =>
        Assert.Equal(json, Wire.Json(Wire.MessagePack(json, [[1]])));

    [Fact]
    public void A_placeholder_is_a_normal_object_without_attachments()
    {
        const string json = """{"_placeholder":true,"num":0}""";
        Assert.Equal(json, Wire.Json(Wire.MessagePack(json)));
    }

    [Fact]
    public void Repeated_references_to_an_attachment_cannot_exceed_the_maximum_size()
    {
        var json = "[" + string.Join(',', Enumerable.Repeat("""{"_placeholder":true,"num":0}""", 20_000)) + "]";
        Assert.Equal("size", Wire.ReasonOf(() => Wire.MessagePack(json, [new byte[100_000]], Limits.Default)));
    }

    private static bool IsJson(GoldenRow row) => !NotRepeated.Contains(row.Name)
        && !row.Decoded.GetRawText().Contains("\"$date\"", StringComparison.Ordinal)
        && !row.Decoded.GetRawText().Contains("\"$float\"", StringComparison.Ordinal);

    private static void Check(string file, string name)
    {
        var row = GoldenRow.Find(file, name);
        List<byte[]> attachments = [];
        var json = row.ExpectedJson(attachments);
        Assert.Equal(Convert.ToHexStringLower(row.Payload), Convert.ToHexStringLower(Wire.MessagePack(json, attachments)));
    }
}
