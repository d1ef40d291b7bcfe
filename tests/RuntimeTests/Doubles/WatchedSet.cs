using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>The watch over a set of subscriptions whose probes and confirmations a test decides about; its clock stands still.</summary>
internal sealed class WatchedSet : IAsyncDisposable
{
    /// <summary>A classic set has a channel that other nodes subscribe to as well.</summary>
    public static readonly RedisChannel Requests = RedisChannel.Literal("request");

    private const int UnresponsiveEvent = 1206;
    private const int VerifiedEvent = 1207;

    private readonly CancellationTokenSource _stop = new();
    private readonly RedisMetrics _metrics = new();
    private readonly RecordingLogger _log = new();
    private readonly RedisConnection _connection;
    private readonly Task _watching;
    private int _verifications;

    /// <param name="kind">The kind of the channels: classic or sharded.</param>
    /// <param name="connection">The connection of the set.</param>
    public WatchedSet(string kind, FakeConnection connection)
    {
        var isSharded = kind == "sharded";
        Probe = isSharded ? RedisChannel.Sharded("probe") : RedisChannel.Literal("probe");
        _connection = RedisConnection.Over(connection.Multiplexer, _metrics, _log, isSharded);
        var channels = new BusSet("/", Probe) { Shared = isSharded ? [] : [BusProbe.OfRequests(Requests)] };
        Watch = new BusWatch(_connection, channels, Reader, _metrics, Time, _log)
        {
            Verify = VerifyAsync,
            ChooseProbes = ChooseAsync,
            Renew = static _ => Task.CompletedTask,
            IsMasterAway = () => IsMasterAway,
        };
        if (isSharded) Watch.Choose([Probe]);
        _watching = Watch.RunAsync(_stop.Token);
    }

    public FakeTimeProvider Time { get; } = new();

    public BusReader Reader { get; } = new(new BusBacklog());

    public BusWatch Watch { get; }

    public RedisChannel Probe { get; }

    /// <summary>The answer to whether all channels are confirmed.</summary>
    public Func<Task<bool>> Confirmed { get; set; } = static () => Task.FromResult(true);

    public bool IsMasterAway { get; set; }

    /// <summary>The number of times that the channels were checked.</summary>
    public int Verifications => Volatile.Read(ref _verifications);

    /// <summary>The number of reported losses.</summary>
    public int Losses => _log.Count(UnresponsiveEvent);

    /// <summary>Delivers a message of a channel.</summary>
    public void Receive(RedisChannel channel) => Watch.Of(channel)!.Arrived();

    /// <summary>Moves the node to another server.</summary>
    public Task MoveAsync(FakeConnection next) => _connection.UseAsync(next.Multiplexer);

    /// <summary>Lets time pass until something holds.</summary>
    public Task PassAsync(Func<bool> condition) => Eventually.TrueAsync(
        () =>
        {
            if (condition()) return true;
            Time.Advance(TimeSpan.FromMilliseconds(50));
            return false;
        },
        () => $"{Verifications} checks, {Losses} losses, {Watch.State}");

    /// <summary>Checks the set until it is known to receive.</summary>
    public Task HealthyAsync()
    {
        var before = _log.Count(VerifiedEvent);
        Watch.Wake();
        return PassAsync(() => _log.Count(VerifiedEvent) > before && Watch.State == SubscriptionHealth.Healthy);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.WaitAsync(TimeSpan.FromSeconds(40), TestContext.Current.CancellationToken);
        await _connection.DisposeAsync();
        _metrics.Dispose();
        _stop.Dispose();
    }

    private Task<bool> VerifyAsync()
    {
        Interlocked.Increment(ref _verifications);
        return Confirmed();
    }

    private Task ChooseAsync()
    {
        Watch.Choose([Probe]);
        return Task.CompletedTask;
    }
}
