using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Delegates;

[SocketCommands]
public interface ICountCommands
{
    Task Count(int number);
}

[ServerEvents]
public interface ICountServerEvents
{
    Task Count(int number);
}

public sealed class CountHandler : SocketHandler, ICountCommands
{
    public Task Count(int number) => throw new InvalidOperationException();
}

public sealed class CountServerHandler : SocketHandler, ICountServerEvents
{
    public Task Count(int number) => throw new InvalidOperationException();
}

/// <summary>The work of one member of <see cref="WorkHandler"/>.</summary>
public sealed record Work(string Where, Func<ISocket?, Task> Run)
{
    public Task RunAsync(string where, ISocket? socket) =>
        where == Where && socket?.Namespace is null or "/" ? Run(socket) : Task.CompletedTask;
}

public sealed class WorkHandler(Work work) : SocketHandler, ICountCommands
{
    public override Task OnConnectedAsync() => work.RunAsync("connected class", Socket);

    public override Task OnDisconnectedAsync(DisconnectInfo info) => work.RunAsync("disconnected class", Socket);

    public Task Count(int number) => work.RunAsync("event class", Socket);
}

public sealed class WorkServerHandler(Work work) : SocketHandler, ICountServerEvents
{
    public Task Count(int number) => work.RunAsync("server event class", null);
}

public sealed class WorkFilter(Work work) : ISocketFilter
{
    public async ValueTask<SocketArguments> OnEventAsync(
        SocketEventContext context, Func<SocketEventContext, ValueTask<SocketArguments>> next)
    {
        await work.RunAsync("event filter", context.Socket);
        return await next(context);
    }

    public async Task OnConnectedAsync(ISocket socket, Func<ISocket, Task> next)
    {
        await work.RunAsync("connected filter", socket);
        await next(socket);
    }

    public async Task OnDisconnectedAsync(ISocket socket, DisconnectInfo info, Func<ISocket, DisconnectInfo, Task> next)
    {
        await work.RunAsync("disconnected filter", socket);
        await next(socket, info);
    }
}

/// <summary>The log entries and metrics of failing handlers.</summary>
public class FailureLogTests
{
    private const int HandlerFailed = 2003;
    private const int Refused = 2008;
    private const int ServerEventFailed = 1101;
    private const int MiddlewareFailed = 2101;

    private readonly LogEntries _log = new();

    [Theory]
    [InlineData("use")]
    [InlineData("connected")]
    [InlineData("disconnected")]
    [InlineData("event")]
    [InlineData("any")]
    [InlineData("middleware")]
    [InlineData("connected class")]
    [InlineData("disconnected class")]
    [InlineData("event class")]
    [InlineData("outgoing")]
    [InlineData("outgoing void")]
    [InlineData("disconnecting")]
    [InlineData("event filter")]
    [InlineData("connected filter")]
    [InlineData("disconnected filter")]
    public async Task A_cancellation_caused_by_a_disconnection_is_not_logged(string where)
    {
        var (running, ended) = (new Waiting<bool>(), new Waiting<bool>());
        async Task WaitAsync(ISocket? socket)
        {
            await running.Set(true);
            try
            {
                await socket!.ConnectionAborted.CanceledAsync();
                socket.ConnectionAborted.ThrowIfCancellationRequested();
            }
            finally
            {
                await ended.Set(true);
            }
        }

        await using var server = await StartAsync(where, WaitAsync);
        using var failures = new Counts(server, "typedsocketredis.server.handlers.failed");
        using (var client = await SioClient.OpenAsync(server, polling: false))
        {
            await RunAsync(client, where);
            await running.Value;
        }

        await ended.Value;

        // A later failure is logged; an entry for the cancellation would come before it.
        server.Server.Of("/later").On("fail", (_, _) => throw new NotSupportedException());
        using var other = (await SioClient.ConnectAsync(server, path: "/later")).Client;
        await other.SendAsync("42/later,1[\"fail\"]");
        await other.NextAsync();
        Assert.IsType<NotSupportedException>(Assert.Single(_log.Of(HandlerFailed)));
        Assert.Empty(_log.Of(MiddlewareFailed));
        Assert.Equal(1, failures.Sum);
    }

    [Theory]
    [InlineData("use")]
    [InlineData("connected")]
    [InlineData("event")]
    [InlineData("any")]
    [InlineData("middleware")]
    [InlineData("connected class")]
    [InlineData("disconnected class")]
    [InlineData("event class")]
    [InlineData("outgoing")]
    [InlineData("outgoing void")]
    [InlineData("disconnecting")]
    [InlineData("disconnected")]
    [InlineData("server event")]
    [InlineData("server event class")]
    [InlineData("event filter")]
    [InlineData("connected filter")]
    [InlineData("disconnected filter")]
    public async Task Any_other_cancellation_is_a_failure(string where)
    {
        using var timeout = new CancellationTokenSource();
        await timeout.CancelAsync();
        await using var server = await StartAsync(where, async _ =>
        {
            await Task.Yield();
            timeout.Token.ThrowIfCancellationRequested();
        });
        using var failures = new Counts(server, "typedsocketredis.server.handlers.failed");
        using var client = await SioClient.OpenAsync(server, polling: false);
        await RunAsync(client, where);
        if (where.StartsWith("server", StringComparison.Ordinal))
            await server.Server.Of("/").ServerEvents.DispatchAsync("count", SocketArguments.Of(1), null);
        var id = where == "use" ? MiddlewareFailed : where.StartsWith("server", StringComparison.Ordinal) ? ServerEventFailed
            : HandlerFailed;
        await LoggedAsync(id, 1);
        Assert.IsType<OperationCanceledException>(Assert.Single(_log.Of(id)));
        Assert.Equal(1, failures.Sum);
    }

