using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

public class SocketEventTests
{
    private const int HandlerFailed = 2003;

    private readonly LogEntries _log = new();
    private readonly List<string> _seen = [];

    [Fact]
    public async Task A_handler_of_a_socket_runs_after_those_of_the_namespace_until_it_is_removed()
    {
        await using var server = await StartAsync();
        server.Server.Of("/").On("ask", (_, _) => SeeAsync("namespace"));
        using var first = await WsClient.ConnectAsync(server);
        var handler = Only(server).On("ask", async sent =>
        {
            await SeeAsync("socket");
            return SocketArguments.Of(sent.Count, "mine");
        });
        using var second = await WsClient.ConnectAsync(server);

        await first.SendAsync("421[\"ask\",5]");
        Assert.Equal("431[1,\"mine\"]", await first.TextAsync());
        await second.SendAsync("421[\"ask\"]");
        Assert.Equal("431[]", await second.TextAsync());
        handler.Dispose();
        handler.Dispose();
        await first.SendAsync("422[\"ask\"]");
        Assert.Equal("432[]", await first.TextAsync());
        Assert.Equal(["namespace", "socket", "namespace", "namespace"], _seen);
    }

    [Fact]
    public async Task The_first_result_is_the_acknowledgement()
    {
        await using var server = await StartAsync();
        server.Server.Of("/").OnConnected(socket =>
        {
            socket.On("ask", _ => Task.CompletedTask);
            socket.On("ask", _ => Task.FromResult(SocketArguments.Of(1)));
            socket.On("ask", _ => Task.FromResult(SocketArguments.Of(2)));
            return Task.CompletedTask;
        });
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("427[\"ask\"]");
        Assert.Equal("437[1]", await client.TextAsync());
    }

    [Fact]
    public async Task OnAny_handlers_run_before_the_event_handlers_and_for_unhandled_events()
    {
        await using var server = await StartAsync();
        using var failures = new Counts(server, "typedsocketredis.server.handlers.failed");
        server.Server.Of("/").On("known", (_, _) => SeeAsync("handler"));
        server.Server.Of("/").OnAny((socket, name, sent) => SeeAsync($"any {name} {sent.Count} {socket.IsConnected}"));
        server.Server.Of("/").OnAny((_, _, _) => throw new InvalidOperationException("watching"));
        using var client = await WsClient.ConnectAsync(server);
        var own = Only(server).OnAny((name, sent) => SeeAsync($"own {name} {sent[0].GetInt64()}"));

        await client.SendAsync("42[\"unknown\",1]");
        await client.SendAsync("421[\"known\",2,3]");
        Assert.Equal("431[]", await client.TextAsync());
        own.Dispose();
        await client.SendAsync("422[\"known\"]");
        Assert.Equal("432[]", await client.TextAsync());
        Assert.Equal(["any unknown 1 True", "own unknown 1", "any known 2 True", "own known 2", "handler", "any known 0 True", "handler"],
            _seen);
        Assert.Equal(3, failures.Times);
        Assert.Equal(3, _log.Of(HandlerFailed).Count);
    }

    [Fact]
    public async Task Middlewares_wrap_the_handlers_in_the_order_they_were_added()
    {
        await using var server = await StartAsync();
        server.Server.Of("/").On("ask", async (_, _) =>
        {
            await SeeAsync("handler");
            return SocketArguments.Of("done");
        });
        server.Server.Of("/").OnAny((_, name, _) => SeeAsync($"any {name}"));
        using var client = await WsClient.ConnectAsync(server);
        Only(server).Use(async (sent, next) =>
        {
            await SeeAsync($"outer {sent.Name} {sent.Arguments.Count} {sent.ExpectsAck}");
            await next();
            await SeeAsync("out");
        });
        Only(server).Use(async (_, next) =>
        {
            await SeeAsync("inner");
            await next();
        });

        await client.SendAsync("421[\"ask\",1]");
        Assert.Equal("431[\"done\"]", await client.TextAsync());
        await client.SendAsync("42[\"nobody\"]");
        await client.SendAsync("422[\"ask\"]");
        Assert.Equal("432[\"done\"]", await client.TextAsync());
        Assert.Equal(
            ["any ask", "outer ask 1 True", "inner", "handler", "out", "any nobody", "outer nobody 0 False", "inner", "out", "any ask",
                "outer ask 0 True", "inner", "handler", "out"],
            _seen);
    }

