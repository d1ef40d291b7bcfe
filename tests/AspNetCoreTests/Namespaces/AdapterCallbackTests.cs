using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Tests.Doubles;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>
/// The adapter of a namespace calls back into the server from a second thread, and waits for it, on every call: no lock of a socket or
/// a namespace is held meanwhile.
/// </summary>
public class AdapterCallbackTests
{
    private readonly SecondThread _second = new();
    private readonly CountingAdapters _adapters = new();
    private ISocket? _socket;

    [Fact]
    public async Task The_adapter_is_called_outside_the_locks_of_sockets()
    {
        await using var server = await StartAsync(io => io.Of("/").Use(async socket =>
        {
            await socket.JoinAsync("recorded");
            _socket = socket;
        }));
        _second.Call = () => CallServer(server.Server, _socket);
        _adapters.Called = _second.CallBack;
        using var client = await WsClient.ConnectAsync(server);
        var socket = server.Server.Of("/").Sockets.Single();
        await socket.JoinAsync(["a", "b"], TestServer.Patience);
        await socket.LeaveAsync("b", TestServer.Patience);
        string[] rooms = [socket.Id.ToString(), "recorded", "a", "back"];
        Assert.Equal(rooms.Order(StringComparer.Ordinal), socket.Rooms.Order(StringComparer.Ordinal));
        await socket.DisconnectAsync(cancellationToken: TestServer.Patience);

        Assert.Empty(_second.Blocked);
        Assert.Equal(["JoinAsync", "LeaveAsync", "Remove", "RoomsOf"], _second.Members);
    }

    [Fact]
    public async Task A_client_that_is_disconnected_twice_at_the_same_time_receives_every_disconnection()
    {
        await using var server = await StartAsync(io => io.Of("/second"));
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("40/second,");
        Assert.StartsWith("40/second,", await client.TextAsync(), StringComparison.Ordinal);
        var socket = server.Server.Of("/").Sockets.Single();

        // The other disconnection begins and ends between the packets of this one.
        _adapters.Called = member =>
        {
            if (member != "Remove") return;
            _adapters.Called = static _ => { };
            Assert.True(Task.Run(async () => await socket.DisconnectAsync(close: true)).Wait(TestServer.PatienceTime));
        };
        await socket.DisconnectAsync(close: true, TestServer.Patience);

        string[] packets = [await client.TextAsync(), await client.TextAsync()];
        Assert.Equal(["41", "41/second,"], packets.Order(StringComparer.Ordinal));
        await client.ClosedAsync();
    }

    [Fact]
    public async Task A_room_that_is_left_while_the_admission_joins_it_is_left()
    {
        await using var server = await StartAsync(io => io.Of("/").Use(async socket =>
        {
            await socket.JoinAsync(["left", "kept", "again"]);
            _socket = socket;
        }));
        _adapters.Called = member =>
        {
            if (member != "JoinAsync" || Interlocked.Exchange(ref _socket, null) is not { } socket) return;
            Assert.True(Task.Run(async () =>
            {
                await socket.LeaveAsync(["left", "again"]);
                await socket.JoinAsync("again");
                Assert.Equal(["again", "kept"], socket.Rooms.Where(room => room != socket.Id.ToString()).Order(StringComparer.Ordinal));
            }).Wait(TestServer.PatienceTime));
        };
        using var client = await WsClient.ConnectAsync(server);

        var joined = server.Server.Of("/").Sockets.Single();
        Assert.Equal(["again", "kept"], joined.Rooms.Where(room => room != joined.Id.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Joins_at_the_same_time_do_not_exceed_the_limit_together()
    {
        await using var server = await StartAsync(_ => { }, maxRooms: 10);
        using var client = await WsClient.ConnectAsync(server);
        var socket = server.Server.Of("/").Sockets.Single();
        await Parallel.ForAsync(0, 200, TestServer.Patience, async (number, stop) =>
        {
            try
            {
                await socket.JoinAsync($"{number}", stop);
            }
            catch (InvalidOperationException)
            {
                // Refused: the socket is in too many rooms.
            }
        });

        Assert.Equal(10, socket.Rooms.Count);
    }

    private Task<TestServer> StartAsync(Action<SocketIOServer> map, int maxRooms = 1000) => TestServer.StartAsync(
        options => options.MaxRoomsPerSocket = maxRooms,
        map: map,
        services: services => services.AddSingleton<INamespaceAdapterFactory>(_adapters));

    private static async Task CallServer(SocketIOServer server, ISocket? socket)
    {
        if (socket is null) return;
        await socket.JoinAsync(["back", "gone"]);
        await socket.LeaveAsync("gone");
        _ = socket.Rooms;
        _ = socket.IsConnected;
        socket.Client<AnyEvents>().Emit("back", 1);
        server.Of("/").All.Emit("back", 2);
        server.Of("/other").All.Emit("back", 3);
        _ = server.Of("/").Sockets;
    }
}
