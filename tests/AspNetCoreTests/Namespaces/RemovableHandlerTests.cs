using Microsoft.Extensions.DependencyInjection;
using System.Text.RegularExpressions;
using TypedSocketRedis.Tests.Delegates;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>Handlers that are removed, run once, are put in front of others, and are listed, as <c>off</c>, <c>once</c>,
/// <c>prependAny</c>, <c>eventNames</c> and <c>listenerCount</c> do it in the JavaScript server.</summary>
public class RemovableHandlerTests
{
    private readonly List<string> _order = [];

    [Fact]
    public async Task Each_handler_of_a_namespace_is_removed_by_its_registration()
    {
        await using var server = await TestServer.StartAsync();
        var ns = server.Server.Of("/");
        IDisposable[] removed =
        [
            ns.Use(_ => Note("removed")), ns.OnConnected(_ => Note("removed")), ns.On("go", (_, _) => Note("removed")),
            ns.On("go", (_, _) => Task.FromResult(SocketArguments.Of("removed"))), ns.OnAny((_, _, _) => Note("removed")),
            ns.Once("go", (_, _) => Note("removed")), ns.Once("go", (_, _) => Task.FromResult(SocketArguments.Of("removed"))),
            ns.PrependAny((_, _, _) => Note("removed")),
        ];
        AddAll(ns);
        foreach (var registration in removed) registration.Dispose();

        await AssertAsync(server, "/", "middleware", "connected", "any go", "go");
    }

    [Fact]
    public async Task Each_handler_of_dynamic_namespaces_is_removed_by_its_registration()
    {
        await using var server = await TestServer.StartAsync();
        var group = server.Server.Of(new Regex(@"^/room\z"));
        IDisposable[] removed =
        [
            group.Use(_ => Note("removed")), group.OnConnected(_ => Note("removed")), group.On("go", (_, _) => Note("removed")),
            group.On("go", (_, _) => Task.FromResult(SocketArguments.Of("removed"))), group.OnAny((_, _, _) => Note("removed")),
            group.Once("go", (_, _) => Note("removed")), group.Once("go", (_, _) => Task.FromResult(SocketArguments.Of("removed"))),
            group.PrependAny((_, _, _) => Note("removed")),
        ];
        AddAll(server.Server.Of("/room"));
        group.PrependAny((_, _, _) => Note("group"));
        foreach (var registration in removed) registration.Dispose();

        await AssertAsync(server, "/room", "middleware", "connected", "group", "any go", "go");
    }

    [Fact]
    public async Task Each_handler_of_a_socket_is_removed_by_its_registration()
    {
        var ended = new Waiting<bool>();
        await using var server = await TestServer.StartAsync(map: io => io.Of("/").OnConnected(socket =>
        {
            IDisposable[] removed =
            [
                socket.On("go", _ => Note("removed")), socket.On("go", _ => Task.FromResult(SocketArguments.Of("removed"))),
                socket.Once("go", _ => Note("removed")), socket.Once("go", _ => Task.FromResult(SocketArguments.Of("removed"))),
                socket.OnAny((_, _) => Note("removed")), socket.PrependAny((_, _) => Note("removed")),
                socket.Use((_, _) => Note("removed")), socket.OnDisconnecting(_ => Note("removed")),
                socket.OnDisconnected(_ => Note("removed")), socket.PrependAnyOutgoing((_, _) => Note("removed")),
            ];
            socket.On("go", _ => Note("go"));
            socket.OnAny((name, _) => Note($"any {name}"));
            socket.Use((_, next) =>
            {
                _order.Add("middleware");
                return next();
            });
            socket.OnDisconnecting(_ => Note("disconnecting"));
            socket.OnDisconnected(_ => ended.Set(true));
            foreach (var registration in removed) registration.Dispose();
            return Task.CompletedTask;
        }));
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("421[\"go\"]");
        Assert.Equal("431[]", await client.TextAsync());
        await client.SendAsync("41");
        await ended.Value;
        Assert.Equal(["any go", "middleware", "go", "disconnecting"], _order);
    }

    [Fact]
    public async Task The_same_handler_added_twice_is_removed_once_per_registration()
    {
        await using var server = await TestServer.StartAsync();
        var ns = server.Server.Of("/");
        Task Handler(ISocket socket) => Note("connected");
        ns.OnConnected(Handler);
        var second = ns.OnConnected(Handler);
        second.Dispose();
        second.Dispose();

        ns.On("go", (_, _) => Task.CompletedTask);
        await AssertAsync(server, "/", "connected");
    }

