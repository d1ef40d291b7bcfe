using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Namespaces;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Delegates;

/// <summary>Handlers of outgoing events, which receive them through a queue of their socket.</summary>
public class OutgoingHandlerTests
{
    private const string Dropped = "typedsocketredis.server.outgoing.dropped";
    private const int Overflow = 2105;

    private readonly LogEntries _log = new();
    private readonly Waiting<ISocket> _socket = new();

    [Fact]
    public async Task A_handler_receives_events_in_order_and_one_at_a_time()
    {
        await using var server = await StartAsync();
        using var client = (await SioClient.ConnectAsync(server)).Client;
        var socket = await _socket.Value;
        var seen = new List<int>();
        var all = new Waiting<List<int>>();
        var running = 0;
        socket.OnAnyOutgoing(async (_, arguments) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref running));
            await Task.Yield();
            seen.Add((int)arguments[0].GetInt64());
            Interlocked.Decrement(ref running);
            if (seen.Count == 200) await all.Set(seen);
        });
        for (var i = 0; i < 200; i += 2)
        {
            socket.Client<AnyEvents>().Emit("tick", i);
            ((ServerSocket)socket).Namespace.For<AnyEvents>().All.Emit("tick", i + 1);
        }

        Assert.Equal(Enumerable.Range(0, 200), await all.Value);
    }

    [Fact]
    public async Task A_blocked_handler_delays_no_sender_and_overflowing_events_are_sent_and_counted()
    {
        await using var server = await StartAsync();
        using var dropped = new Counts(server, Dropped);
        using var client = (await SioClient.ConnectAsync(server)).Client;
        var socket = await _socket.Value;
        var started = new Waiting<bool>();
        using var gate = new ManualResetEventSlim();
        socket.OnAnyOutgoing((_, _) =>
        {
            _ = started.Set(true);
            gate.Wait(TestServer.Patience);
        });
        socket.Client<AnyEvents>().Emit("tick", 0);
        await started.Value;
        for (var i = 1; i <= OutgoingHandlers.MaxWaiting + 5; i++) socket.Client<AnyEvents>().Emit("tick", i);
        for (var i = 0; i <= OutgoingHandlers.MaxWaiting + 5; i++) Assert.Equal($"42[\"tick\",{i}]", await client.NextAsync());
        gate.Set();
        Assert.Equal(5, dropped.Sum);
        Assert.All(dropped.Tags("reason"), reason => Assert.Equal("overflow", reason));
        Assert.Single(_log.Of(Overflow));
    }

    [Fact]
    public async Task Waiting_events_are_bounded_by_their_bytes_too()
    {
        await using var server = await StartAsync(o => o.MaxQueuedBytes = 10_000);
        using var dropped = new Counts(server, Dropped);
        using var client = (await SioClient.ConnectAsync(server)).Client;
        var socket = await _socket.Value;
        using var gate = new ManualResetEventSlim();
        var started = new Waiting<bool>();
        socket.OnAnyOutgoing((_, _) =>
        {
            _ = started.Set(true);
            gate.Wait(TestServer.Patience);
        });
        socket.Client<AnyEvents>().Emit("tick");
        await started.Value;
        for (var i = 0; i < 4; i++)
        {
            socket.Client<AnyEvents>().Emit("tick", new string('x', 4000));
            await client.NextAsync();
        }

        gate.Set();
        Assert.Equal(2, dropped.Sum);
    }

    [Fact]
    public async Task Events_sent_by_a_handler_skip_the_handlers_and_are_logged_as_an_error()
    {
        await using var server = await StartAsync();
        using var dropped = new Counts(server, Dropped);
        using var client = (await SioClient.ConnectAsync(server)).Client;
        var socket = await _socket.Value;
        var runs = 0;
        socket.OnAnyOutgoing(async (_, _) =>
        {
            Interlocked.Increment(ref runs);
            await Task.Yield();
            ((ServerSocket)socket).Namespace.For<AnyEvents>().All.Emit("nested");
            await Task.Run(() => socket.Client<AnyEvents>().Emit("nested"), CancellationToken.None);
        });
        socket.Client<AnyEvents>().Emit("tick", 1);
        Assert.Equal(["42[\"tick\",1]", "42[\"nested\"]", "42[\"nested\"]"],
            [await client.NextAsync(), await client.NextAsync(), await client.NextAsync()]);
        Assert.Equal(["nested", "nested"], dropped.Tags("reason"));
        Assert.Equal(1, runs);
        Assert.Contains("OnAnyOutgoing", Assert.Single(_log.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nested_broadcast_counts_as_one_dropped_event_for_any_number_of_receivers()
    {
        await using var server = await StartAsync();
        using var dropped = new Counts(server, Dropped);
        using var failures = new Counts(server, "typedsocketredis.server.handlers.failed");
        using var client = (await SioClient.ConnectAsync(server)).Client;
        var socket = await _socket.Value;
        var others = new List<SioClient>();
        for (var i = 0; i < 5; i++) others.Add((await SioClient.ConnectAsync(server)).Client);
        foreach (var one in server.Server.Of("/").Sockets.Where(one => one != socket)) one.OnAnyOutgoing((_, _) => { });
        socket.OnAnyOutgoing((_, _) => ((ServerSocket)socket).Namespace.For<AnyEvents>().All.Emit("nested"));
        for (var i = 0; i < 3; i++) socket.Client<AnyEvents>().Emit("tick");
        for (var i = 0; i < 6; i++) await client.NextAsync();
        foreach (var other in others)
        {
            Assert.Equal("42[\"nested\"]", await other.NextAsync());
            other.Dispose();
        }

        Assert.Equal(["nested", "nested", "nested"], dropped.Tags("reason"));
        Assert.Equal(0, failures.Sum);
        Assert.Contains("nested", Assert.Single(_log.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_handler_receives_no_waiting_event()
    {
        await using var server = await StartAsync();
        using var client = (await SioClient.ConnectAsync(server)).Client;
        var socket = await _socket.Value;
        var (first, last) = (new Waiting<bool>(), new Waiting<string>());
        using var gate = new ManualResetEventSlim();
        var seen = 0;
        socket.OnAnyOutgoing((name, arguments) =>
        {
            _ = first.Set(true);
            gate.Wait(TestServer.Patience);
            if (name == "last") _ = last.Set(name);
        });
        socket.Client<AnyEvents>().Emit("first");
        await first.Value;
        var removed = socket.OnAnyOutgoing((_, _) => seen++);
        socket.Client<AnyEvents>().Emit("last");
        removed.Dispose();
        gate.Set();
        await last.Value;
        Assert.Equal(0, seen);
    }

    [Fact]
    public async Task An_async_void_handler_resumes_after_each_await_and_leaves_no_context_behind()
    {
        await using var server = await StartAsync();
        using var client = (await SioClient.ConnectAsync(server)).Client;
        var socket = await _socket.Value;
        var (resumed, context) = (new Waiting<string>(), new Waiting<SynchronizationContext?>());
        async void Handle(string name, SocketArguments arguments)
        {
            await Task.Yield();
            await Task.Run(() => name);
            await resumed.Set(name);
        }

        Action<string, SocketArguments> handler = Handle;
        using var handling = socket.OnAnyOutgoing(handler);
        socket.OnAnyOutgoing((_, _) => context.Set(SynchronizationContext.Current));
        socket.Client<AnyEvents>().Emit("tick");
        Assert.Equal("tick", await resumed.Value);
        Assert.Null(await context.Value);
    }

    private Task<TestServer> StartAsync(Action<SocketIOOptions>? configure = null) => TestServer.StartAsync(
        o =>
        {
            o.PingInterval = TimeSpan.FromHours(1);
            configure?.Invoke(o);
        },
        map: io => io.Of("/").OnConnected(_socket.Set),
        services: services => services.AddSingleton<ILoggerProvider>(_log));
}
