using System.Text.RegularExpressions;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>An empty list of rooms, which selects no client in any chain.</summary>
public sealed class EmptyRoomListTests
{
    private static readonly string[] None = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chains_of_a_server_a_namespace_and_a_socket_select_no_client()
    {
        await using var server = await TestServer.StartAsync(o => o.ConnectionStateRecovery = new ConnectionStateRecoveryOptions());
        using var client = await WsClient.ConnectAsync(server);
        var socket = server.Server.Of("/").Sockets.Single();
        using var other = await WsClient.ConnectAsync(server);
        var received = 0;
        foreach (var one in server.Server.Of("/").Sockets) one.OnAnyOutgoing((_, _) => received++);

        foreach (var none in new[] { server.Server.Of<ITestEvents>().To(None), socket.Others<ITestEvents>().To(None) }) none.Tick(1);
        foreach (var none in new[] { server.Server.Of("/").To(None), socket.Others<AnyEvents>().To(None) })
        {
            await none.EmitAsync("x");
            Assert.Empty(await none.EmitWithAck("x"));
            Assert.Empty((await none.FetchSocketsAsync(Token)).ThrowIfIncomplete());
            await none.JoinAsync("moved", Token);
            await none.LeaveAsync(socket.Id.ToString(), Token);
            await none.DisconnectAsync(close: true, Token);
        }

        Assert.Equal(0, received);
        Assert.Equal([socket.Id.ToString()], socket.Rooms);
        Assert.Equal(2, server.Server.Of("/").Sockets.Count);
        server.Server.Of<ITestEvents>().All.Except(None).Tick(3);
        Assert.Equal("42[\"tick\",3]", WithoutOffset(await client.TextAsync()));
        Assert.Equal("42[\"tick\",3]", WithoutOffset(await other.TextAsync()));
    }

    [Fact]
    public async Task A_chain_to_dynamic_namespaces_selects_no_client()
    {
        await using var server = await TestServer.StartAsync();
        var rooms = server.Server.Of(new Regex("^/room-[0-9]+$"));
        var (client, _) = await SioClient.ConnectAsync(server, path: "/room-1");
        using var closing = client;

        var none = rooms.To(None);
        await none.EmitAsync("x");
        await none.DisconnectAsync(close: true, Token);
        await Assert.ThrowsAsync<NotSupportedException>(() => none.FetchSocketsAsync(Token));
        Assert.Throws<NotSupportedException>(() => { _ = none.EmitWithAck("x"); });
        await rooms.All.EmitAsync("all");
        Assert.Equal("42/room-1,[\"all\"]", await client.NextAsync());
    }

    // With recovery, every event has an offset after its arguments.
    private static string WithoutOffset(string packet) => Regex.Replace(packet, ",\"[^\"]*\"\\]$", "]");
}
