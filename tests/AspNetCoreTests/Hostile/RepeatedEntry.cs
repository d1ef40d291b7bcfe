using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Tests.Delegates;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Hostile;

/// <summary>A log entry that clients and other nodes can cause repeatedly.</summary>
/// <param name="Cause">The action that causes the entry a number of times.</param>
internal sealed record RepeatedEntry(Func<RepeatedCause, int, Task> Cause)
{
    // 0xC1 begins no MessagePack value.
    private static readonly byte[] Broken = [0xC1];

    private static int _namespaces;

    private static readonly Task Never = new TaskCompletionSource().Task;
    private static readonly TimeSpan Connect = TimeSpan.FromMilliseconds(1);
    private static readonly Regex Rooms = new(@"^/room-[0-9]+\z");

    public Action<SocketIOOptions>? Options { get; init; }

    /// <summary>Gets the number of entries per minute: more than one for each failure of a handler.</summary>
    public int PerMinute { get; init; } = 1;

    public Action<SocketIOServer>? Server { get; init; }

    public Action<WebApplication>? App { get; init; }

    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Gets the entries by their ids.</summary>
    public static IReadOnlyDictionary<int, RepeatedEntry> All { get; } = new Dictionary<int, RepeatedEntry>
    {
        [1101] = new(ServerEventsAsync)
        {
            Server = io => io.Of("/").OnServerEvent("count", _ => Task.FromException(new NotSupportedException())),
            PerMinute = FaultGate.MaxPerMinute,
        },
        [1102] = new(ServerEventsAsync) { Services = services => services.AddSocketIO().AddHandler<CountServerHandler>() },
        [2001] = new(SlowConsumersAsync) { Options = o => o.MaxQueuedBytes = 5000 },
        [2003] = new(EventsAsync)
        {
            Server = io => io.Of("/").On("count", (_, _) => Task.FromException(new NotSupportedException())),
            PerMinute = FaultGate.MaxPerMinute,
        },
        [2004] = new((cause, times) => cause.RefusedAsync(times)) { Options = o => o.MaxSessions = 1 },
        [2005] = new(TimersAsync),
        [2008] = new(EventsAsync) { Services = services => services.AddSocketIO().AddHandler<CountHandler>() },
        [2009] = new((cause, times) => cause.RefusedAsync(times)) { Options = o => o.MaxSessionsPerAddress = 1 },
        [2010] = new((cause, times) => cause.OpenAsync(times)) { Options = o => o.AllowRequest = _ => throw new NotSupportedException() },
        [2012] = new((cause, times) => cause.OpenAsync(times)) { App = app => app.Use((context, next) =>
        {
            context.Features.Set<IHttpRequestTimeoutFeature>(new Throwing());
            return next(context);
        }) },
        [2013] = new(UpgradesAsync)
        {
            Services = services => services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxConcurrentUpgradedConnections = 0),
        },
        [2014] = new(OriginsAsync) { Services = services => services.AddAuthentication("site").AddCookie("site") },
        [2020] = new(UnhandledEventsAsync) { Server = io => io.Of("/").On("ping", (_, _) => Task.CompletedTask) },
        [2101] = new((cause, times) => cause.JoinAsync(times, _ => "/"))
        {
            Server = io => io.Of("/").Use(_ => throw new NotSupportedException()),
            PerMinute = FaultGate.MaxPerMinute,
        },
        [2102] = new(MiddlewaresAsync)
        {
            Server = io =>
            {
                io.Of("/").On("ping", (_, _) => Task.CompletedTask);
                io.Of("/slow").Use(_ => Never);
            },
            Options = o => o.ConnectTimeout = Connect,
        },
        [2103] = new((cause, times) => cause.JoinAsync(times, _ => "/")) { Server = io => io.Of("/")
            .Use(_ => throw new SocketEventException("broken", new SocketArgument(0, Broken))) },
        [2104] = new((cause, times) => cause.JoinAsync(times, i => $"/room-{i}"))
        {
            Server = io => io.Of(Rooms).Use(_ => throw new SocketEventException("no")),
            Services = services =>
                services.AddSingleton<INamespaceAdapterFactory>(new CountingAdapters { Failure = new NotSupportedException() }),
        },
        [2105] = new(OutgoingAsync) { Options = o => o.MaxQueuedBytes = 100_000 },
        [2110] = new(UnauthorizedEventsAsync)
        {
            Services = services => services.AddAuthorization(),
            Server = io =>
            {
                io.Of("/").On("ping", (_, _) => Task.CompletedTask);
                io.Of("/").On("secret", (_, _) => Task.CompletedTask);
                io.Namespaces.Of("/").Handlers.Guards.Require("secret", [new AuthorizeAttribute()]);
            },
        },
        [2107] = new(NamespacesAsync) { Server = io => io.Of(Rooms), Options = o => o.MaxDynamicNamespaces = 1 },
        [2115] = new(CreatedNamespacesAsync) { Server = io => io.OnNamespaceCreated(_ => Never) },
        [2116] = new(RoomsAsync) { Server = io => io.Of("/").OnRoomJoined((_, _) => Never) },
    };

    private static async Task ServerEventsAsync(RepeatedCause cause, int times)
    {
        var events = cause.Server.Server.Namespaces.Of("/").Adapter.ServerEvents;
        for (var i = 0; i < times; i++) await events.DispatchAsync("count", SocketArguments.Of("x"), null);
    }

    private static async Task EventsAsync(RepeatedCause cause, int times)
    {
        using var client = (await SioClient.ConnectAsync(cause.Server)).Client;
        for (var i = 0; i < times; i++)
        {
            await client.SendAsync("427[\"count\",\"x\"]");
            Assert.StartsWith("437[", await client.NextAsync(), StringComparison.Ordinal);
        }
    }

    private static async Task SlowConsumersAsync(RepeatedCause cause, int times)
    {
        using var closed = new Counts(cause.Server, "typedsocketredis.server.connections");
        for (var i = 0; i < times; i++) (await PollingClient.ConnectAsync(cause.Server)).Dispose();
        for (var i = 0; i < 30; i++) cause.Server.Server.Of("/").All.Emit("x", new string('x', 1000));
        await cause.UntilAsync(() => closed.Sum == 0);
    }

    private static async Task TimersAsync(RepeatedCause cause, int times)
    {
        for (var i = 0; i < times; i++) cause.Server.Server.Engine.Deadlines.Start(new FaultyDeadline(), Deadline.Close);
        cause.Time.Advance(DeadlineScheduler.CloseTimeout);
        await Task.CompletedTask;
    }

    private static async Task UpgradesAsync(RepeatedCause cause, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var raw = RawClient.Connect(cause.Server);
            await raw.WriteAsync(RawClient.Upgrade("EIO=4&transport=websocket"));
            Assert.Equal("503", (await raw.RespondAsync()).Status);
        }
    }

    private static async Task OriginsAsync(RepeatedCause cause, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var raw = RawClient.Connect(cause.Server);
            await raw.WriteAsync(RawClient.Upgrade(
                "EIO=4&transport=websocket", headers: "Origin: http://evil.example\r\nCookie: .AspNetCore.site=x\r\n"));
            Assert.Equal("403", (await raw.RespondAsync()).Status);
        }
    }

    private static async Task UnauthorizedEventsAsync(RepeatedCause cause, int times)
    {
        using var client = (await SioClient.ConnectAsync(cause.Server)).Client;
        for (var i = 0; i < times; i++) await client.SendAsync("42[\"secret\"]");
        await client.SendAsync("427[\"ping\"]");
        Assert.Equal("437[]", await client.NextAsync());
    }

    private static async Task UnhandledEventsAsync(RepeatedCause cause, int times)
    {
        using var client = (await SioClient.ConnectAsync(cause.Server)).Client;
        for (var i = 0; i < times; i++) await client.SendAsync($"42[\"unknown {i}\"]");
        await client.SendAsync("427[\"ping\"]");
        Assert.Equal("437[]", await client.NextAsync());
    }

    private static async Task MiddlewaresAsync(RepeatedCause cause, int times)
    {
        var clients = new List<SioClient>();
        for (var i = 0; i < times; i++) clients.Add((await SioClient.ConnectAsync(cause.Server)).Client);
        foreach (var client in clients) await client.SendAsync("40/slow,");
        using var other = (await SioClient.ConnectAsync(cause.Server)).Client;
        foreach (var client in clients)
        {
            // The time at which the server starts to wait is not known.
            var next = client.NextAsync();
            while (!next.IsCompleted)
            {
                await other.SendAsync("427[\"ping\"]");
                await other.NextAsync();
                cause.Time.Advance(Connect);
            }

            Assert.StartsWith("44/slow,", await next, StringComparison.Ordinal);
            client.Dispose();
        }
    }

    private static async Task OutgoingAsync(RepeatedCause cause, int times)
    {
        using var client = (await SioClient.ConnectAsync(cause.Server)).Client;
        var socket = Assert.Single(cause.Server.Server.Of("/").Sockets, one => one.IsConnected);
        using var dropped = new Counts(cause.Server, "typedsocketredis.server.outgoing.dropped");
        socket.OnAnyOutgoing((_, _) => Never);
        while (dropped.Sum < times)
        {
            socket.Client<AnyEvents>().Emit("tick", new string('x', 5000));
            await client.NextAsync();
        }

        await client.CloseAsync();
        await cause.UntilAsync(() => !socket.IsConnected);
    }

    private static Task CreatedNamespacesAsync(RepeatedCause cause, int times) => OverflowAsync(cause, times, () =>
    {
        cause.Server.Server.Of($"/created-{Interlocked.Increment(ref _namespaces)}");
        return Task.CompletedTask;
    });

    private static async Task RoomsAsync(RepeatedCause cause, int times)
    {
        using var client = (await SioClient.ConnectAsync(cause.Server)).Client;
        var socket = Assert.Single(cause.Server.Server.Of("/").Sockets, one => one.IsConnected);
        await OverflowAsync(cause, times, async () =>
        {
            await socket.JoinAsync("room");
            await socket.LeaveAsync("room");
        });
        await client.CloseAsync();
        await cause.UntilAsync(() => !socket.IsConnected);
    }

    private static async Task OverflowAsync(RepeatedCause cause, int times, Func<Task> notify)
    {
        using var dropped = new Counts(cause.Server, "typedsocketredis.server.notifications.dropped");
        while (dropped.Sum < times) await notify();
    }

    private static async Task NamespacesAsync(RepeatedCause cause, int times)
    {
        using var client = (await SioClient.ConnectAsync(cause.Server, path: "/room-0")).Client;
        await cause.JoinAsync(times, i => $"/room-{i + 1}");
    }

    private sealed class Throwing : IHttpRequestTimeoutFeature
    {
        public CancellationToken RequestTimeoutToken => CancellationToken.None;

        public void DisableTimeout() => throw new NotSupportedException();
    }

    /// <summary>Represents any error in the action of an expired deadline.</summary>
    private sealed class FaultyDeadline : DeadlineEntry
    {
        public override void OnDue() => throw new InvalidOperationException();
    }
}

