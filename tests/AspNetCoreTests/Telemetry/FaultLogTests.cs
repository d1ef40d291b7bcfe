using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Telemetry;

/// <summary>The log entries of handlers that fail repeatedly.</summary>
public class FaultLogTests
{
    private readonly LogEntries _log = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Failures_that_were_not_logged_are_counted_in_an_entry()
    {
        await using var server = await TestServer.StartAsync(
            options => options.PingInterval = TimeSpan.FromHours(1),
            _time,
            io =>
            {
                io.Of("/").On("fail", (_, _) => Task.FromException(new NotSupportedException()));
                io.Of("/").On("other", (_, _) => Task.FromException(new NotSupportedException()));
                io.Of("/").OnServerEvent("news", _ => Task.FromException(new NotSupportedException()));
            },
            services: services => services.AddSingleton<ILoggerProvider>(_log));
        using var client = (await SioClient.ConnectAsync(server)).Client;
        for (var i = 0; i < 7; i++)
        {
            await client.SendAsync("427[\"fail\"]");
            await client.NextAsync();
            await server.Server.Of("/").ServerEvents.DispatchAsync("news", SocketArguments.Of(1), ack: null);
        }

        await client.SendAsync("427[\"other\"]");
        await client.NextAsync();
        Assert.Equal(6, _log.Of(2003).Count);
        Assert.Equal(5, _log.Of(1101).Count);
        Assert.Empty(_log.Of(2108));

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(
            "2 further failures of a handler or middleware were not logged within a minute. Member: event handler, event: fail, "
            + "namespace: /, exception: System.NotSupportedException.",
            Assert.Single(_log.Texts(2108, LogLevel.Error)));
        Assert.Equal(
            "2 further failures of handlers of the server event news in namespace / were not logged within a minute. "
            + "Exception: System.NotSupportedException.",
            Assert.Single(_log.Texts(1103, LogLevel.Error)));
    }
}
