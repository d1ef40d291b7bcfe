using System.Text;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using Xunit;

namespace TypedSocketRedis.Tests.Broadcasting;

/// <summary>The handshake of a client: written and read on this node, and read from other nodes.</summary>
public class HandshakeTests
{
    private static readonly DateTimeOffset Moment = new(2026, 11, 23, 17, 9, 4, 164, TimeSpan.Zero);

    [Fact]
    public void A_handshake_has_nine_members_in_the_order_of_Node()
    {
        var handshake = Written("""{"token":"abc"}""");

        Assert.Equal(
            """{"headers":{"x-test":"header","origin":"http://app.example"},"time":"Mon Nov 23 2026 17:09:04 GMT+0000 (Coordinated Universal Time)","address":"127.0.0.1","xdomain":true,"secure":true,"issued":1795453744164,"url":"/socket.io/?x=1","query":{"x":"1"},"auth":{"token":"abc"}}""",
            handshake.ToJson());
        Assert.Equal(handshake.ToJson(), SocketArguments.Of(handshake.ToArgument())[0].ToJson());
    }

    [Fact]
    public void Every_member_is_read_with_its_type()
    {
        var handshake = Written("""{"token":"abc"}""");

        Assert.Equal("header", handshake.Headers["X-Test"]);
        Assert.Equal("Mon Nov 23 2026 17:09:04 GMT+0000 (Coordinated Universal Time)", handshake.Time);
        Assert.Equal("127.0.0.1", handshake.Address);
        Assert.True(handshake.XDomain);
        Assert.True(handshake.Secure);
        Assert.Equal(Moment.ToUnixTimeMilliseconds(), handshake.Issued);
        Assert.Equal("/socket.io/?x=1", handshake.Url);
        Assert.Equal("1", handshake.Query["x"]);
        Assert.Equal("""{"token":"abc"}""", handshake.Auth.ToJson());
    }

    [Fact]
    public void A_missing_auth_payload_is_read_as_an_empty_map()
    {
        var handshake = new Handshake(HandshakeWriter.Write([], "::1", false, Moment, "/", []), default);

        Assert.Equal("{}", handshake.Auth.ToJson());
        Assert.False(handshake.XDomain);
        Assert.EndsWith("\"auth\":{}}", handshake.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"headers":{"set-cookie":["a=1","b=2"],"n":5,"o":{"x":1},"t":true},"issued":1.5e3,"auth":{"n":1},"more":1}""",
        "a=1, b=2|5|true", 1500, """{"n":1}""")]
    [InlineData("""{"headers":[],"time":7,"issued":"soon","auth":[1]}""", "", 0, "[1]")]
    [InlineData("null", "", 0, "{}")]
    [InlineData("[1,2]", "", 0, "{}")]
    [InlineData("""{"headers":null,"query":"x","issued":1e300,"xdomain":1}""", "", 0, "{}")]
    [InlineData("""{"issued":1,"issued":2}""", "", 2, "{}")]
    public void A_malformed_handshake_of_another_node_is_read_partially(string json, string headers, long issued, string auth)
    {
        var handshake = new Handshake(JsonToMessagePack.Convert(Encoding.UTF8.GetBytes(json), Limits.Default));

        Assert.Equal(headers, string.Join('|', handshake.Headers.Values));
        Assert.Equal(issued, handshake.Issued);
        Assert.Equal(auth, handshake.Auth.ToJson());
        Assert.Empty(handshake.Query);
        Assert.False(handshake.XDomain);
        Assert.Equal("", handshake.Url);
    }

    [Fact]
    public void A_handshake_of_another_node_is_forwarded_unchanged()
    {
        const string json = """{"auth":{"n":1},"headers":{},"more":[1,{"a":null}]}""";

        Assert.Equal(json, new Handshake(JsonToMessagePack.Convert(Encoding.UTF8.GetBytes(json), Limits.Default)).ToJson());
    }

    [Fact]
    public void Binary_keys_are_names_and_other_keys_are_skipped()
    {
        var handshake = new Handshake(Convert.FromHexString("84" + "C403" + "75726C" + "A12F" + "01" + "02" + "C0" + "C0" + "90" + "91C0"));

        Assert.Equal("/", handshake.Url);
    }

    private static Handshake Written(string auth) => new(
        HandshakeWriter.Write(
            [new("X-Test", "header"), new("Origin", "http://app.example")], "127.0.0.1", true, Moment, "/socket.io/?x=1", [new("x", "1")]),
        JsonToMessagePack.Convert(Encoding.UTF8.GetBytes(auth), Limits.Default));
}