    [Fact]
    public async Task An_exception_of_a_callback_of_ConnectionAborted_is_a_failure()
    {
        var registered = new Waiting<bool>();
        await using var server = await StartAsync(io => io.Of("/").OnConnected(async socket =>
        {
            socket.ConnectionAborted.Register(() => throw new NotSupportedException());
            await registered.Set(true);
        }));
        using var failures = new Counts(server, "typedsocketredis.server.handlers.failed");
        using (var client = await SioClient.OpenAsync(server, polling: false))
        {
            await client.SendAsync("40");
            await registered.Value;
        }

        await LoggedAsync(HandlerFailed, 1);
        Assert.IsType<NotSupportedException>(Assert.IsType<AggregateException>(Assert.Single(_log.Of(HandlerFailed))).InnerException);
        Assert.Equal(1, failures.Sum);
    }

    [Fact]
    public async Task A_result_that_cannot_be_sent_to_another_server_is_a_failure()
    {
        await using var server = await StartAsync(io => io.Of("/").OnServerEvent("count", arguments => Task.FromResult(arguments)));
        using var failures = new Counts(server, "typedsocketredis.server.handlers.failed");
        var sent = new List<string>();
        await server.Server.Of("/").ServerEvents.DispatchAsync("count", SocketArguments.Of(1), answer =>
        {
            sent.Add(SocketArguments.OfArray(answer)[0].ToJson());
            if (sent.Count == 1) throw new ProtocolException(ProtocolReason.Size, "too large");
        });
        Assert.Equal(["1", "{\"error\":\"The event could not be handled.\"}"], sent);
        Assert.IsType<ProtocolException>(Assert.Single(_log.Of(ServerEventFailed)));
        Assert.Equal(1, failures.Sum);
    }

