using System.Text;
using TypedSocketRedis.Protocol;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

public sealed class JsonPacketReaderTests : IDisposable
{
    private readonly JsonPacketReader _reader = new(Limits.Default);

    public void Dispose() => _reader.Dispose();

    [Theory]
    [InlineData("0", 0, "/", null, "")]
    [InlineData("""0{"a":1}""", 0, "/", null, """{"a":1}""")]
    [InlineData("0/admin", 0, "/admin", null, "")]
    [InlineData("0/admin,", 0, "/admin", null, "")]
    [InlineData("""0/admin,{"token":"x,y"}""", 0, "/admin", null, """{"token":"x,y"}""")]
    [InlineData("0/admin?token=1,{}", 0, "/admin?token=1", null, "{}")]
    [InlineData("1", 1, "/", null, "")]
    [InlineData("1/admin,", 1, "/admin", null, "")]
    [InlineData("""2["hi"]""", 2, "/", null, """["hi"]""")]
    [InlineData("""2["hi",1,null]""", 2, "/", null, """["hi",1,null]""")]
    [InlineData("2[1]", 2, "/", null, "[1]")]
    [InlineData("2[0.5,{}]", 2, "/", null, "[0.5,{}]")]
    [InlineData("2[\"\"]", 2, "/", null, "[\"\"]")]
    [InlineData("""2["CONNECT"]""", 2, "/", null, """["CONNECT"]""")]
    [InlineData("""212["hi"]""", 2, "/", 12UL, """["hi"]""")]
    [InlineData("""2/chat,0012["hi"]""", 2, "/chat", 12UL, """["hi"]""")]
    [InlineData("""2/,["hi"]""", 2, "/", null, """["hi"]""")]
    [InlineData("""2/日本 #*,["hi"]""", 2, "/日本 #*", null, """["hi"]""")]
    [InlineData("""2["hi",{"_placeholder":true,"num":0}]""", 2, "/", null, """["hi",{"_placeholder":true,"num":0}]""")]
    [InlineData("312[]", 3, "/", 12UL, "[]")]
    [InlineData("""3/chat,18446744073709551615["disconnect"]""", 3, "/chat", ulong.MaxValue, """["disconnect"]""")]
    [InlineData("3[]", 3, "/", null, "[]")]
    public void Packets_without_attachments_are_read_immediately(string text, int type, string path, ulong? id, string body)
    {
        var packet = _reader.Text(text)!.Value;
        Assert.Equal(((PacketType)type, path, id), (packet.Type, packet.Path, packet.Id));
        Assert.Equal(body, packet.Body.IsEmpty ? "" : Wire.Json(packet.Body));
    }

    [Theory]
    [InlineData("", "type")]
    [InlineData(" ", "type")]
    [InlineData("7", "type")]
    [InlineData("""4{"message":"no"}""", "type")]
    [InlineData("""5["hi"]""", "attachments")]
    [InlineData("""5-["hi"]""", "attachments")]
    [InlineData("""50-["hi"]""", "attachments")]
    [InlineData("""511-["hi"]""", "attachments")]
    [InlineData("""5999999999999999999999-["hi"]""", "attachments")]
    [InlineData("""5+1-["hi"]""", "attachments")]
    [InlineData("""51.0-["hi"]""", "attachments")]
    [InlineData("""5x-["hi"]""", "attachments")]
    [InlineData("51", "attachments")]
    [InlineData("51-", "payload")]
    [InlineData("""51-["hi",{"_placeholder":true,"num":1}]""", "attachments")]
    [InlineData("""51-[{"_placeholder":true,"num":0}]""", "payload")]
    [InlineData("""61-{"_placeholder":true,"num":0}""", "payload")]
    [InlineData("0[]", "payload")]
    [InlineData("0\"a\"", "payload")]
    [InlineData("0null", "payload")]
    [InlineData("0{", "json")]
    [InlineData("1{}", "payload")]
    [InlineData("1/chat,[]", "payload")]
    [InlineData("2", "payload")]
    [InlineData("2/chat,", "payload")]
    [InlineData("2[]", "payload")]
    [InlineData("2{}", "payload")]
    [InlineData("2[null]", "payload")]
    [InlineData("2[true]", "payload")]
    [InlineData("2[[\"hi\"]]", "payload")]
    [InlineData("2[{}]", "payload")]
    [InlineData("2\"hi\"", "payload")]
    [InlineData("""2["connect"]""", "payload")]
    [InlineData("""2["connect_error"]""", "payload")]
    [InlineData("""2["disconnect"]""", "payload")]
    [InlineData("""2["disconnecting"]""", "payload")]
    [InlineData("""2["newListener"]""", "payload")]
    [InlineData("""2["removeListener"]""", "payload")]
    [InlineData("""2["remove\u004cistener"]""", "payload")]
    [InlineData("""2["hi"]x""", "json")]
    [InlineData("""2["hi""", "json")]
    [InlineData("""2x["hi"]""", "json")]
    [InlineData("""2-1["hi"]""", "json")]
    [InlineData("299999999999999999999999[\"hi\"]", "id")]
    [InlineData("3", "payload")]
    [InlineData("3{}", "payload")]
    public void Malformed_packets_are_rejected_with_a_reason(string text, string reason) =>
        Assert.Equal(reason, Wire.ReasonOf(() => _reader.Text(text)));

