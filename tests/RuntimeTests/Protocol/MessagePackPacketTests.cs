using System.Text.Json;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

/// <summary>Packets recorded from socket.io-msgpack-parser, which are read as the same values and written as the same bytes.</summary>
public class MessagePackPacketTests
{
    private const string File = "09-msgpack-parser";
    private const string Server = "server: ";

    private static readonly MessagePackPacketFormat Packets = MessagePackPacketFormat.Instance;

    public static TheoryData<string> FromClients =>
        [.. Vector.Read(File).Where(row => !row.Name.StartsWith(Server, StringComparison.Ordinal)).Select(row => row.Name)];

    public static TheoryData<string> FromServers =>
        [.. Vector.Read(File).Where(row => row.Name.StartsWith(Server, StringComparison.Ordinal)).Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(FromClients))]
    public void Packets_of_the_library_are_read_as_the_same_values(string name)
    {
        var row = Row(name);
        var expected = row.Decoded;
        var packet = Read(row.Payload);
        Assert.Equal(((PacketType)expected.GetProperty("type").GetInt32(), expected.GetProperty("nsp").GetString()),
            (packet.Type, packet.Path));
        Assert.Equal(expected.TryGetProperty("id", out var id) ? id.GetUInt64() : null, packet.Id);
        if (!expected.TryGetProperty("data", out var data)) Assert.True(packet.Body.IsEmpty);
        else Assert.True(JsonElement.DeepEquals(data, JsonElement.Parse(Wire.Json(packet.Body, binaries: BinaryForm.Buffer))),
            Wire.Json(packet.Body, binaries: BinaryForm.Buffer));
    }

    [Theory]
    [MemberData(nameof(FromServers))]
    public void The_same_packet_has_the_same_bytes_as_in_the_library(string name)
    {
        var expected = Row(name).Payload;
        var frame = name[Server.Length..] switch
        {
            "connect" => Packets.Connect("/", "abc"),
            "connect with pid" => Packets.Connect("/chat", "abc", "p1"),
            "connect error" => Packets.ConnectError("/chat", "no entry", Wire.MessagePack("""{"code":7}""")),
            "disconnect" => Packets.Disconnect("/chat"),
            "event" => Packets.Event("/", new EventData(Wire.MessagePack("""["hi",1,{"a":[null]}]"""))),
            "event with ack" => Packets.Event("/chat", new EventData(Wire.MessagePack("""["hi"]""")), 300),
            "event with date" => Packets.Event("/", new EventData(Wire.Hex("92 a26869 d7ff bc1cbd0065e079f0"))),
            "ack" => Packets.Ack("/chat", 7, Wire.MessagePack("""["ok"]""")),
            _ => throw new InvalidOperationException(name),
        };
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(Bytes(frame)));
    }

    [Theory]
    [InlineData("91a26869", """["hi","o1"]""")]
    [InlineData("92a268690a", """["hi",10,"o1"]""")]
    [InlineData("9ea26869 00010203040506070809 0a0b0c", """["hi",0,1,2,3,4,5,6,7,8,9,10,11,12,"o1"]""")]
    [InlineData("9fa26869 00010203040506070809 0a0b0c0d", """["hi",0,1,2,3,4,5,6,7,8,9,10,11,12,13,"o1"]""")]
    public void An_offset_is_the_last_argument(string hex, string expected) =>
        Assert.Equal(expected, Wire.Json(Read(Bytes(Packets.Event("/", new EventData(Wire.Hex(hex)), offset: "o1"))).Body));

    [Theory]
    [InlineData("92a26869 d6ff65e079f0", "92a26869 d7000000018df4dc5180")] // a date without milliseconds
    [InlineData("92a26869 c70cff00000000fffffff1886e0900", "92a26869 d700ffffc77cedd32800")] // 0001-01-01
    [InlineData("92a26869 c70cff3b8b87c00000003afff4417f", "92a26869 d7000000e677d21fdbff")] // 9999-12-31
    [InlineData("92a26869 d7000000018df4dc5495", "92a26869 d7000000018df4dc5495")] // already the expected form
    [InlineData("92a26869 c70cff000000007fffffffffffffff", "92a26869 c0")] // a date outside the range of JavaScript
    [InlineData("92a26869 d40000", "92a26869 c0")] // undefined
    [InlineData("92a26869 82a161d40000a16201", "92a26869 df00000001a16201")] // an undefined property
    [InlineData("92a26869 c702000102", "92a26869 c4020102")] // an ArrayBuffer
    [InlineData("92a26869 c70305010203", "92a26869 9205c403010203")] // an unknown extension
    [InlineData("92a26869 a3ff6162", "92a26869 a5efbfbd6162")] // invalid UTF-8
    [InlineData("92a26869 81 05 01", "92a26869 df00000001a13501")] // a key that is not text
    [InlineData("92c4026869 01", "92a26869 01")] // a name of bytes
    [InlineData("92cb4014000000000000 01", "9205 01")] // a number as name
    [InlineData("92cb3ff8000000000000 01", "92cb3ff8000000000000 01")]
    public void Values_that_clients_cannot_read_are_converted(string hex, string expected)
    {
        var bytes = Bytes(Packets.Event("/", new EventData(Wire.Hex(hex))));
        var members = Wire.Hex("83a47479706502a464617461");
        Assert.Equal(Convert.ToHexString(members), Convert.ToHexString(bytes[..members.Length]));
        Assert.StartsWith(expected.Replace(" ", "", StringComparison.Ordinal),
            Convert.ToHexStringLower(bytes[members.Length..]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90", "event")]
    [InlineData("91c0", "event")]
    [InlineData("91a7636f6e6e656374", "event")]
    [InlineData("92a26869", "truncated")]
    [InlineData("91a26869c0", "trailing")]
    [InlineData("92a26869c1", "code")]
    public void Data_that_is_not_an_event_is_rejected(string hex, string reason) =>
        Assert.Equal(reason, Wire.ReasonOf(() => Packets.Event("/", new EventData(Wire.Hex(hex)))));

    [Fact]
    public void Data_that_is_nested_too_deeply_or_not_an_ack_is_rejected()
    {
        Assert.Equal("depth",
            Wire.ReasonOf(
                () => Packets.Event("/", new EventData(Wire.Hex("92a26869" + string.Concat(Enumerable.Repeat("91", 64)) + "01")))));
        Packets.Event("/", new EventData(Wire.Hex("92a26869" + string.Concat(Enumerable.Repeat("91", 63)) + "01")));
        Assert.Equal("depth", Wire.ReasonOf(() => Packets.Ack("/", 1, Wire.Hex(string.Concat(Enumerable.Repeat("91", 65)) + "01"))));
        Packets.Ack("/", 1, Wire.Hex(string.Concat(Enumerable.Repeat("91", 64)) + "01"));
        Assert.Equal("ack", Wire.ReasonOf(() => Packets.Ack("/", 1, Wire.Hex("80"))));
        Assert.Equal("trailing", Wire.ReasonOf(() => Packets.Ack("/", 1, Wire.Hex("9001"))));
        Assert.Equal("truncated", Wire.ReasonOf(() => Packets.Ack("/", 1, default)));
        Assert.Equal("trailing", Wire.ReasonOf(() => Packets.ConnectError("/", "no", Wire.Hex("0101"))));
    }

    [Fact]
    public void Binary_values_are_not_sent_as_attachments()
    {
        var many = Wire.Hex("dc0011a178" + string.Concat(Enumerable.Repeat("c40101", 16)));
        var frame = Packets.Event("/", new EventData(many));
        Assert.Equal(1, frame.Parts.Length);
        Assert.True(frame.Parts[0].IsBinary);
        Assert.Equal(17, SocketArguments.OfArray(Read(Bytes(frame)).Body).Count);
    }

    [Fact]
    public void Writing_a_plain_event_allocates_only_its_frame()
    {
        var data = new EventData(Wire.MessagePack("""["priceChanged",{"symbol":"ACME","price":12.5,"tags":["a","b"],"open":true}]"""));
        var length = Packets.Event("/clock", data).WebSocket.Length;
        const int calls = 1000;
        for (var i = 0; i < calls; i++) Packets.Event("/clock", data);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++) Packets.Event("/clock", data);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / calls, length, length + 112);
    }

    private static Vector Row(string name) => Vector.Read(File).Single(row => row.Name == name);

    private static byte[] Bytes(Frame frame) => frame.Payload(frame.Parts[0]).ToArray();

    private static Packet Read(byte[] bytes)
    {
        using var reader = Packets.CreateReader(Limits.Default);
        return reader.Binary(bytes)!.Value;
    }
}
