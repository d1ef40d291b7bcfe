using System.Net;

namespace TypedSocketRedis.Tests.Conformance;

/// <summary>The rules of both official protocol suites for the transports, on the path of each.</summary>
public abstract class TransportRules
{
    protected TransportRules(EchoHost host, string path) => Engine = new RawEngine(host.Host, path);

    protected RawEngine Engine { get; }

    [Theory]
    [InlineData("transport=polling")]
    [InlineData("EIO=abc&transport=polling")]
    [InlineData("EIO=3&transport=polling")]
    [InlineData("EIO=4")]
    [InlineData("EIO=4&transport=abc")]
    public async Task A_request_of_another_version_or_transport_is_refused(string query) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await Engine.GetAsync(query)).Status);

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task Only_a_GET_opens_a_session(string method) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await Engine.SendAsync(new HttpMethod(method), "EIO=4&transport=polling")).Status);

    [Theory]
    [InlineData("transport=websocket")]
    [InlineData("EIO=abc&transport=websocket")]
    [InlineData("EIO=4")]
    [InlineData("EIO=4&transport=abc")]
    public async Task A_websocket_of_another_version_or_transport_is_refused(string query)
    {
        using var socket = await Engine.ConnectAsync(query);
        Assert.Equal(RawWebSocket.Closed, await socket.NextAsync());
    }

    [Fact]
    public async Task A_close_packet_by_POST_releases_the_open_GET()
    {
        var session = await Engine.OpenAsync();
        var poll = Engine.GetAsync(session);
        var post = Engine.PostAsync(session, "1");
        Assert.Equal((HttpStatusCode.OK, "6"), await poll);
        await post;
        Assert.Equal(HttpStatusCode.BadRequest, (await Engine.GetAsync(session)).Status);
    }

    [Fact]
    public async Task A_close_packet_ends_a_websocket_session()
    {
        using var socket = await Engine.ConnectAsync("EIO=4&transport=websocket");
        await socket.NextAsync();
        await socket.SendAsync("1");
        await socket.EndAsync();
    }

    [Fact]
    public async Task A_polling_session_upgrades_to_a_websocket()
    {
        using var socket = await UpgradeAsync(await Engine.OpenAsync());
        await AssertAliveAsync(socket);
    }

    [Fact]
    public async Task An_upgraded_session_refuses_polls()
    {
        var session = await Engine.OpenAsync();
        using var socket = await UpgradeAsync(session);
        Assert.Equal(HttpStatusCode.BadRequest, (await Engine.GetAsync(session)).Status);
        await AssertAliveAsync(socket);
    }

    [Fact]
    public async Task An_upgrading_session_refuses_polls()
    {
        // The first upgrade of a process takes long, because its code is compiled.
        using var first = await UpgradeAsync(await Engine.OpenAsync());
        await AssertAliveAsync(first);

        var session = await Engine.OpenAsync();
        using var socket = await Engine.ConnectAsync(WebSocket(session));
        await socket.SendAsync("2probe");
        await socket.SendAsync("5");

        // On a separate connection, as in the suite: no request may overtake the packets.
        Assert.Equal(HttpStatusCode.BadRequest, await Engine.StatusOnNewConnectionAsync(session));
    }

    [Fact]
    public async Task An_upgrading_session_closes_a_second_websocket()
    {
        var session = await Engine.OpenAsync();
        using var socket = await Engine.ConnectAsync(WebSocket(session));
        await socket.SendAsync("2probe");
        await socket.SendAsync("5");
        using var second = await Engine.ConnectAsync(WebSocket(session));
        Assert.True(second.IsOpened);
        Assert.Equal(RawWebSocket.Closed, await second.NextAsync());
        Assert.Equal("3probe", await socket.NextAsync());
        await AssertAliveAsync(socket);
    }

    /// <summary>Asserts that the server responds on a websocket.</summary>
    protected abstract Task AssertAliveAsync(RawWebSocket socket);

    protected static string WebSocket(string session) => session.Replace("polling", "websocket", StringComparison.Ordinal);

    /// <summary>Upgrades a session to a websocket, with the poll that the upgrade needs.</summary>
    protected async Task<RawWebSocket> UpgradeAsync(string session)
    {
        var socket = await Engine.ConnectAsync(WebSocket(session));
        await socket.SendAsync("2probe");
        Assert.Equal("3probe", await socket.NextAsync());
        Assert.Equal((HttpStatusCode.OK, "6"), await Engine.GetAsync(session));
        await socket.SendAsync("5");
        await Patience.UntilAsync(async () => (await Engine.GetAsync(session)).Status == HttpStatusCode.BadRequest,
            "the session is on the websocket");
        return socket;
    }
}
