using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Tests.Doubles;
using TypedSocketRedis.Tests.Handlers;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>
/// The adapter of a namespace, filters and the provider of user ids call back into the server from a second thread, and wait for it, on
/// every call: no lock of a socket or a namespace is held meanwhile.
/// </summary>
public class AdapterCallbackTests
{
    private readonly SecondThread _second = new();
    private readonly CountingAdapters _adapters = new();
    private ISocket? _socket;

    [Fact]
    public async Task The_adapter_is_called_outside_the_locks_of_sockets()
    {
        var adapters = _second.Around<INamespaceAdapterFactory>(
            new LocalAdapterFactory(NullLoggerFactory.Instance, TimeProvider.System), made => _second.Around((INamespaceAdapter)made!));
        await using var server = await TestServer.StartAsync(
            map: io =>
            {
                _second.Call = () => CallServer(io, _socket);
                io.Of(new Regex("^/room-[0-9]$"));
                io.Of("/").Use(async socket =>
                {
                    await socket.JoinAsync("recorded");
                    _socket = socket;
                });
            },
            services: services => services.AddSingleton(adapters));
        using var client = await WsClient.ConnectAsync(server);
        var socket = server.Server.Of("/").Sockets.Single();
        await socket.JoinAsync(["a", "b"], TestServer.Patience);
        await socket.LeaveAsync("b", TestServer.Patience);
        string[] rooms = [socket.Id.ToString(), "recorded", "a", "back"];
        Assert.Equal(rooms.Order(StringComparer.Ordinal), socket.Rooms.Order(StringComparer.Ordinal));
        await CallAdapterAsync(server.Server);
        await socket.DisconnectAsync(cancellationToken: TestServer.Patience);

        _second.AssertCalled<INamespaceAdapterFactory>();
        _second.AssertCalled<INamespaceAdapter>();
        
        // Checks of emitters.
        _second.AssertCalled<IBroadcastSink>(nameof(IBroadcastSink.CheckAcks), nameof(IBroadcastSink.CheckFetch));
    }

    [Fact]
    public async Task Filters_and_the_provider_of_user_ids_are_called_outside_the_locks_of_sockets()
    {
        await using var server = await HandlerServer.StartAsync(
            new Trace(),
            io => io.AddHandler<NoteHandler>().AddFilter<CallingFilter>(),
            io => _second.Call = () => CallServer(io, _socket),
            services: services => services.AddSingleton(_second)
                .AddSingleton(_second.Around(Fake.Of<ISocketUserIdProvider>(static (_, _) => null))));
        var (client, _) = await SioClient.ConnectAsync(server, path: "/notes");
        using var __ = client;
        _socket = server.Server.Of("/notes").Sockets.Single();
        Assert.Equal("""["x"]""", await client.AckAsync("/notes", """["echo","x"]"""));
        await _socket.DisconnectAsync(cancellationToken: TestServer.Patience);

        await Eventually.TrueAsync(
            () => _second.HasCalled<ISocketFilter>(nameof(ISocketFilter.OnDisconnectedAsync)), () => "The disconnection was not filtered.");
        _second.AssertCalled<ISocketFilter>();
        _second.AssertCalled<ISocketUserIdProvider>();
    }

    [Fact]
    public async Task A_client_that_is_disconnected_twice_at_once_receives_every_disconnection()
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

    /// <summary>Calls each member of the server that needs the adapter.</summary>
    private static async Task CallAdapterAsync(SocketIOServer server)
    {
        var all = server.Of("/").All;
        all.Emit("back", 4);
        await all.EmitAsync("back", 5);
        _ = all.EmitWithAck("back");
        await all.FetchSocketsAsync(TestServer.Patience);
        await all.JoinAsync(["c"], TestServer.Patience);
        await all.LeaveAsync(["c"], TestServer.Patience);
        await server.Of("/").To("none").DisconnectAsync(cancellationToken: TestServer.Patience);
        _ = all.Local();
        _ = server.Of("/").ToUser("none");
        _ = server.Of("/").Servers();
        await server.Of("/").ServerCountAsync(TestServer.Patience);
        await server.Of("/").AllRoomsAsync(TestServer.Patience);
        await server.Of("/").Presence.CountAsync("a", TestServer.Patience);
        server.Of("/").OnRoomCreated(_ => Task.CompletedTask).Dispose();
        await server.Users.DisconnectAsync("none", TestServer.Patience);
        server.Of("/room-1").All.Emit("back", 6);
    }

    private static async Task CallServer(SocketIOServer server, ISocket? socket)
    {
        server.Of("/other").All.Emit("back", 3);
        if (socket is null) return;
        await socket.JoinAsync(["back", "gone"]);
        await socket.LeaveAsync("gone");
        _ = socket.Rooms;
        _ = socket.IsConnected;
        socket.Client<AnyEvents>().Emit("back", 1);
        server.Of("/").All.Emit("back", 2);
        _ = server.Of("/").Sockets;
    }
}

/// <summary>A filter that calls back and then passes everything on.</summary>
internal sealed class CallingFilter(SecondThread second) : ISocketFilter
{
    public ValueTask<SocketArguments> OnEventAsync(
        SocketEventContext context, Func<SocketEventContext, ValueTask<SocketArguments>> next)
    {
        second.CallBack<ISocketFilter>(nameof(OnEventAsync));
        return next(context);
    }

    public Task OnConnectedAsync(ISocket socket, Func<ISocket, Task> next)
    {
        second.CallBack<ISocketFilter>(nameof(OnConnectedAsync));
        return next(socket);
    }

    public Task OnDisconnectedAsync(ISocket socket, DisconnectInfo info, Func<ISocket, DisconnectInfo, Task> next)
    {
        second.CallBack<ISocketFilter>(nameof(OnDisconnectedAsync));
        return next(socket, info);
    }
}