    [Fact]
    public void Attachments_replace_their_placeholders()
    {
        Assert.Null(_reader.Text("""52-/chat,7["up",{"b":{"_placeholder":true,"num":1}},{"_placeholder":true,"num":0}]"""));
        Assert.Null(_reader.Binary(new byte[] { 1 }));
        var packet = _reader.Binary(new byte[] { 2, 3 })!.Value;

        Assert.Equal((PacketType.Event, "/chat", 7UL), (packet.Type, packet.Path, packet.Id));
        Assert.Equal("93a2757081a162c4020203c40101", Convert.ToHexStringLower(packet.Body.Span));
        Assert.Equal(PacketType.Event, _reader.Text("""2["next"]""")!.Value.Type);
    }

    [Fact]
    public void Property_names_can_have_escapes_and_lone_surrogates()
    {
        Assert.Null(_reader.Text("""51-["x",{"_placehold\ud83d":1,"a":{"\u005fplaceholder":true,"n\u0075m":0}}]"""));
        var packet = _reader.Binary(new byte[] { 5 })!.Value;
        List<byte[]> attachments = [];
        Assert.Equal("[\"x\",{\"_placehold\uFFFD\":1,\"a\":{\"_placeholder\":true,\"num\":0}}]", Wire.Json(packet.Body, attachments));
        Assert.Equal([[5]], attachments);
    }

    [Fact]
    public void Attachments_are_copied_until_the_packet_is_complete()
    {
        byte[] borrowed = [1];
        _reader.Text("""62-5[{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]""");
        _reader.Binary(borrowed);
        borrowed[0] = 9;
        var packet = _reader.Binary(borrowed)!.Value;
        Assert.Equal((PacketType.Ack, "92c40101c40109"), (packet.Type, Convert.ToHexStringLower(packet.Body.Span)));
    }

    [Fact]
    public void Text_between_attachments_is_rejected()
    {
        _reader.Text("""51-["x",{"_placeholder":true,"num":0}]""");
        Assert.Equal("order", Wire.ReasonOf(() => _reader.Text("""2["hi"]""")));
    }

    [Fact]
    public void Unexpected_binary_is_rejected()
    {
        Assert.Equal("order", Wire.ReasonOf(() => _reader.Binary(new byte[] { 1 })));
        _reader.Text("""2["hi"]""");
        Assert.Equal("order", Wire.ReasonOf(() => _reader.Binary(new byte[] { 1 })));
    }

    [Fact]
    public void The_size_limit_counts_all_bytes_of_a_packet()
    {
        using var reader = new JsonPacketReader(new Limits { PacketBytes = 100 });
        const string text = """53-["x",{"_placeholder":true,"num":0}]""";
        Assert.Null(reader.Text(text));
        Assert.Null(reader.Binary(new byte[100 - text.Length - 1]));
        Assert.Null(reader.Binary(new byte[1]));
        Assert.Equal("size", Wire.ReasonOf(() => reader.Binary(new byte[1])));
        Assert.Equal("size", Wire.ReasonOf(() => new JsonPacketReader(new Limits { PacketBytes = 10 }).Text("""2["hello!"]""")));
    }

    [Fact]
    public void A_long_namespace_is_rejected()
    {
        Assert.Equal(1024, _reader.Text("0/" + new string('a', 1023))!.Value.Path.Length);
        Assert.Equal("path", Wire.ReasonOf(() => _reader.Text("0/" + new string('a', 1024))));
    }

    [Fact]
    public void The_string_of_a_namespace_is_reused()
    {
        var first = _reader.Text("""2/chat,["a"]""")!.Value.Path;
        Assert.Same(first, _reader.Text("""2/chat,["b"]""")!.Value.Path);
        Assert.Equal("/", _reader.Text("""2["c"]""")!.Value.Path);
        Assert.Equal("/cha", _reader.Text("1/cha,")!.Value.Path);
    }

    [Fact]
    public void The_memory_of_a_body_is_not_reused()
    {
        var first = _reader.Text("""2["first"]""")!.Value.Body;
        _reader.Text("""2["other"]""");
        Assert.Equal("""["first"]""", Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(Wire.Json(first))));
    }
}
