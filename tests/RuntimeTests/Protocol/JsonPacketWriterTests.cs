using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

public class JsonPacketWriterTests
{
    [Theory]
    [InlineData("/", null, "91a26869", """42["hi"]""")]
    [InlineData("/chat", null, "91a26869", """42/chat,["hi"]""")]
    [InlineData("/chat", 12UL, "92a2686901", """42/chat,12["hi",1]""")]
    [InlineData("/", ulong.MaxValue, "91a26869", """4218446744073709551615["hi"]""")]
    [InlineData("/", null, "9105", "42[5]")]
    [InlineData("/", null, "91cb3ff8000000000000", "42[1.5]")]
    [InlineData("/", null, "91c4026869", """42["hi"]""")]
    [InlineData("/", null, "92a178c40101", """451-["x",{"_placeholder":true,"num":0}]""")]
    [InlineData("/chat", 3UL, "93a178c4010191c40102", """452-/chat,3["x",{"_placeholder":true,"num":0},[{"_placeholder":true,"num":1}]]""")]
    [InlineData("/日", null, "91a0", "42/日,[\"\"]")]
    public void Events_are_written_in_the_format_of_clients(string path, ulong? id, string hex, string expected) =>
        Assert.Equal(expected, Wire.Text(JsonPacketWriter.Event(path, new EventData(Wire.Hex(hex)), id)));

    [Theory]
    [InlineData("", "event")]
    [InlineData("90", "event")]
    [InlineData("80", "event")]
    [InlineData("a26869", "event")]
    [InlineData("91c0", "event")]
    [InlineData("91c3", "event")]
    [InlineData("9190", "event")]
    [InlineData("91cb7ff8000000000000", "event")]
    [InlineData("91d6ff00000000", "event")]
    [InlineData("91a7636f6e6e656374", "event")]
    [InlineData("91c407636f6e6e656374", "event")]
    [InlineData("91ad636f6e6e6563745f6572726f72", "event")]
    [InlineData("91aa646973636f6e6e656374", "event")]
    [InlineData("91ad646973636f6e6e656374696e67", "event")]
    [InlineData("91ab6e65774c697374656e6572", "event")]
    [InlineData("91ae72656d6f76654c697374656e6572", "event")]
    [InlineData("92a26869", "truncated")]
    [InlineData("91a26869c0", "trailing")]
    [InlineData("92a26869c1", "code")]
    public void Data_that_is_not_an_event_is_rejected(string hex, string reason) =>
        Assert.Equal(reason, Wire.ReasonOf(() => JsonPacketWriter.Event("/", new EventData(Wire.Hex(hex)))));

    [Fact]
    public void Packets_of_the_server_are_written_in_the_format_of_clients()
    {
        Assert.Equal("""40{"sid":"abc"}""", Wire.Text(JsonPacketWriter.Connect("/", "abc")));
        Assert.Equal("""40/chat,{"sid":"a\"b"}""", Wire.Text(JsonPacketWriter.Connect("/chat", "a\"b")));
        Assert.Equal("""44/chat,{"message":"no \"entry\"\n"}""", Wire.Text(JsonPacketWriter.ConnectError("/chat", "no \"entry\"\n")));
        Assert.Equal("""44{"message":"é","data":{"a":[1]}}""", Wire.Text(JsonPacketWriter.ConnectError("/", "é", Wire.Hex("81a1619101"))));
        Assert.Equal("""44{"message":"","data":{"type":"Buffer","data":[7]}}""",
            Wire.Text(JsonPacketWriter.ConnectError("/", "", Wire.Hex("c40107"))));
        Assert.Equal("41", Wire.Text(JsonPacketWriter.Disconnect("/")));
        Assert.Equal("41/chat,", Wire.Text(JsonPacketWriter.Disconnect("/chat")));
    }