    [Fact]
    public async Task A_handler_of_one_event_runs_for_the_first_event_only()
    {
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.Of("/").Once("go", (_, sent) => Task.FromResult(SocketArguments.Of("namespace", sent[0].GetInt64())));
            io.Of("/").OnConnected(socket =>
            {
                socket.Once("mine", sent => Task.FromResult(SocketArguments.Of("socket", sent[0].GetInt64())));
                return Task.CompletedTask;
            });
        });
        using var first = await WsClient.ConnectAsync(server);
        using var second = await WsClient.ConnectAsync(server);
        await first.SendAsync("421[\"go\",1]");
        Assert.Equal("431[\"namespace\",1]", await first.TextAsync());

        // An event without a handler is not acknowledged, and the next one shows that.
        await second.SendAsync("421[\"go\",2]");
        await second.SendAsync("422[\"mine\",3]");
        Assert.Equal("432[\"socket\",3]", await second.TextAsync());
        await second.SendAsync("423[\"mine\",4]");
        await first.SendAsync("424[\"mine\",5]");
        Assert.Equal("434[\"socket\",5]", await first.TextAsync());
        var ns = server.Server.Of("/");
        Assert.Equal((0, 0), (ns.HandlerCount("go"), ns.Sockets.Sum(one => one.HandlerCount("mine"))));
    }

    [Fact]
    public async Task Of_concurrent_events_exactly_one_reaches_a_handler_of_one_event()
    {
        await using var server = await TestServer.StartAsync();
        var events = server.Server.Of("/").ServerEvents;
        for (var i = 0; i < 50; i++)
        {
            var runs = 0;
            events.Once("go", _ => Note(Interlocked.Increment(ref runs)));
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
                Task.Run(() => events.DispatchAsync("go", SocketArguments.Of(), null), TestServer.Patience)));
            Assert.Equal(1, runs);
            Assert.Equal(0, events.HandlerCount("go"));
        }

        Task Note(int run) => run > 0 ? Task.CompletedTask : throw new InvalidOperationException();
    }

    [Fact]
    public async Task Handlers_of_every_event_can_be_put_in_front_of_others()
    {
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.Of("/").OnAny((_, _, _) => Note("namespace"));
            io.Of("/").PrependAny((_, _, _) => Note("before the namespace"));
            io.Of("/").OnConnected(socket =>
            {
                socket.OnAny((_, _) => Note("socket"));
                socket.PrependAny((_, _) => Note("before the socket"));
                socket.On("go", _ => Task.CompletedTask);
                return Task.CompletedTask;
            });
        });

        await AssertAsync(server, "/", "before the namespace", "namespace", "before the socket", "socket");
    }

    [Fact]
    public async Task Handlers_of_sent_events_can_be_put_in_front_of_others()
    {
        var seen = new Waiting<bool>();
        await using var server = await TestServer.StartAsync(map: io => io.Of("/").OnConnected(socket =>
        {
            socket.OnAnyOutgoing((name, _) => seen.Set(_order is ["before tick"] && name == "tick"));
            socket.PrependAnyOutgoing((name, _) => Note($"before {name}"));
            socket.Client<AnyEvents>().Emit("tick");
            return Task.CompletedTask;
        }));
        using var client = await WsClient.ConnectAsync(server);

        Assert.True(await seen.Value);
    }

    [Fact]
    public async Task Handlers_are_listed_by_the_names_of_their_events()
    {
        await using var server = await TestServer.StartAsync();
        var group = server.Server.Of(new Regex(@"^/room\z"));
        var child = server.Server.Of("/room");
        group.On("shared", (_, _) => Task.CompletedTask);
        group.On("group", (_, _) => Task.CompletedTask);
        var removed = child.On("shared", (_, _) => Task.CompletedTask);
        child.Once("child", (_, _) => Task.CompletedTask);
        child.OnAny((_, _, _) => Task.CompletedTask);
        child.OnServerEvent("server", _ => Task.CompletedTask);

        Assert.Equal(["group", "shared"], group.EventNames.Order());
        Assert.Equal(["child", "group", "shared"], child.EventNames.Order());
        Assert.Equal((1, 2, 1, 0), (group.HandlerCount("shared"), child.HandlerCount("shared"), child.HandlerCount("child"),
            child.HandlerCount("server")));
        Assert.Equal(["server"], child.ServerEventNames);
        removed.Dispose();
        Assert.Equal(1, child.HandlerCount("shared"));
        Assert.Throws<ArgumentNullException>(() => child.HandlerCount(null!));
    }

    [Fact]
    public async Task Handlers_of_a_contract_and_of_a_socket_are_listed()
    {
        var connected = new Waiting<ISocket>();
        await using var server = await TestServer.StartAsync(
            map: io => io.Of("/").OnConnected(connected.Set), socketIO: builder => builder.AddHandler<CountHandler>());
        using var client = await WsClient.ConnectAsync(server);
        var socket = await connected.Value;
        Assert.Empty(socket.EventNames);
        socket.On("mine", _ => Task.CompletedTask);

        Assert.Equal(["count"], server.Server.Of("/").EventNames);
        Assert.Equal(["mine"], socket.EventNames);
        Assert.Equal((1, 0), (socket.HandlerCount("mine"), socket.HandlerCount("count")));
    }

    private void AddAll(ISocketNamespace<AnyEvents> ns)
    {
        ns.Use(_ => Note("middleware"));
        ns.OnConnected(_ => Note("connected"));
        ns.OnAny((_, name, _) => Note($"any {name}"));
        ns.On("go", (_, _) => Note("go"));
    }

    private async Task AssertAsync(TestServer server, string path, params string[] order)
    {
        using var client = await WsClient.ConnectAsync(server, path);
        var prefix = path == "/" ? "" : path + ",";
        await client.SendAsync($"42{prefix}1[\"go\"]");
        Assert.Equal($"43{prefix}1[]", await client.TextAsync());
        Assert.Equal(order, _order);
    }

    private Task Note(string text)
    {
        _order.Add(text);
        return Task.CompletedTask;
    }

}
