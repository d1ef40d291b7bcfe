using System.Collections.Concurrent;
using System.Text;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A bus with one set of subscriptions over a <see cref="FakeLink"/>, whose times are milliseconds.</summary>
internal sealed class FakeNode : IAsyncDisposable
{
    private const int UnresponsiveEvent = 1206;
    private const int RecoveredEvent = 1211;

    public static readonly BusTimings Quick = BusTimings.Default with
    {
        LookInterval = Milliseconds(10),
        RefreshInterval = Milliseconds(10),
        RefreshWait = Milliseconds(50),
        ReplacementPause = Milliseconds(10),
        ConfirmTimeout = Milliseconds(50),
        MaxConfirmPause = Milliseconds(5),
        UnresponsiveServerPause = Milliseconds(500),
        RepairPause = Milliseconds(1),
        MaxReplicaStay = Milliseconds(50),
        EndTimeout = Milliseconds(500),
        ProbeInterval = Milliseconds(50),
        ProbeRepetition = Milliseconds(10),
        ProbeTimeout = Milliseconds(100),
        MaxProbeDelay = Milliseconds(200),
        BusySetTimeout = Milliseconds(100),
    };

    private readonly RedisMetrics _metrics = new();
    private readonly ConcurrentQueue<string> _received = new();

    /// <param name="isSharded">The kind of the channels.</param>
    /// <param name="link">The connection.</param>
    /// <param name="timings">The times.</param>
    /// <param name="channels">The channels to subscribe, of which the first one is probed if others subscribe to it as well.</param>
    public FakeNode(bool isSharded, IRedisLink link, BusTimings timings, params RedisChannel[] channels)
    {
        BusTopology topology = isSharded ? new ShardedTopology() : new PinnedTopology();
        Connection = RedisConnection.Over(link, [], null, topology, timings, _metrics, Log);
        Bus = new StackExchangeRedisBus(Connection, _metrics, Log).Start();
        var probe = topology.ChannelOf("probe");
        var set = new BusSet("/", probe) { Shared = isSharded ? [] : [BusProbe.OfRequests(channels[0])] };
        Set = Bus.Subscribe(set, (_, message) => _received.Enqueue(Encoding.UTF8.GetString(message.Span)));
        if (!isSharded) _ = Set.AddAsync(probe);
        foreach (var channel in channels) _ = Set.AddAsync(channel);
    }

    public RecordingLogger Log { get; } = new();

    public RedisConnection Connection { get; }

    public StackExchangeRedisBus Bus { get; }

    public IBusSubscription Set { get; }

    /// <summary>Gets the delivered messages.</summary>
    public string[] Received => [.. _received];

    /// <summary>Gets the number of reported losses.</summary>
    public int Losses => Log.Count(UnresponsiveEvent);

    /// <summary>Gets the number of reported outages that have ended.</summary>
    public int Outages => Log.Count(RecoveredEvent);

    /// <summary>Waits for a condition.</summary>
    public Task UntilAsync(Func<bool> condition) =>
        Eventually.TrueAsync(condition, () => $"{Bus.Health}, {Losses} losses, {Outages} outages, {Received.Length} messages");

    /// <summary>Waits until the set is known to receive.</summary>
    public Task HealthyAsync() => UntilAsync(() => Bus.Health is { IsConnected: true, Unhealthy: 0 });

    /// <summary>Receives a message of another node on a channel.</summary>
    public async Task ReceivesAsync(FakeRedis redis, RedisChannel channel)
    {
        var message = Guid.NewGuid().ToString();
        Assert.Equal(1, redis.Publish(channel, Encoding.UTF8.GetBytes(message)));
        await UntilAsync(() => Received.Contains(message));
    }

    public async ValueTask DisposeAsync()
    {
        await Set.DisposeAsync();
        await Bus.DisposeAsync();
        _metrics.Dispose();
    }

    private static TimeSpan Milliseconds(int value) => TimeSpan.FromMilliseconds(value);
}
