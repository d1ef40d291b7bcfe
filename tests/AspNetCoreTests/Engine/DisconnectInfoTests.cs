using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>The handlers of the end of a socket receive what the transport or the parser found.</summary>
public class DisconnectInfoTests
{
    [Fact]
    public async Task A_malformed_packet_is_described_with_its_exception()
    {
        var (server, ended) = await StartAsync();
        await using var running = server;
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("42[1");
        var info = await ended.Value;
        Assert.Same(DisconnectReason.ForcedClose, info.Reason);
        Assert.NotNull(info.Description);
        Assert.Equal(info.Description, info.Exception?.Message);
        Assert.Equal($"forced close: {info.Description}", info.ToString());
    }

    [Fact]
    public async Task A_violation_of_the_WebSocket_protocol_is_described()
    {
        var (server, ended) = await StartAsync();
        await using var running = server;
        using var client = await RawClient.WebSocketAsync(server);
        await client.WriteAsync(RawClient.Frame(0x81, "2"u8.ToArray(), masked: false));
        var info = await ended.Value;
        Assert.Same(DisconnectReason.TransportError, info.Reason);
        Assert.Equal("A client's frame is not masked.", info.Description);
    }

    [Fact]
    public async Task A_lost_connection_and_a_close_frame_have_different_descriptions()
    {
        var (server, closed) = await StartAsync();
        await using var running = server;
        using (var client = await WsClient.ConnectAsync(server)) await client.CloseAsync();
        Assert.Equal(new DisconnectInfo(DisconnectReason.TransportClose, "The client sent a close frame."), await closed.Value);

        var (second, lost) = await StartAsync();
        await using var alsoRunning = second;
        (await RawClient.WebSocketAsync(second)).Dispose();
        Assert.Same(DisconnectReason.TransportClose, (await lost.Value).Reason);
        Assert.NotEqual("The client sent a close frame.", (await lost.Value).Description);
    }

    [Fact]
    public async Task An_overlapping_poll_is_described()
    {
        var (server, ended) = await StartAsync();
        await using var running = server;
        using var client = await PollingClient.ConnectAsync(server);
        var polls = Task.WhenAll(client.GetAsync(), client.GetAsync());
        Assert.Equal(
            new DisconnectInfo(DisconnectReason.TransportError, "A client sent a second GET at the same time."), await ended.Value);
        foreach (var response in await polls) response.Dispose();
    }

    [Fact]
    public async Task An_end_that_its_reason_explains_has_no_description()
    {
        var (server, ended) = await StartAsync();
        await using var running = server;
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("41");
        var info = await ended.Value;
        Assert.Equal(new DisconnectInfo(DisconnectReason.ClientNamespaceDisconnect), info);
        Assert.Equal("client namespace disconnect", info.ToString());
    }

    private static async Task<(TestServer Server, Waiting<DisconnectInfo> Ended)> StartAsync()
    {
        var ended = new Waiting<DisconnectInfo>();
        var server = await TestServer.StartAsync();
        server.Server.Of("/").Use(socket =>
        {
            socket.OnDisconnected(ended.Set);
            return Task.CompletedTask;
        });
        return (server, ended);
    }
}
