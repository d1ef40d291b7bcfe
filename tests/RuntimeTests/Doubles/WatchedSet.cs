using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A set of subscriptions over a connection whose faults a test decides about; its clock stands still.</summary>
internal sealed class WatchedSet : IAsyncDisposable
{
    private const int UnresponsiveEvent = 1206;
    private const int VerifiedEvent = 1207;
    private const int RecoveredEvent = 1211;

    private readonly RedisMetrics _metrics = new();
    private readonly RecordingLogger _log = new();
    private int _received;

    /// <param name="kind">The kind of the channels: classic or sharded.</param>
    /// <param name="link">The connection of the set.</param>
    /// <param name="timings">The times; their clock is replaced.</param>
    public WatchedSet(string kind, FakeLink link, BusTimings? timings = null)
    {
        BusTopology topology = kind == "sharded" ? new ShardedTopology() : new PinnedTopology();
        (Probe, Requests) = (topology.ChannelOf("probe"), topology.ChannelOf("request"));
        Connection = RedisConnection.Over(
            link, [], null, topology, (timings ?? BusTimings.Default) with { Clock = Time }, _metrics, _log);
        var shared = kind == "sharded" ? [] : new[] { BusProbe.OfRequests(Requests) };
        Set = new BusSubscription(Connection, new BusSet("/", Probe) { Shared = shared }, (_, _) => Interlocked.Increment(ref _received),
            _metrics, _log);
        if (kind != "sharded") _ = Set.AddAsync(Probe);
        _ = Set.AddAsync(Requests);
        Connection.Changed = change =>
        {
            if (change != ConnectionEvent.Tick) Set.Handle(change);
            else if (Set.IsCheckDue()) Set.Check();
        };
    }

    public FakeTimeProvider Time { get; } = new();

    public RedisConnection Connection { get; }

    public BusSubscription Set { get; }

    public RedisChannel Probe { get; }

    /// <summary>Gets a channel that other nodes subscribe to as well.</summary>
    public RedisChannel Requests { get; }

    /// <summary>Gets the number of delivered messages.</summary>
    public int Received => Volatile.Read(ref _received);

    /// <summary>Gets the number of reported losses.</summary>
    public int Losses => _log.Count(UnresponsiveEvent);

    /// <summary>Gets the number of reported outages that have ended.</summary>
    public int Outages => _log.Count(RecoveredEvent);

    /// <summary>Starts the set.</summary>
    public WatchedSet Start()
    {
        Set.Start(Task.CompletedTask);
        return this;
    }

    /// <summary>Lets time pass until something holds.</summary>
    public Task PassAsync(Func<bool> condition, int milliseconds = 50) => Eventually.TrueAsync(
        () =>
        {
            if (condition()) return true;
            Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            return false;
        },
        () => $"{Losses} losses, {Outages} outages, {Set.Health}");

    /// <summary>Checks the set until it is known to receive.</summary>
    public Task HealthyAsync()
    {
        var before = _log.Count(VerifiedEvent);
        Set.Suspect();
        return PassAsync(() => _log.Count(VerifiedEvent) > before && Set.Health == SubscriptionHealth.Healthy);
    }

    public async ValueTask DisposeAsync()
    {
        var ending = Set.DisposeAsync().AsTask();
        await PassAsync(() => ending.IsCompleted);
        await Connection.DisposeAsync();
        _metrics.Dispose();
    }
}
