using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Delegates;

/// <summary>A throwing logger provider or meter listener affects nothing else.</summary>
public class ThrowingListenerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Throwing_loggers_and_meter_listeners_affect_neither_clients_nor_the_shutdown(bool polling)
    {
        using var listener = new MeterListener();
        var measured = 0;
        var provider = new Throwing();
        await using var server = await TestServer.StartAsync(services: services => services.AddSingleton<ILoggerProvider>(provider));
        listener.InstrumentPublished = (instrument, one) =>
        {
            if (instrument.Meter.Name == "TypedSocketRedis" && instrument.Meter.Scope == server.Meters)
                one.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) =>
        {
            Interlocked.Increment(ref measured);
            throw new InvalidOperationException("listener");
        });
        listener.Start();
        var left = new Waiting<bool>();
        server.Server.Of("/").OnConnected(socket =>
        {
            socket.OnDisconnected(_ => left.Set(true));
            throw new InvalidOperationException("connected");
        });
        server.Server.Of("/").On("ping", (_, _) => Task.CompletedTask);
        server.Server.Of("/").On("fail", (_, _) => throw new InvalidOperationException("event"));

        using (var client = (await SioClient.ConnectAsync(server, polling)).Client)
        {
            await client.SendAsync("421[\"fail\"]");
            Assert.Equal("431[{\"error\":\"The event could not be handled.\"}]", await client.NextAsync());
            await client.SendAsync("422[\"ping\"]");
            Assert.Equal("432[]", await client.NextAsync());
            await client.CloseAsync();
        }

        await left.Value;
        using var last = await WsClient.ConnectAsync(server);
        var closed = last.ClosedAsync();
        await server.StopAsync();
        await closed;
        Assert.True(measured > 0);
        Assert.True(provider.Calls > 0);
    }

    [Fact]
    public async Task A_server_starts_although_the_publication_of_an_instrument_throws()
    {
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Name.StartsWith("typedsocketredis.server.", StringComparison.Ordinal) && Starting.Value)
                    throw new InvalidOperationException("listener");
            },
        };
        listener.Start();
        Starting.Value = true;
        await using var server = await TestServer.StartAsync();
        Starting.Value = false;
        using var client = await WsClient.ConnectAsync(server);
        await client.SendAsync("41");
    }

    [Fact]
    public async Task An_unmapped_server_is_logged_once()
    {
        var log = new LogEntries();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddSingleton<ILoggerProvider>(log);
        builder.Services.AddSocketIO();
        await using var app = builder.Build();
        await app.StartAsync(TestServer.Patience);
        Assert.Contains("MapSocketIO", Assert.Single(log.Texts(2106, LogLevel.Warning)), StringComparison.Ordinal);
        await app.StopAsync(TestServer.Patience);
    }

    [Fact]
    public async Task A_mapped_server_is_not_logged()
    {
        var log = new LogEntries();
        await using var server = await TestServer.StartAsync(services: services => services.AddSingleton<ILoggerProvider>(log));
        Assert.Empty(log.Texts(2106, LogLevel.Warning));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_server_without_an_adapter_says_so_at_start(bool isAlone, int entries)
    {
        var log = new LogEntries();
        await using var server = await TestServer.StartAsync(services: services =>
        {
            services.AddSingleton<ILoggerProvider>(log);
            if (!isAlone) services.AddSocketIO().AddAdapter(_ => new InMemoryCluster().CreateAdapter());
        });
        Assert.Equal(entries, log.Texts(2117, LogLevel.Information).Count);
    }

    // Servers of other tests start at the same time.
    private static readonly AsyncLocal<bool> Starting = new();

    private sealed class Throwing : ILoggerProvider, ILogger
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        // The entries of the host and its web server are not part of the test.
        public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("TypedSocketRedis", StringComparison.Ordinal)
            ? this
            : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => throw Failure();

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
            string> formatter) =>
            throw Failure();

        public void Dispose()
        {
        }

        private InvalidOperationException Failure()
        {
            Interlocked.Increment(ref _calls);
            return new InvalidOperationException("logger");
        }
    }
}
