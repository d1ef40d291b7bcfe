using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>Handler exceptions that clients can cause, which do not flood the log.</summary>
public class HandlerFailureTests
{
    private const int HandlerFailed = 2003;
    private const int MiddlewareFailed = 2101;

    private readonly LogEntries _log = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Arguments_that_a_handler_does_not_expect_are_logged_a_few_times_and_counted()
    {
        await using var server = await StartAsync();
        using var failures = new Counts(server, "typedsocketredis.server.handlers.failed");
        server.Server.Of("/").On("say", (_, sent) => Task.FromResult(sent[0].GetString()))
            .On("count", (_, sent) => Task.FromResult(sent[0].GetInt64()));
        using var client = await WsClient.ConnectAsync(server);
        for (var i = 0; i < 100; i++) await FailAsync(client, "42{0}[\"say\",1]", i);
        Assert.Equal(Logged([typeof(FormatException)]), _log.Of(HandlerFailed).Select(one => one!.GetType()));

        // Another type of exception and another event are logged separately.
        await FailAsync(client, "42{0}[\"say\"]", 100);
        await FailAsync(client, "42{0}[\"count\",\"one\"]", 101);
        Assert.Equal([typeof(ArgumentOutOfRangeException), typeof(FormatException)],
            _log.Of(HandlerFailed).Skip(FaultGate.MaxPerMinute).Select(one => one!.GetType()));
        _time.Advance(TimeSpan.FromMinutes(1));
        for (var i = 102; i < 110; i++) await FailAsync(client, "42{0}[\"say\",1]", i);
        Assert.Equal((2 * FaultGate.MaxPerMinute) + 2, _log.Of(HandlerFailed).Count);
        Assert.Equal(110, failures.Times);
    }

    [Fact]
    public async Task Event_names_chosen_by_clients_do_not_cause_separate_entries()
    {
        await using var server = await StartAsync();
        using var failures = new Counts(server, "typedsocketredis.server.handlers.failed");
        server.Server.Of("/")
            .OnConnected(socket =>
            {
                socket.OnAny((_, _) => throw new InvalidOperationException("watching"));
                socket.Use((_, _) => throw new InvalidOperationException("between"));
                return Task.CompletedTask;
            });
        using var client = await WsClient.ConnectAsync(server);
        for (var i = 0; i < 50; i++) await FailAsync(client, "42{0}[\"event {0}\"]", i);
        Assert.Equal(Logged(["watching", "between"]), _log.Of(HandlerFailed).Select(one => one!.Message));
        Assert.Equal(100, failures.Times);
    }

    [Fact]
    public async Task Middleware_exceptions_that_clients_cause_are_logged_a_few_times_per_minute()
    {
        await using var server = await StartAsync();
        using var refused = new Counts(server, "typedsocketredis.server.sockets.refused");
        server.Server.Of("/auth").Use(socket => Task.FromResult(socket.Handshake.Auth.GetInt64()));
        using var client = await WsClient.OpenAsync(server);
        for (var i = 0; i < 50; i++)
        {
            await client.SendAsync("40/auth,{}");
            Assert.Equal("44/auth,{\"message\":\"The connection could not be made.\"}", await client.TextAsync());
        }

        Assert.Equal(Logged([typeof(FormatException)]), _log.Of(MiddlewareFailed).Select(one => one!.GetType()));
        Assert.Equal(50, refused.Times);
    }

    /// <summary>Returns the entries of faults that occur in turn more often than they are logged.</summary>
    private static IEnumerable<T> Logged<T>(T[] faults) => Enumerable.Repeat(faults, FaultGate.MaxPerMinute).SelectMany(one => one);

    private static async Task FailAsync(WsClient client, string sent, int id)
    {
        await client.SendAsync(sent.Replace("{0}", $"{id}", StringComparison.Ordinal));
        Assert.Equal($"43{id}[{{\"error\":\"The event could not be handled.\"}}]", await client.TextAsync());
    }

    private Task<TestServer> StartAsync() =>
        TestServer.StartAsync(o => o.PingInterval = TimeSpan.FromHours(1), _time,
            services: services => services.AddSingleton<ILoggerProvider>(_log));
}