    [Fact]
    public async Task The_same_failure_in_another_namespace_is_logged_too()
    {
        await using var server = await StartAsync(io =>
        {
            foreach (var path in new[] { "/a", "/b" }) io.Of(path).OnConnected(_ => throw new InvalidOperationException(path));
            foreach (var path in new[] { "/c", "/d" }) io.Of(path).Use(_ => throw new InvalidOperationException(path));
        });
        using var client = await SioClient.OpenAsync(server, polling: false);
        foreach (var path in Enumerable.Repeat("/a", FaultGate.MaxPerMinute + 1).Concat(["/b", "/c", "/d"]))
        {
            await client.SendAsync($"40{path},");
            if ((await client.NextAsync()).StartsWith("40", StringComparison.Ordinal)) await client.SendAsync($"41{path},");
        }

        await LoggedAsync(HandlerFailed, FaultGate.MaxPerMinute + 1);
        await LoggedAsync(MiddlewareFailed, 2);

        // The handlers of two namespaces run independently of each other, so the order of their entries is not defined.
        Assert.Equal(
            Enumerable.Repeat("/a", FaultGate.MaxPerMinute).Append("/b"),
            _log.Of(HandlerFailed).Select(one => one!.Message).Order(StringComparer.Ordinal));
        Assert.Equal(["/c", "/d"], _log.Of(MiddlewareFailed).Select(one => one!.Message).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("event", "event handler")]
    [InlineData("connected", "OnConnected")]
    [InlineData("disconnected", "OnDisconnected")]
    [InlineData("event class", "event handler")]
    [InlineData("connected class", "OnConnected")]
    [InlineData("disconnected class", "OnDisconnected")]
    [InlineData("event filter", "ISocketFilter.OnEventAsync")]
    [InlineData("connected filter", "ISocketFilter.OnConnectedAsync")]
    [InlineData("disconnected filter", "ISocketFilter.OnDisconnectedAsync")]
    public async Task Filters_do_not_change_the_member_in_an_entry(string where, string member)
    {
        await using var server = await StartAsync(
            io => Add(io, where, _ => throw new NotSupportedException()),
            builder =>
            {
                builder.Services.AddSingleton(new Work(where, _ => throw new NotSupportedException()));
                builder.AddHandler<WorkHandler>().AddFilter<WorkFilter>();
            });
        using var client = await SioClient.OpenAsync(server, polling: false);
        await RunAsync(client, where);
        await LoggedAsync(HandlerFailed, 1);
        Assert.Contains($"Member: {member}, ", Assert.Single(_log.Texts(HandlerFailed, LogLevel.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dynamic_namespaces_share_their_log_entries()
    {
        await using var server = await StartAsync(io =>
        {
            io.Of(new Regex(@"^/room-[0-9]+\z")).Use(_ => throw new InvalidOperationException());
            io.Of((path, _, _) => path.StartsWith("/tenant", StringComparison.Ordinal) ? throw new NotSupportedException() : new(false));
        });
        using var client = await SioClient.OpenAsync(server, polling: false);
        for (var i = 0; i < 20; i++)
        {
            foreach (var path in new[] { $"/room-{i}", $"/tenant-{i}" })
            {
                await client.SendAsync($"40{path},");
                Assert.StartsWith("44", await client.NextAsync(), StringComparison.Ordinal);
            }
        }

        Type[] pair = [typeof(InvalidOperationException), typeof(NotSupportedException)];
        Assert.Equal(
            Enumerable.Repeat(pair, FaultGate.MaxPerMinute).SelectMany(one => one),
            _log.Of(MiddlewareFailed).Select(one => one!.GetType()));
    }

    [Fact]
    public async Task A_refused_event_is_logged_as_a_warning_with_its_path_and_reason_once_per_minute()
    {
        await using var server = await StartAsync(_ => { }, builder => builder.AddHandler<CountHandler>());
        using var client = (await SioClient.ConnectAsync(server)).Client;
        for (var i = 0; i < 3; i++) await client.SendAsync("42[\"count\",\"a\\nb\"]");
        await client.SendAsync("421[\"count\",\"a\\nb\"]");
        await client.NextAsync();
        var text = Assert.Single(_log.Texts(Refused, LogLevel.Warning));
        Assert.Contains("count", text, StringComparison.Ordinal);
        Assert.Contains("namespace /", text, StringComparison.Ordinal);
        Assert.Contains("number", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
    }

    [Fact]
    public async Task Names_that_clients_choose_are_escaped_and_shortened()
    {
        await using var server = await StartAsync(io => io.Of("/").OnAny((_, _, _) => throw new InvalidOperationException()));
        using var client = (await SioClient.ConnectAsync(server)).Client;
        await client.SendAsync($"42[\"a\\r\\n\\u2028\\u202e{new string('x', 5000)}\"]");
        await LoggedAsync(HandlerFailed, 1);
        var text = Assert.Single(_log.Texts(HandlerFailed, LogLevel.Error));
        Assert.Contains(@"a\u000D\u000A\u2028\u202E", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1, 1500);
    }

    private static void Add(SocketIOServer io, string where, Func<ISocket?, Task> handler)
    {
        var ns = io.Of("/");
        if (where == "use") ns.Use(handler);
        if (where == "event") ns.On("count", (socket, _) => handler(socket));
        if (where == "any") ns.OnAny((socket, _, _) => handler(socket));
        if (where == "server event") ns.OnServerEvent("count", _ => handler(null));
        ns.OnConnected(async socket =>
        {
            if (where == "middleware") socket.Use((_, _) => handler(socket));
            if (where == "outgoing") socket.OnAnyOutgoing((_, _) => handler(socket));
            if (where == "outgoing void") socket.OnAnyOutgoing(AsyncVoid(() => handler(socket)));
            if (where == "disconnecting") socket.OnDisconnecting(_ => handler(socket));
            if (where == "disconnected") socket.OnDisconnected(_ => handler(socket));
            if (where == "connected") await handler(socket);
            if (where.StartsWith("outgoing", StringComparison.Ordinal)) socket.Client<AnyEvents>().Emit("tick");
        });
    }

    // An async void method behind a delegate, which the analyzer does not detect.
    private static Action<string, SocketArguments> AsyncVoid(Func<Task> handler)
    {
        async void Run(string name, SocketArguments arguments) => await handler();
        return Run;
    }

    private static async Task RunAsync(SioClient client, string where)
    {
        await client.SendAsync("40");
        if (where != "use") await client.NextAsync();
        await client.SendAsync(where.StartsWith("disconnect", StringComparison.Ordinal) ? "41" : "42[\"count\",1]");
    }

    private async Task LoggedAsync(int id, int times)
    {
        var patience = TestServer.Patience;
        while (_log.Of(id).Count < times)
        {
            patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private Task<TestServer> StartAsync(string where, Func<ISocket?, Task> handler) => StartAsync(io => Add(io, where, handler), builder =>
    {
        builder.Services.AddSingleton(new Work(where, handler));
        builder.AddHandler<WorkHandler>().AddHandler<WorkServerHandler>();
        if (where.EndsWith("filter", StringComparison.Ordinal)) builder.AddFilter<WorkFilter>();
    });

    private Task<TestServer> StartAsync(Action<SocketIOServer> map, Action<SocketIOBuilder>? socketIO = null) => TestServer.StartAsync(
        o => o.PingInterval = TimeSpan.FromHours(1),
        map: map,
        services: services => services.AddSingleton<ILoggerProvider>(_log),
        socketIO: socketIO);
}
