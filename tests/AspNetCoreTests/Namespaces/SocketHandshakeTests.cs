using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

public class SocketHandshakeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_handshake_contains_the_first_request_and_the_authentication_data(bool polling)
    {
        await using var server = await TestServer.StartAsync();
        var connected = new TaskCompletionSource<ISocket>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Server.Of("/").OnConnected(socket =>
        {
            connected.TrySetResult(socket);
            return Task.CompletedTask;
        });

        using var client = polling ? null : await WsClient.OpenAsync(server);
        using var poller = polling ? await PollingClient.OpenAsync(server) : null;
        if (client is not null) await client.SendAsync("40{\"token\":\"x\"}");
        if (poller is not null) await poller.PostAsync("40{\"token\":\"x\"}");
        var socket = await connected.Task.WaitAsync(TestServer.Patience);

        var transport = polling ? "polling" : "websocket";
        Assert.Equal($"/socket.io/?EIO=4&transport={transport}", socket.Handshake.Url);
        Assert.Equal(transport, socket.Handshake.Query["transport"]);
        Assert.Equal("4", socket.Handshake.Query["EIO"]);
        Assert.Equal("127.0.0.1", socket.Handshake.Address);
        Assert.Equal($"127.0.0.1:{server.Port}", socket.Handshake.Headers["host"]);
        Assert.Equal("""{"token":"x"}""", socket.Handshake.Auth.ToJson());
        Assert.False(socket.Handshake.Secure);
        Assert.InRange(socket.Handshake.Issued, 1_700_000_000_000, 10_000_000_000_000);
        Assert.Equal("{}", socket.Data.ToJson());
    }
}