    [Fact]
    public async Task An_event_that_a_middleware_stops_or_refuses_reaches_no_handler()
    {
        await using var server = await StartAsync();
        server.Server.Of("/").OnAny((_, _, _) => Task.CompletedTask);
        foreach (var name in new[] { "kept", "told", "secret", "twice", "free" }) server.Server.Of("/").On(name, (_, _) => SeeAsync(name));
        using var client = await WsClient.ConnectAsync(server);
        Only(server).Use((sent, next) => sent.Name switch
        {
            "kept" => Task.CompletedTask,
            "told" => throw new SocketEventException("not allowed"),
            "secret" => Task.FromException(new InvalidOperationException("secret")),
            "twice" => TwiceAsync(next),
            _ => next(),
        });

        await client.SendAsync("421[\"kept\"]");
        await client.SendAsync("422[\"told\"]");
        Assert.Equal("432[{\"error\":\"not allowed\"}]", await client.TextAsync());
        await client.SendAsync("423[\"secret\"]");
        Assert.Equal("433[{\"error\":\"The event could not be handled.\"}]", await client.TextAsync());
        await client.SendAsync("424[\"twice\"]");
        Assert.Equal("434[{\"error\":\"The event could not be handled.\"}]", await client.TextAsync());
        await client.SendAsync("42[\"told\"]");
        await client.SendAsync("425[\"free\"]");
        Assert.Equal("435[]", await client.TextAsync());
        Assert.Equal(["twice", "free"], _seen);
        Assert.Equal(
            ["secret", "A middleware called next twice; the handlers of an event run only once."],
            _log.Of(HandlerFailed).Select(one => one!.Message));

        static async Task TwiceAsync(Func<Task> next)
        {
            await next();
            await next();
        }
    }

    [Fact]
    public async Task Every_event_to_a_socket_is_passed_to_its_handlers_of_outgoing_events()
    {
        await using var server = await StartAsync();
        using var failures = new Counts(server, "typedsocketredis.server.handlers.failed");
        using var other = await WsClient.ConnectAsync(server);
        using var client = await WsClient.ConnectAsync(server);
        var socket = server.Server.Of("/").Sockets.Single(one => one.Id.ToString() == client.Id);
        var broken = socket.OnAnyOutgoing((_, _) => throw new InvalidOperationException("watching"));
        var all = new Waiting<bool>();
        var watching = socket.OnAnyOutgoing((name, sent) =>
        {
            _seen.Add($"{name} {sent.Count}");
            if (_seen.Count == 5) all.Set(true);
        });

        server.Server.Of("/").All.Emit("all", 1, 2);
        socket.Client<AnyEvents>().Emit("one", 1);
        server.Server.Of<ITestEvents>().All.Tick(1);
        socket.Others<AnyEvents>().Emit("others");
        var acked = socket.Client<AnyEvents>().EmitWithAckAsync("ask");
        _ = server.Server.Of("/").All.EmitWithAck("ask all", 1);
        await all.Value;
        Assert.Equal(["all 2", "one 1", "tick 1", "ask 0", "ask all 1"], _seen);
        Assert.Equal(5, failures.Times);
        Assert.Equal(5, _log.Of(HandlerFailed).Count);
        watching.Dispose();
        broken.Dispose();
        socket.Client<AnyEvents>().Emit("last");

        Assert.Equal(5, _seen.Count);
        foreach (var start in new[] { "42[\"all\"", "42[\"one\"", "42[\"tick\"", "42", "42", "42[\"last\"]" })
            Assert.StartsWith(start, await client.TextAsync(), StringComparison.Ordinal);
        foreach (var start in new[] { "42[\"all\"", "42[\"tick\"", "42[\"others\"" })
            Assert.StartsWith(start, await other.TextAsync(), StringComparison.Ordinal);
        await server.DisposeAsync();
        await Assert.ThrowsAsync<AckException<SocketArguments>>(() => acked);
    }

    private static ISocket Only(TestServer server) => server.Server.Of("/").Sockets.Single();

    private Task<TestServer> StartAsync(Action<SocketIOServer>? map = null) =>
        TestServer.StartAsync(map: map, services: services => services.AddSingleton<ILoggerProvider>(_log));

    private Task SeeAsync(string what)
    {
        lock (_seen) _seen.Add(what);
        return Task.CompletedTask;
    }
}
