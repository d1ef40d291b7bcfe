using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>An adapter of a third party that fails or hangs harms only the traffic with other nodes.</summary>
public sealed class AdapterBusTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogger _log = new();
    private readonly FailingAdapter _adapter = new();
    private readonly RecordingSocket _socket = new();
    private readonly ServiceProvider _services;
    private readonly RedisAdapterFactory _factory;

    public AdapterBusTests()
    {
        _services = new ServiceCollection().AddSingleton<ILoggerFactory>(_log).AddSingleton<TimeProvider>(_time).BuildServiceProvider();
        _factory = RedisAdapterFactory.Over(_services, "", _adapter);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failed_publish_reaches_those_who_await_it_and_is_logged_once()
    {
        await using var node = _factory.Create("/", JsonPacketFormat.Default);
        await node.JoinAsync(_socket, [], Token);
        _adapter.Failure = new IOException("The broker is not connected.");
        var emitter = Emitters.Over<AnyEvents>(node);

        for (var i = 0; i < 20; i++) emitter.All.Emit("hi");
        var receipt = new EmitReceipt();
        Assert.Same(_adapter.Failure, await Assert.ThrowsAsync<IOException>(
            () => emitter.All.WithReceipt(receipt).EmitAsync("hi").AsTask()));

        Assert.Equal(21, _socket.Received.Count);
        Assert.Equal(1, _log.Count(1205));
        Assert.Contains("The broker is not connected.", _log.Text(1205), StringComparison.Ordinal);
        Assert.Null(receipt.Connections);
    }

    [Fact]
    public async Task Nodes_that_cannot_be_counted_are_missing()
    {
        await using var node = _factory.Create("/", JsonPacketFormat.Default);
        await node.JoinAsync(_socket, [], Token);
        _adapter.Failure = new IOException("The broker is not connected.");

        var fetched = await node.FetchSocketsAsync(BroadcastOptions.Everyone, Token);

        Assert.Equal((_socket.Id, false), (Assert.Single(fetched).Id, fetched.IsComplete));
        await Assert.ThrowsAsync<TimeoutException>(() => node.ServerCountAsync(Token));
    }

    [Fact]
    public async Task A_count_without_end_is_given_up()
    {
        await using var node = _factory.Create("/", JsonPacketFormat.Default);
        _adapter.Counting = new TaskCompletionSource<int>();
        var counting = node.ServerCountAsync(Token);
        _time.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<TimeoutException>(() => counting);
    }

    [Fact]
    public async Task A_failed_subscription_is_begun_again_by_the_next_join()
    {
        _adapter.Failure = new IOException("The broker is not connected.");
        await using var node = _factory.Create("/", JsonPacketFormat.Default);
        await node.JoinAsync(_socket, ["room"], Token);
        await node.JoinAsync(_socket, ["other"], Token);
        Assert.Equal(1, _log.Count(1243));
        Assert.Equal(0, _adapter.Subscriptions);

        _adapter.Failure = null;
        await node.JoinAsync(_socket, ["third"], Token);

        Assert.Equal(2, _adapter.Subscriptions);
    }

    [Fact]
    public async Task The_end_of_a_namespace_ends_its_subscriptions_and_that_of_the_server_the_adapter()
    {
        var node = _factory.Create("/", JsonPacketFormat.Default);
        await node.ReadyAsync();
        Assert.Equal(2, _adapter.Subscriptions);
        await node.DisposeAsync();
        Assert.Equal(0, _adapter.Subscriptions);
        Assert.False(_adapter.IsDisposed);
        await _factory.DisposeAsync();
        Assert.True(_adapter.IsDisposed);
    }

    [Fact]
    public async Task The_health_check_of_Redis_does_not_judge_another_adapter()
    {
        var services = new ServiceCollection().AddSingleton<INamespaceAdapterFactory>(_factory).AddLogging();
        services.AddHealthChecks().AddSocketIORedis();
        await using var provider = services.BuildServiceProvider();

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);

        Assert.Equal("The server does not use Redis.", report.Entries.Single().Value.Description);
    }

    [Fact]
    public async Task Metrics_and_log_entries_name_the_adapter_and_not_Redis()
    {
        var names = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == SocketIOTelemetry.MeterName) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) =>
        {
            if (tags.Contains(new("server", "measured"))) names.AddOrUpdate(instrument.Name, count, (_, sum) => sum + count);
        });
        listener.Start();
        await using var factory = RedisAdapterFactory.Over(_services, "measured", new FailingAdapter());
        await using var node = factory.Create("/", JsonPacketFormat.Default);
        await node.JoinAsync(_socket, [], Token);
        var emitter = Emitters.Over<AnyEvents>(node);
        await emitter.All.EmitAsync("hi");

        Assert.Equal([new("typedsocketredis.adapter.published", 1)], names);
        Assert.Contains("TypedSocketRedis.Adapter.measured", _log.Categories);
        Assert.DoesNotContain(_log.Categories, static name => name.Contains("Redis.Redis", StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_has_one_adapter()
    {
        var builder = new SocketIOBuilder(new ServiceCollection()).AddAdapter(_ => _adapter);
        Assert.Contains("AddAdapter was called after AddAdapter",
            Assert.Throws<InvalidOperationException>(() => builder.AddAdapter(_ => _adapter)).Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        await _services.DisposeAsync();
    }

    private sealed class FailingAdapter : ISocketAdapter
    {
        private readonly HashSet<string> _channels = [];

        public Exception? Failure { get; set; }

        public TaskCompletionSource<int>? Counting { get; set; }

        public bool IsDisposed { get; private set; }

        public int Subscriptions => _channels.Count;

        public Task PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => Result();

        public Task SubscribeAsync(string channel, ISocketAdapterReceiver receiver, CancellationToken cancellationToken)
        {
            if (Failure is null) _channels.Add(channel);
            return Result();
        }

        public Task UnsubscribeAsync(string channel)
        {
            _channels.Remove(channel);
            return Task.CompletedTask;
        }

        public Task<int> CountSubscribersAsync(string channel, CancellationToken cancellationToken) =>
            Failure is { } failure ? throw failure : Counting?.Task ?? Task.FromResult(1);

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }

        private Task Result() => Failure is { } failure ? Task.FromException(failure) : Task.CompletedTask;
    }
}
