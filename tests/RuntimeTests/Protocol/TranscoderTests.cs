using System.Text;
using TypedSocketRedis.Protocol;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

public class TranscoderTests
{
    // Duplicate properties are kept in the text; JSON.parse of the receiver handles them.
    private static readonly Dictionary<string, string> KeptProperties = new()
    {
        ["map duplicate key"] = """{"a":1,"a":2}""",
    };

    public static TheoryData<string> Decoded => GoldenRow.Names(GoldenRow.Decode, row => !row.IsError);

    public static TheoryData<string> Rejected => GoldenRow.Names(GoldenRow.Decode, row => row.IsError);

    public static TheoryData<string> Encoded => GoldenRow.Names(GoldenRow.Encode);

    public static TheoryData<string> Large => GoldenRow.Names(GoldenRow.Large);

    [Theory, MemberData(nameof(Decoded))]
    public void Values_decoded_by_notepack_have_the_text_of_stringify(string name) => Check(GoldenRow.Decode, name);

    [Theory, MemberData(nameof(Encoded))]
    public void Values_encoded_by_notepack_have_the_text_of_stringify(string name) => Check(GoldenRow.Encode, name);

    [Theory, MemberData(nameof(Large))]
    public void Large_values_have_the_text_of_stringify(string name) => Check(GoldenRow.Large, name);

    [Theory, MemberData(nameof(Rejected))]
    public void Values_rejected_by_notepack_are_rejected_with_a_reason(string name)
    {
        var row = GoldenRow.Find(GoldenRow.Decode, name);
        Assert.NotEmpty(Wire.ReasonOf(() => Wire.Json(row.Payload)));
    }

    [Theory]
    [InlineData("81 a161 d40000", "{}")]
    [InlineData("83 a161 d40000 a162 01 a163 d40000", """{"b":1}""")]
    [InlineData("92 d40000 01", "[null,1]")]
    [InlineData("81 d6ff00000000 d40000", "{}")]
    [InlineData("81 cb7ff8000000000000 01", """{"NaN":1}""")]
    [InlineData("81 cf0020000000000001 01", """{"9007199254740992":1}""")]
    [InlineData("81 94c092010280c0 01", """{",1,2,[object Object],":1}""")]
    [InlineData("a6 220a5c09011f", "\"\\\"\\n\\\\\\t\\u0001\\u001f\"")]
    [InlineData("a4 7f e280a8", "\"\u007f\u2028\"")]
    public void Special_values_have_the_text_of_JavaScript(string hex, string expected) => Assert.Equal(expected, Wire.Json(Wire.Hex(hex)));

    [Theory]
    [InlineData("a")]
    [InlineData("\"")]
    [InlineData("\\\u0001é😀")]
    public void Text_of_every_length_is_escaped(string piece)
    {
        for (var length = 0; length < 70; length++)
        {
            var text = new string('x', length) + piece + new string('y', length % 7);
            var json = Wire.Json(
                MessagePack.MessagePackSerializer.Serialize(text, cancellationToken: TestContext.Current.CancellationToken));
            Assert.Equal(text, System.Text.Json.JsonSerializer.Deserialize<string>(json));
        }
    }

    [Theory]
    [InlineData("7")]
    [InlineData("-1.5")]
    [InlineData("1e+21")]
    [InlineData("\"\uFFFD\"", "a1ff")]
    [InlineData("\"1970-01-01T00:00:00.000Z\"", "d6ff00000000")]
    [InlineData("{\"_placeholder\":true,\"num\":0}", "c400")]
    public void Every_value_is_complete_when_the_buffer_grows(string json, string? hex = null)
    {
        var value = hex is null ? Wire.MessagePack(json) : Wire.Hex(hex);
        for (var length = 900; length < 1100; length++)
        {
            byte[] pair = [0x92, 0xDA, (byte)(length >> 8), (byte)length, .. Enumerable.Repeat((byte)'x', length), .. value];
            using var buffer = new PooledBuffer();
            Transcoder.Write(pair, buffer, Limits.Default);
            Assert.Equal($"[\"{new string('x', length)}\",{json}]", Encoding.UTF8.GetString(buffer.WrittenSpan));
        }
    }

    [Fact]
    public void Bytes_without_attachments_have_the_text_of_Node() => Assert.Equal(
        """[{"type":"Buffer","data":[0,255]},{"type":"Buffer","data":[]},[5,{"type":"Buffer","data":[170]}]]""",
        Wire.Json(Wire.Hex("93 c40200ff c400 d405aa"), binaries: BinaryForm.Buffer));

    [Fact]
    public void Attachments_are_slices_of_the_input_in_document_order()
    {
        var input = Wire.Hex("82 a161 c40101 a162 92 c40102 c40103");
        using var buffer = PooledBuffer.Rent();
        var lifted = Transcoder.Write(input, buffer, Limits.Default)!;
        Assert.Equal([5, 11, 14],
            lifted.Select(bytes => System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var segment)
                && segment.Array == input ? segment.Offset : -1));
    }

    [Fact]
    public void Output_beyond_the_limit_is_rejected()
    {
        var bomb = new byte[50_003];
        (bomb[0], bomb[1], bomb[2]) = (0xDA, 50_000 >> 8, 50_000 & 0xFF);
        Assert.Equal("size", Wire.ReasonOf(() => Wire.Json(bomb, limits: new Limits { PacketBytes = 100_000 })));
        Assert.Equal("size", Wire.ReasonOf(() => Wire.Json(bomb, limits: new Limits { PacketBytes = 40_000 })));
    }

    private static void Check(string file, string name)
    {
        var row = GoldenRow.Find(file, name);
        List<byte[]> expectedAttachments = [];
        var expected = KeptProperties.GetValueOrDefault(name) ?? row.ExpectedJson(expectedAttachments);
        List<byte[]> attachments = [];
        Assert.Equal(expected, Wire.Json(row.Payload, attachments));
        Assert.Equal(expectedAttachments, attachments);
    }
}
