using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

public class SocketCoreTests
{
    [Fact]
    public async Task Rooms_are_available_during_the_disconnecting_event_and_empty_afterwards()
    {
        await using var server = await TestServer.StartAsync();
        var disconnecting = new Waiting<(string Reason, string[] Rooms, bool IsConnected)>();
        var disconnected = new Waiting<(string Reason, string[] Rooms)>();
        var connected = new Waiting<ISocket>();
        server.Server.Of("/").OnConnected(async socket =>
        {
            await socket.JoinAsync(["a", "b", "c"]);
            await socket.LeaveAsync(["b", "c", "unknown"]);
            socket.OnDisconnecting(reason => disconnecting.Set((reason.Reason.ToString(), [.. socket.Rooms], socket.IsConnected)));
            socket.OnDisconnected(reason => disconnected.Set((reason.Reason.ToString(), [.. socket.Rooms])));
            await connected.Set(socket);
        });
        using var client = await WsClient.ConnectAsync(server);
        var socket = await connected.Value;
        Assert.Equal([socket.Id.ToString(), "a"], socket.Rooms);
        await client.SendAsync("41");

        var (reason, rooms, isConnected) = await disconnecting.Value;
        Assert.Equal("client namespace disconnect", reason);
        Assert.Equal([socket.Id.ToString(), "a"], rooms);
        Assert.False(isConnected);
        var last = await disconnected.Value;
        Assert.Equal("client namespace disconnect", last.Reason);
        Assert.Empty(last.Rooms);
        await socket.JoinAsync("late", TestServer.Patience);
        Assert.Empty(socket.Rooms);
    }

    [Fact]
    public async Task Disconnect_handlers_run_in_order_after_event_handlers_and_late_ones_immediately()
    {
        await using var server = await TestServer.StartAsync();
        List<string> order = [];
        var done = new Waiting<ISocket>();
        server.Server.Of("/").OnConnected(socket =>
        {
            socket.OnDisconnected(_ => { order.Add("disconnected"); return done.Set(socket); });
            socket.OnDisconnecting(_ => throw new InvalidOperationException("affects no other handler"));
            socket.OnDisconnecting(_ => { order.Add("disconnecting"); return Task.CompletedTask; });
            return Task.CompletedTask;
        });
        server.Server.Of("/").On("last", async (socket, _) => { await socket.DisconnectAsync(); order.Add("event"); });
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("42[\"last\"]");
        var socket = await done.Value;
        Assert.Equal(["event", "disconnecting", "disconnected"], order);

        var late = new Waiting<string>();
        socket.OnDisconnecting(reason => late.Set(reason.Reason.ToString()));
        Assert.Equal("server namespace disconnect", await late.Value);
        Assert.Throws<ArgumentNullException>(() => socket.OnDisconnecting(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => socket.LeaveAsync((IEnumerable<string>)null!, TestServer.Patience).AsTask());
    }

    [Fact]
    public async Task Concurrent_disconnects_send_one_packet()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await SioClient.OpenAsync(server, polling: false);
        for (var i = 0; i < 300; i++)
        {
            var sid = (await client.JoinAsync()).GetProperty("sid").GetString();
            var socket = server.Server.Of("/").Sockets.Single(socket => socket.Id.ToString() == sid);
            using var together = new Barrier(2);
            await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            {
                together.SignalAndWait(TestServer.Patience);
                return socket.DisconnectAsync();
            })));
            Assert.Equal("41", await client.NextAsync());
        }
    }

    [Fact]
    public async Task A_late_disconnect_by_an_adapter_does_not_affect_the_next_socket()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.JoinAsync();
        var first = server.Server.Of("/").Sockets.Single();
        await client.SendAsync("41");
        await client.JoinAsync();
        var next = server.Server.Of("/").Sockets.Single();
        Assert.NotSame(first, next);
        first.Core.Disconnect(close: false);
        Assert.True(next.IsConnected);
        next.Core.Disconnect(close: false);
        Assert.False(next.IsConnected);
        Assert.Equal("41", await client.NextAsync());
    }

    [Fact]
    public async Task Data_is_an_empty_map_until_it_is_set_and_then_a_copy()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await WsClient.ConnectAsync(server);
        var socket = server.Server.Of("/").Sockets.Single();
        Assert.Equal("{}", socket.Data.ToJson());
        socket.Data = SocketArguments.FromJson("[{\"name\":\"Ada\"}]")[0];
        Assert.Equal("{\"name\":\"Ada\"}", socket.Data.ToJson());
        socket.Data = default;
        Assert.Equal(ArgumentKind.Null, socket.Data.Kind);
    }

    [Fact]
    public async Task The_transport_is_the_current_one()
    {
        await using var server = await TestServer.StartAsync();
        using var polling = await PollingClient.ConnectAsync(server);
        var socket = server.Server.Of("/").Sockets.Single();
        Assert.Equal("polling", socket.Transport);
        using var ws = await WsClient.OpenAsync(server, polling.Sid);
        await ws.SendAsync("2probe");
        await ws.TextAsync();
        await ws.SendAsync("5");
        await ws.SendAsync("40/nowhere,");
        await ws.TextAsync();
        Assert.Equal("websocket", socket.Transport);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("&name=ada", "ada")]
    public async Task The_user_is_that_of_the_first_request(string query, string? name)
    {
        await using var server = await TestServer.StartAsync(use: app => app.Use((context, next) =>
        {
            if (context.Request.Query["name"].ToString() is { Length: > 0 } known)
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, known)], "test"));
            return next(context);
        }));
        using var client = await WsClient.OpenAsync(server, query: query);
        await client.SendAsync("40");
        await client.TextAsync();
        var user = server.Server.Of("/").Sockets.Single().User;
        Assert.Equal(name, user.Identity!.Name);
        Assert.Equal(name is not null, user.Identity.IsAuthenticated);
    }
}
