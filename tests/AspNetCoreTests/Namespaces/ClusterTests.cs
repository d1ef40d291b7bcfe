using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>The operations of a chain on sockets, on the single node of the in-memory adapter.</summary>
public class ClusterTests
{
    [Fact]
    public async Task A_chain_can_fetch_move_and_disconnect_sockets()
    {
        await using var server = await TestServer.StartAsync();
        using var first = await WsClient.ConnectAsync(server);
        using var second = await WsClient.ConnectAsync(server);
        var all = server.Server.Of<ITestEvents>();
        var ids = server.Server.Of("/").Sockets.Select(socket => socket.Id).ToHashSet();

        await all.All.JoinAsync(["room", "other"], TestServer.Patience);
        await all.All.LeaveAsync("other", TestServer.Patience);
        var fetched = await all.To("room").FetchSocketsAsync(TestServer.Patience);
        Assert.Equal(ids, fetched.Select(socket => socket.Id).ToHashSet());
        Assert.All(fetched, socket => Assert.Equal([socket.Id.ToString(), "room"], socket.Rooms));
        Assert.All(fetched, socket => Assert.Equal("websocket", socket.Handshake.Query["transport"]));

        fetched[0].Client<ITestEvents>().Tick(1);
        all.To("room").Except(fetched[0].Id.ToString()).Tick(2);
        Assert.Equal(["42[\"tick\",1]", "42[\"tick\",2]"], new[] { await first.TextAsync(), await second.TextAsync() }.Order());

        await all.All.DisconnectAsync(cancellationToken: TestServer.Patience);
        Assert.Equal("41", await first.TextAsync());
        Assert.Equal("41", await second.TextAsync());
        Assert.Empty(await all.All.FetchSocketsAsync(TestServer.Patience));
    }

    [Fact]
    public async Task A_chain_can_close_connections()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await WsClient.ConnectAsync(server);

        await server.Server.Of<ITestEvents>().All.DisconnectAsync(close: true, TestServer.Patience);

        Assert.Equal("41", await client.TextAsync());
        Assert.NotNull(await client.ClosedAsync());
    }

    [Fact]
    public async Task A_single_server_counts_itself_and_sends_server_events_to_no_other()
    {
        await using var server = await TestServer.StartAsync();
        var ns = server.Server.Of("/");
        ns.OnServerEvent("tick", _ => Task.CompletedTask);

        Assert.Equal(1, await ns.ServerCountAsync(TestServer.Patience));
        Assert.Empty(await ns.AllRoomsAsync(TestServer.Patience));
        server.Server.Servers<ITestServerEvents>().Tick(1);
        ns.Servers().Emit("tick", 1);
        Assert.Throws<InvalidOperationException>(() => Servers<IOtherEvents>(server.Server));

        // The analyzer reports a contract of another direction only where it is named.
        static IServers<T> Servers<T>(SocketIOServer io)
            where T : class => io.Servers<T>();
    }
}
