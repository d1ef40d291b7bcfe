using System.Diagnostics;
using System.Diagnostics.Metrics;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Messages that arrive faster than they are handled; needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class BusBacklogServerTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private const int Verified = 1207;
    private const int Recovered = 1211;
    private const int Overflowed = 1231;
    private const int Megabyte = 1_000_000;

    private static readonly RedisChannel Probe = RedisChannel.Literal("backlog-probe");
    private static readonly RedisChannel Busy = RedisChannel.Literal("backlog");

    [Fact]
    public async Task Messages_beyond_the_maximum_backlog_are_dropped_and_reported_as_an_outage()
    {
        using var metrics = new RedisMetrics();
        using var losses = new Losses(metrics);
        using var gate = new ManualResetEventSlim();
        var log = new RecordingLogger();
        var handled = 0;
        var isSmallHandled = false;
        var connection = RedisConnection.Open(
            ConfigurationOptions.Parse(redis.Configuration), new PinnedTopology(), BusTimings.Default, metrics, log);
        await using var bus = new StackExchangeRedisBus(connection, metrics, log).Start();
        await using var set = bus.Subscribe(Probe, (_, message) =>
        {
            gate.Wait();
            if (message.Length < Megabyte) Volatile.Write(ref isSmallHandled, true);
            Interlocked.Increment(ref handled);
        });
        _ = set.AddAsync(Probe);
        _ = set.AddAsync(Busy);
        await Eventually.TrueAsync(() => log.Count(Verified) == 1 && set.Has(Busy), () => "The channel is not subscribed.");
        await using var other = await redis.ConnectAsync();

        for (var i = 0; i < 100; i++) await other.GetSubscriber().PublishAsync(Busy, new byte[Megabyte]);
        await Eventually.TrueAsync(() => log.Count(Overflowed) == 1, () => "The backlog did not overflow.");
        gate.Set();

        await Eventually.TrueAsync(
            () => log.Count(Recovered) == 1,
            () => $"The subscription did not recover; {handled} messages were handled.");
        Assert.InRange(handled, 60, 99);
        Assert.True(losses.Gap >= losses.Dropping, $"{losses.Gap} s were reported; messages were dropped during {losses.Dropping} s.");
        Assert.True(losses.Dropping > 0);
        await other.GetSubscriber().PublishAsync(Busy, "small");
        await Eventually.TrueAsync(() => Volatile.Read(ref isSmallHandled), () => "No message is received after the recovery.");
    }

    [Fact]
    public async Task The_backlogs_of_all_namespaces_have_one_maximum()
    {
        const int Each = 60;
        using var metrics = new RedisMetrics();
        using var gate = new ManualResetEventSlim();
        var log = new RecordingLogger();
        var handled = 0;
        var connection = RedisConnection.Open(
            ConfigurationOptions.Parse(redis.Configuration), new PinnedTopology(), BusTimings.Default, metrics, log);
        await using var bus = new StackExchangeRedisBus(connection, metrics, log).Start();
        string[] names = ["/a", "/b", "/c"];
        var sets = names.Select(name => bus.Subscribe(new BusSet(name, Named($"probe{name}")), (_, _) =>
        {
            gate.Wait();
            Interlocked.Increment(ref handled);
        })).ToArray();
        for (var i = 0; i < names.Length; i++) _ = sets[i].AddAsync(Named(names[i]));
        await Eventually.TrueAsync(
            () => names.Select((name, i) => sets[i].Has(Named(name))).All(static has => has),
            () => "The channels are not subscribed.");
        await using var other = await redis.ConnectAsync();

        foreach (var name in names)
            for (var i = 0; i < Each; i++) await other.GetSubscriber().PublishAsync(Named(name), new byte[Megabyte]);
        await Eventually.TrueAsync(() => log.Count(Overflowed) == 1, () => "The backlog did not overflow.");
        gate.Set();

        await Eventually.TrueAsync(
            () => connection.Backlog.IsHalfFree && Volatile.Read(ref handled) >= 2 * Each,
            () => $"{handled} messages were handled.");
        Assert.InRange(handled, 2 * Each, (ByteBudget.Limit / Megabyte) + names.Length);
        foreach (var set in sets) await set.DisposeAsync();

        static RedisChannel Named(string name) => RedisChannel.Literal($"all-{name}");
    }

    [Fact]
    public async Task A_namespace_that_ends_returns_the_bytes_of_its_backlog()
    {
        using var metrics = new RedisMetrics();
        using var gate = new ManualResetEventSlim();
        var log = new RecordingLogger();
        var handled = 0;
        var connection = RedisConnection.Open(
            ConfigurationOptions.Parse(redis.Configuration), new PinnedTopology(), BusTimings.Default, metrics, log);
        await using var bus = new StackExchangeRedisBus(connection, metrics, log).Start();
        var ending = RedisChannel.Literal("backlog-ending");
        var set = (BusSubscription)bus.Subscribe(new BusSet("/ending", RedisChannel.Literal("backlog-ending-probe")), (_, _) =>
        {
            gate.Wait();
            Interlocked.Increment(ref handled);
        });
        _ = set.AddAsync(ending);
        await Eventually.TrueAsync(() => set.Has(ending), () => "The channel is not subscribed.");
        await using var other = await redis.ConnectAsync();
        for (var i = 0; i < 10; i++) await other.GetSubscriber().PublishAsync(ending, new byte[Megabyte]);
        await Eventually.TrueAsync(() => connection.Backlog.Held > 10 * Megabyte, () => "The messages did not arrive.");

        await set.DisposeAsync();
        await set.Ended;
        gate.Set();

        await Eventually.TrueAsync(() => connection.Backlog.Held == 0, () => $"{connection.Backlog.Held} bytes are held.");
        Assert.Equal(1, Volatile.Read(ref handled));
    }

    /// <summary>The time during which messages were dropped, and the reported duration of the outage.</summary>
    private sealed class Losses : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly Lock _gate = new();
        private long _first;
        private long _last;
        private double _gap;

        public Losses(RedisMetrics metrics)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                var isMeasured = instrument.Name.EndsWith("dropped", StringComparison.Ordinal)
                    || instrument.Name.EndsWith("outage.duration", StringComparison.Ordinal);
                if (instrument.Meter == metrics.Meter && isMeasured) listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, _, _, _) =>
            {
                lock (_gate)
                {
                    _last = Stopwatch.GetTimestamp();
                    if (_first == 0) _first = _last;
                }
            });
            _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) =>
            {
                lock (_gate) _gap += seconds;
            });
            _listener.Start();
        }

        public double Dropping
        {
            get { lock (_gate) return Stopwatch.GetElapsedTime(_first, _last).TotalSeconds; }
        }

        public double Gap
        {
            get { lock (_gate) return _gap; }
        }

        public void Dispose() => _listener.Dispose();
    }
}
