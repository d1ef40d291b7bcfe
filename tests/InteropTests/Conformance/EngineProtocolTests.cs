using System.Net;

namespace TypedSocketRedis.Tests.Conformance;

/// <summary>The official suite of the Engine.IO protocol without heartbeats, against the Engine.IO echo endpoint.</summary>
public sealed class EngineProtocolTests(EchoHost host) : TransportRules(host, "/engine.io/"), IClassFixture<EchoHost>
{
    [Theory]
    [InlineData("4hello")]
    [InlineData("4test1\u001e4test2\u001e4test3")]
    [InlineData("4hello\u001ebAQIDBA==")]
    [InlineData("4")]
    [InlineData("4Grüße 🕐\u001eb")]
    public async Task Packets_of_one_payload_are_echoed_in_one_payload(string payload)
    {
        var session = await Engine.OpenAsync();
        Assert.Equal((HttpStatusCode.OK, "ok"), await Engine.PostAsync(session, payload));
        Assert.Equal((HttpStatusCode.OK, payload), await Engine.GetAsync(session));
    }

    [Fact]
    public async Task A_malformed_payload_ends_the_session()
    {
        var session = await Engine.OpenAsync();
        await Engine.PostAsync(session, "abc");
        Assert.Equal(HttpStatusCode.BadRequest, (await Engine.GetAsync(session)).Status);
    }

    [Fact]
    public async Task A_concurrent_second_poll_ends_the_session()
    {
        var session = await Engine.OpenAsync();
        (HttpStatusCode Status, string Body)[] polls = await Task.WhenAll(Engine.GetAsync(session), Engine.GetAsync(session + "&t=burst"));
        Assert.Contains((HttpStatusCode.OK, "1"), polls);
        Assert.Contains(polls, poll => poll.Status is HttpStatusCode.BadRequest or HttpStatusCode.InternalServerError);
        Assert.Equal(HttpStatusCode.BadRequest, (await Engine.GetAsync(session)).Status);
    }

    [Fact]
    public async Task A_websocket_echoes_text_as_text_and_bytes_as_bytes()
    {
        using var socket = await Engine.ConnectAsync("EIO=4&transport=websocket");
        await socket.NextAsync();
        await socket.SendAsync("4hello");
        await socket.SendAsync(1, 2, 3, 4);
        await socket.SendAsync("4");
        Assert.Equal("4hello", await socket.NextAsync());
        Assert.Equal("bytes 01-02-03-04", await socket.NextAsync());
        Assert.Equal("4", await socket.NextAsync());
    }

    [Fact]
    public async Task A_malformed_message_ends_a_websocket_session()
    {
        using var socket = await Engine.ConnectAsync("EIO=4&transport=websocket");
        await socket.NextAsync();
        await socket.SendAsync("abc");
        await socket.EndAsync();
    }

    protected override async Task AssertAliveAsync(RawWebSocket socket)
    {
        await socket.SendAsync("4hello");
        Assert.Equal("4hello", await socket.NextAsync());
    }
}
