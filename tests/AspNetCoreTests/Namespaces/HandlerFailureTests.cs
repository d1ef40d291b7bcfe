using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
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
    public async Task Unexpected_arguments_are_logged_five_times_per_minute_and_all_counted()
    {
        await using var server = await StartAsync();
        using var failures = new Counts(server, "typedsocketredis.server.handlers.failed");
        server.Server.Of("/").On("say", async (_, sent) => sent[0].GetString());
        server.Server.Of("/").On("count", async (_, sent) => sent[0].GetInt64());
        using var client = await WsClient.ConnectAsync(server);
        for (var i = 0; i < 100; i++) await FailAsync(client, "42{0}[\"say\",1]", i);
        Assert.Equal(Enumerable.Repeat(typeof(FormatException), 5), _log.Of(HandlerFailed).Select(one => one!.GetType()));

        // Another type of exception and another event are logged separately.
        await FailAsync(client, "42{0}[\"say\"]", 100);
        await FailAsync(client, "42{0}[\"count\",\"one\"]", 101);
        Assert.Equal([typeof(ArgumentOutOfRangeException), typeof(FormatException)],
            _log.Of(HandlerFailed).Skip(5).Select(one => one!.GetType()));
        _time.Advance(TimeSpan.FromMinutes(1));
        for (var i = 102; i < 110; i++) await FailAsync(client, "42{0}[\"say\",1]", i);
        Assert.Equal(12, _log.Of(HandlerFailed).Count);
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

        // Five of each kind in a minute.
        Assert.Equal(
            ["between: 5", "watching: 5"],
            _log.Of(HandlerFailed).CountBy(one => one!.Message).Select(one => $"{one.Key}: {one.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(100, failures.Times);
    }

    [Fact]
    public async Task Middleware_exceptions_that_clients_cause_are_logged_five_times_per_minute()
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

        Assert.Equal(5, _log.Of(MiddlewareFailed).Count);
        Assert.All(_log.Of(MiddlewareFailed), failure => Assert.IsType<FormatException>(failure));
        Assert.Equal(50, refused.Times);
    }

    private static async Task FailAsync(WsClient client, string sent, int id)
    {
        await client.SendAsync(sent.Replace("{0}", $"{id}", StringComparison.Ordinal));
        Assert.Equal($"43{id}[{{\"error\":\"The event could not be handled.\"}}]", await client.TextAsync());
    }

    private Task<TestServer> StartAsync() =>
        TestServer.StartAsync(o => o.PingInterval = TimeSpan.FromHours(1), _time,
            services: services => services.AddSingleton<ILoggerProvider>(_log));
}
