using System.Text.RegularExpressions;
using System.Threading.Channels;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>Handlers of created namespaces and of rooms, as <c>new_namespace</c> and the adapter's events in JavaScript.</summary>
public class NotificationTests
{
    private readonly Channel<string> _seen = Channel.CreateUnbounded<string>();

    [Fact]
    public async Task Created_namespaces_are_reported_in_order_for_the_application_and_for_clients()
    {
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.Of("/before");
            io.OnNamespaceCreated(ns => See(ns.Path));
            io.Of("/named");
            io.Of("/named");
            io.Of("/before");
            io.Of(new Regex(@"^/room-[0-9]+\z"));
        });
        using var first = await WsClient.ConnectAsync(server, "/room-1");
        using var second = await WsClient.ConnectAsync(server, "/room-1");
        using var third = await WsClient.ConnectAsync(server, "/room-2");

        await AssertAsync("/named", "/room-1", "/room-2");
    }

    [Fact]
    public async Task A_blocked_handler_of_created_namespaces_delays_no_other_handler_and_no_client()
    {
        using var gate = new ManualResetEventSlim();
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.OnNamespaceCreated(_ =>
            {
                gate.Wait(TestServer.Patience);
                return Task.CompletedTask;
            });
            io.OnNamespaceCreated(ns => See(ns.Path));
            io.Of(new Regex(@"^/room-[0-9]+\z"));
        });
        using var client = await WsClient.ConnectAsync(server, "/room-1");
        using var other = await WsClient.ConnectAsync(server, "/room-2");

        await AssertAsync("/room-1", "/room-2");
        gate.Set();
    }

    [Fact]
    public async Task A_removed_handler_of_created_namespaces_does_not_run()
    {
        await using var server = await TestServer.StartAsync();
        server.Server.OnNamespaceCreated(_ => See("removed")).Dispose();
        server.Server.OnNamespaceCreated(ns => See(ns.Path));
        server.Server.Of("/named");

        await AssertAsync("/named");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rooms_are_reported_in_the_order_of_the_JavaScript_adapter(bool isRecovered)
    {
        await using var server = await TestServer.StartAsync(
            o => o.ConnectionStateRecovery = isRecovered ? new ConnectionStateRecoveryOptions() : null,
            map: io => AddRoomHandlers(io.Of("/")));
        using var first = await WsClient.ConnectAsync(server);
        await AssertAsync($"created {first.Id}", $"joined {first.Id} {first.Id}");
        var ns = server.Server.Of("/");
        var socket = ns.Sockets.Single();
        await socket.JoinAsync(["a", "b"], TestServer.Patience);
        await AssertAsync("created a", $"joined a {first.Id}", "created b", $"joined b {first.Id}");

        using var second = await WsClient.ConnectAsync(server);
        await ns.All.JoinAsync(["a"], TestServer.Patience);
        await AssertAsync($"created {second.Id}", $"joined {second.Id} {second.Id}", $"joined a {second.Id}");
        await socket.LeaveAsync("a", TestServer.Patience);
        await socket.LeaveAsync("unknown", TestServer.Patience);
        await AssertAsync($"left a {first.Id}");
        await second.SendAsync("41");
        await AssertAsync($"left {second.Id} {second.Id}", $"deleted {second.Id}", $"left a {second.Id}", "deleted a");
        await first.SendAsync("41");
        await AssertAsync($"left {first.Id} {first.Id}", $"deleted {first.Id}", $"left b {first.Id}", "deleted b");
    }

    [Fact]
    public async Task Removed_room_handlers_do_not_run_and_later_ones_do()
    {
        await using var server = await TestServer.StartAsync();
        var ns = server.Server.Of("/");
        IDisposable[] removed =
        [
            ns.OnRoomCreated(_ => See("removed")), ns.OnRoomDeleted(_ => See("removed")), ns.OnRoomJoined((_, _) => See("removed")),
            ns.OnRoomLeft((_, _) => See("removed")),
        ];
        foreach (var registration in removed) registration.Dispose();
        using var first = await WsClient.ConnectAsync(server);
        ns.OnRoomJoined((_, socket) => See($"joined {socket}"));
        using var second = await WsClient.ConnectAsync(server);

        await AssertAsync($"joined {second.Id}");
    }

    [Fact]
    public async Task A_blocked_room_handler_delays_no_join_and_events_beyond_the_bound_are_counted()
    {
        using var gate = new ManualResetEventSlim();
        var connected = new Waiting<ISocket>();
        await using var server = await TestServer.StartAsync(map: io => io.Of("/").OnConnected(connected.Set));
        using var dropped = new Counts(server, "typedsocketredis.server.notifications.dropped");
        using var client = await WsClient.ConnectAsync(server);
        var socket = await connected.Value;
        var started = new Waiting<bool>();
        server.Server.Of("/").OnRoomJoined((_, _) =>
        {
            _ = started.Set(true);
            gate.Wait(TestServer.Patience);
            return Task.CompletedTask;
        });
        await JoinAsync(socket, 1);
        await started.Value;
        await JoinAsync(socket, NotificationQueue<RoomEvent>.MaxWaiting + 5);

        var patience = TestServer.Patience;
        while (dropped.Sum < 5)
        {
            patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(5, dropped.Sum);
        Assert.All(dropped.Tags("kind"), kind => Assert.Equal("rooms", kind));
        gate.Set();
    }

    private static async Task JoinAsync(ISocket socket, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await socket.JoinAsync("room", TestServer.Patience);
            await socket.LeaveAsync("room", TestServer.Patience);
        }
    }

    private void AddRoomHandlers(ISocketNamespace<AnyEvents> ns)
    {
        ns.OnRoomCreated(room => See($"created {room}"));
        ns.OnRoomDeleted(room => See($"deleted {room}"));
        ns.OnRoomJoined((room, socket) => See($"joined {room} {socket}"));
        ns.OnRoomLeft((room, socket) => See($"left {room} {socket}"));
    }

    private Task See(string text) => _seen.Writer.WriteAsync(text).AsTask();

    private async Task AssertAsync(params string[] expected)
    {
        foreach (var text in expected) Assert.Equal(text, await _seen.Reader.ReadAsync(TestServer.Patience));
        Assert.False(_seen.Reader.TryPeek(out _));
    }
}
