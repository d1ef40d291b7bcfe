using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

/// <summary>The key <c>__proto__</c>, which notepack decoders assign as the prototype. It is removed in every direction.</summary>
public sealed class PrototypeKeyTests
{
    private const string Proto = "a95f5f70726f746f5f5f";

    [Theory]
    [InlineData("81" + Proto + "81a561646d696ec3", "{}")]
    [InlineData("82a16101" + Proto + "80", """{"a":1}""")]
    [InlineData("82" + Proto + "9201a178a16101", """{"a":1}""")]
    [InlineData("81a16181" + Proto + "80", """{"a":{}}""")]
    [InlineData("9181" + Proto + "c40101", "[{}]")]
    [InlineData("81c4095f5f70726f746f5f5f80", "{}")]
    [InlineData("8191" + Proto + "80", "{}")]
    [InlineData("81d9095f5f70726f746f5f5f80", "{}")]
    [InlineData("83" + Proto + "01" + Proto + "02a16103", """{"a":3}""")]
    [InlineData("81a161" + Proto, """{"a":"__proto__"}""")]
    [InlineData("81aa5f5f70726f746f5f5f5f01", """{"__proto___":1}""")]
    public void The_key_is_removed_from_received_and_sent_MessagePack(string value, string expected)
    {
        var reader = new MessagePackPacketReader(Limits.Default);
        var packet = reader.Binary(Wire.Hex("83a47479706502a46461746192a178" + value + "a36e7370a12f"))!;
        Assert.Equal("[\"x\"," + expected + "]", JsonOf(packet.Value.Body));

        Assert.Equal(expected, Wire.Json(Wire.Hex(value)));
        var frame = MessagePackPacketFormat.Instance.Event("/", new EventData(Wire.Hex("92a178" + value)));
        var json = JsonOf(frame.Payload(frame.Parts[0]).ToArray());
        Assert.Equal("[\"x\"," + expected + "]", JsonElement.Parse(json).GetProperty("data").GetRawText());
    }

    [Theory]
    [InlineData("""{"__proto__":{"admin":true}}""", "{}")]
    [InlineData("""{"a":1,"\u005f_proto__":[{"b":[1]}],"c":2}""", """{"a":1,"c":2}""")]
    [InlineData("""[{"__proto__":"x","a":{"__proto__":null}}]""", """[{"a":{}}]""")]
    [InlineData("""{"__proto__":1,"__proto__":2}""", "{}")]
    [InlineData("""{"a":"__proto__","__PROTO__":1}""", """{"a":"__proto__","__PROTO__":1}""")]
    public void The_key_is_removed_from_received_JSON(string json, string expected) =>
        Assert.Equal(expected, JsonOf(Wire.MessagePack(json)));

    [Theory]
    [InlineData("""{"__proto__":""")]
    [InlineData("""{"__proto__":{"a":}}""")]
    [InlineData("""{"__proto__":[1,2}""")]
    public void Invalid_JSON_inside_the_key_is_rejected(string json) => Assert.Equal("json", Wire.ReasonOf(() => Wire.MessagePack(json)));

    [Fact]
    public void An_attachment_inside_the_key_is_removed_with_it()
    {
        var data = Wire.MessagePack("""["x",{"__proto__":{"_placeholder":true,"num":0},"a":{"_placeholder":true,"num":1}}]""", [[1], [2]]);
        Assert.Equal("92a17881a161c40102", Convert.ToHexStringLower(data));
    }

    [Fact]
    public async Task The_key_is_removed_from_events_of_the_application()
    {
        await using var node = new SingleNode("/", ("one", []));
        var admin = new Dictionary<string, object?> { ["admin"] = true };
        var dictionary = Arguments.Of(new Dictionary<string, object?> { ["__proto__"] = admin, ["a"] = 1 });
        var argument = new SocketArgument(0, Wire.Hex("81" + Proto + "01"));
        node.EveryoneOf<AnyEvents>().All.Emit("x", dictionary, argument, JsonNode.Parse("""{"__proto__":{}}"""));
        node.EveryoneOf<AnyEvents>().All.Emit("x", SocketArguments.OfArray(Wire.Hex("9181" + Proto + "01")));
        new RedisEmitter(node.Bus, new RedisEmitterOptions()).Of("/").All.Emit("x", dictionary);
        new Servers<AnyEvents>(node.Adapter.Servers).Emit("x", dictionary);

        Assert.Equal(4, node.Bus.Published.Count);
        Assert.All(node.Bus.Published, one => Assert.True(one.Message.AsSpan().IndexOf("__proto__"u8) < 0));
        Assert.Equal(["""2["x",{"a":1},{},{}]""", """2["x",{}]"""], node["one"].Received);
    }

    [Fact]
    public async Task The_key_is_removed_from_acks_and_stored_values()
    {
        var ack = await EventAck.Of(Task.FromResult(1), isWanted: true, static (ref writer, _) =>
        {
            writer.WriteMapHeader(1);
            writer.Write("__proto__");
            writer.WriteMapHeader(0);
        });
        Assert.Equal("[{}]", JsonOf(ack));
        Assert.Equal("[{}]", JsonOf(SocketArguments.OfArray(Wire.Hex("9181" + Proto + "01")).ToArray()));
        Assert.Equal("[{}]", JsonOf(SocketArgument.Array([Arguments.Of(new Dictionary<string, object?> { ["__proto__"] = 1 })]).Raw));
        Assert.Equal("{}", JsonOf(SocketArgument.FromJson("""{"__proto__":{"a":1}}""").Raw));
    }

    [Fact]
    public void The_key_is_removed_from_headers_and_query()
    {
        KeyValuePair<string, string>[] sent = [KeyValuePair.Create("__proto__", "x"), KeyValuePair.Create("a", "b")];
        var handshake = HandshakeWriter.Write(sent, "127.0.0.1", false, DateTimeOffset.UnixEpoch, "/", sent);
        var json = JsonElement.Parse(JsonOf(handshake));
        Assert.Equal("""{"a":"b"}""", json.GetProperty("headers").GetRawText());
        Assert.Equal("""{"a":"b"}""", json.GetProperty("query").GetRawText());
    }

    // The JSON never has the key, so the bytes are searched for it, too.
    private static string JsonOf(ReadOnlyMemory<byte> messagePack)
    {
        var json = Wire.Json(messagePack);
        Assert.Equal(json.Contains("__proto__", StringComparison.Ordinal), messagePack.Span.IndexOf("__proto__"u8) >= 0);
        return json;
    }

    [Fact]
    public void Events_without_the_name_are_not_rewritten()
    {
        using var buffer = PooledBuffer.Rent();
        byte[] odd = [0x81, 0xd9, 0x01, (byte)'a', .. Encoding.UTF8.GetBytes("\u0001")];
        buffer.Write(odd);
        PrototypeKey.Remove(buffer);
        Assert.Equal(odd, buffer.WrittenSpan.ToArray());
    }
}
