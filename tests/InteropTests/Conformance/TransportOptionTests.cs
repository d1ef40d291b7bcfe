using System.Net;

namespace TypedSocketRedis.Tests.Conformance;

/// <summary>Hosts that allow only one transport.</summary>
public sealed class TransportOptionTests(WebSocketOnlyProfile webSocket, PollingOnlyProfile polling, CaseRunner node)
    : IClassFixture<WebSocketOnlyProfile>, IClassFixture<PollingOnlyProfile>
{
    private const string Unknown = "{\"code\":0,\"message\":\"Transport unknown\"}";

    [Fact]
    public async Task A_host_without_polling_refuses_polls()
    {
        var engine = new RawEngine(webSocket.Host, "/socket.io/");
        Assert.Equal((HttpStatusCode.BadRequest, Unknown), await engine.GetAsync("EIO=4&transport=polling"));
        using var socket = await engine.JoinSocketAsync();
    }

    [Fact]
    public async Task A_host_without_websockets_offers_no_upgrade_and_refuses_websockets()
    {
        var engine = new RawEngine(polling.Host, "/socket.io/");
        var (_, handshake) = await engine.GetAsync("EIO=4&transport=polling");
        Assert.Contains("\"upgrades\":[]", handshake, StringComparison.Ordinal);
        using var socket = await engine.ConnectAsync("EIO=4&transport=websocket");
        Assert.Equal(RawWebSocket.Closed, await socket.NextAsync());
    }

    [Theory, Cases("binary", "4.8 websocket")]
    public Task Over_websockets(string client, string name) => node.RunAsync("binary", name, client, webSocket.Host);

    [Theory, Cases("binary", "4.8 polling")]
    public Task Over_polling(string client, string name) => node.RunAsync("binary", name, client, polling.Host);
}