    [Theory]
    [InlineData("91a26869", """42["hi","o1"]""")]
    [InlineData("92a268690a", """42["hi",10,"o1"]""")]
    [InlineData("92a178c40101", """451-["x",{"_placeholder":true,"num":0},"o1"]""")]
    public void An_offset_is_the_last_argument(string hex, string expected) =>
        Assert.Equal(expected, Wire.Text(JsonPacketFormat.Default.Event("/", new EventData(Wire.Hex(hex)), offset: "o1")));

    [Fact]
    public void The_connect_packet_has_the_id_for_recovery() =>
        Assert.Equal("""40/chat,{"sid":"abc","pid":"p\"1"}""", Wire.Text(JsonPacketFormat.Default.Connect("/chat", "abc", "p\"1")));

    [Fact]
    public void The_number_of_attachments_is_limited_to_that_of_clients()
    {
        var ten = Wire.Hex("9ba178" + string.Concat(Enumerable.Repeat("c40101", 10)));
        var eleven = Wire.Hex("9ca178" + string.Concat(Enumerable.Repeat("c40101", 11)));
        Assert.Equal(10, Wire.Attachments(JsonPacketFormat.Default.Event("/", new EventData(ten))).Count());
        Assert.Equal("attachments", Wire.ReasonOf(() => JsonPacketFormat.Default.Event("/", new EventData(eleven))));
        Assert.Equal("attachments", Wire.ReasonOf(() => JsonPacketFormat.Default.Ack("/", 1, eleven)));
        Assert.Equal(11, Wire.Attachments(new JsonPacketFormat(11).Ack("/", 1, eleven)).Count());
    }

    [Fact]
    public void Acks_can_have_any_array()
    {
        Assert.Equal("43/chat,7[]", Wire.Text(JsonPacketWriter.Ack("/chat", 7, Wire.Hex("90"))));
        Assert.Equal("""430["connect"]""", Wire.Text(JsonPacketWriter.Ack("/", 0, Wire.Hex("91a7636f6e6e656374"))));
        var binary = JsonPacketWriter.Ack("/", 1, Wire.Hex("91c40105"));
        Assert.Equal("""461-1[{"_placeholder":true,"num":0}]""", Wire.Text(binary));
        Assert.Equal([[5]], Wire.Attachments(binary));
        Assert.Equal("ack", Wire.ReasonOf(() => JsonPacketWriter.Ack("/", 1, Wire.Hex("80"))));
        Assert.Equal("truncated", Wire.ReasonOf(() => JsonPacketWriter.Ack("/", 1, default)));
    }

    [Fact]
    public void A_long_namespace_is_written_completely()
    {
        var path = "/" + new string('é', 5000);
        Assert.Equal($"41{path},", Wire.Text(JsonPacketWriter.Disconnect(path)));
    }

    [Theory]
    [InlineData(0, "8100")]
    [InlineData(125, "817d")]
    [InlineData(126, "817e007e")]
    [InlineData(65535, "817effff")]
    [InlineData(65536, "817f0000000000010000")]
    public void Frames_have_their_length_in_the_shortest_form(int length, string header)
    {
        var payload = new byte[length];
        Array.Fill(payload, (byte)'x');
        var text = Frame.Create(payload.AsSpan(0, length / 2), payload.AsSpan(length / 2), [payload]);
        var binaryHeader = "82" + header[2..];

        Assert.Equal(header + Convert.ToHexStringLower(payload) + binaryHeader + Convert.ToHexStringLower(payload),
            Convert.ToHexStringLower(text.WebSocket.Span));
        Assert.Equal(payload, text.Payload(text.Parts[0]));
        Assert.Equal(payload, text.Payload(text.Parts[1]));
        Assert.Equal([false, true], text.Parts.ToArray().Select(part => part.IsBinary));
        Assert.Equal(binaryHeader + Convert.ToHexStringLower(payload),
            Convert.ToHexStringLower(Frame.CreateBinary(payload).WebSocket.Span));
    }
}