/// <summary>The server under test and the actions that several causes share.</summary>
/// <param name="server">The server.</param>
/// <param name="time">The clock of the server.</param>
internal sealed class RepeatedCause(TestServer server, FakeTimeProvider time) : IDisposable
{
    private const string Polling = "EIO=4&transport=polling";

    private readonly HttpClient _http = new();
    private PollingClient? _first;

    public TestServer Server => server;

    public FakeTimeProvider Time => time;

    /// <summary>Opens sessions, or sends other polling requests.</summary>
    public async Task OpenAsync(int times, string query = Polling)
    {
        for (var i = 0; i < times; i++) (await _http.GetAsync(server.Url(query), TestServer.Patience)).Dispose();
    }

    /// <summary>Opens sessions in addition to an open one.</summary>
    public async Task RefusedAsync(int times)
    {
        _first ??= await PollingClient.ConnectAsync(server);
        await OpenAsync(times);
    }

    /// <summary>Joins namespaces that refuse the client.</summary>
    public async Task JoinAsync(int times, Func<int, string> path)
    {
        using var client = await SioClient.OpenAsync(server, polling: false);
        for (var i = 0; i < times; i++)
        {
            await client.SendAsync(path(i) == "/" ? "40" : $"40{path(i)},");
            Assert.StartsWith("44", await client.NextAsync(), StringComparison.Ordinal);
        }
    }

    public async Task UntilAsync(Func<bool> condition)
    {
        var patience = TestServer.Patience;
        while (!condition())
        {
            patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public void Dispose()
    {
        _first?.Dispose();
        _http.Dispose();
    }
}
