using System.Diagnostics;
using StackExchange.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The loss of a Redis Cluster replica, which holds no sharded subscriptions. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class LostReplicaServerTests(LostReplicaServerTests.Servers redis) : IClassFixture<LostReplicaServerTests.Servers>
{
    private const int SubscriptionRecovered = 1211;

    // Longer than a check of the subscriptions takes, and shorter than the interval between two of them.
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(500);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_replica_does_not_count_as_a_lost_connection(bool isShared)
    {
        var options = new ShardedRedisAdapterOptions { ProbeInterval = TimeSpan.FromSeconds(2), ChannelPrefix = $"replica-{isShared}" };
        await using var shared = await ConnectionMultiplexer.ConnectAsync(redis.Cluster.Configuration);
        await using var node = isShared ? await ServerNode.StartAsync(shared, options)
            : await ServerNode.StartAsync(redis.Cluster.Configuration, options);
        await node.UntilAsync(() => node.Health.Unhealthy == 0);
        var replica = redis.Cluster.Nodes.Last(one => one.IsRunning);
        using var lost = new Lost(shared, replica);

        await replica.StopAsync();
        await lost.SeenAsync();

        // The node checked its subscriptions again and found none interrupted.
        var since = Stopwatch.StartNew();
        await node.UntilAsync(() => since.Elapsed - node.Health.TimeSinceLastProbe > Later && node.Health.Unhealthy == 0);
        Assert.Equal(0, node.Log.Count(SubscriptionRecovered));
        Assert.True(node.Health.IsConnected);
    }

    /// <summary>A Redis Cluster with replicas for these tests.</summary>
    public sealed class Servers : IAsyncLifetime
    {
        public RedisClusterProcess Cluster { get; } = new() { Replicas = 3 };

        public ValueTask InitializeAsync() => Cluster.InitializeAsync();

        public ValueTask DisposeAsync() => Cluster.DisposeAsync();
    }

    /// <summary>Waits until a client library has noticed the loss of a server.</summary>
    private sealed class Lost : IDisposable
    {
        private readonly ConnectionMultiplexer _multiplexer;
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly string _endPoint;

        public Lost(ConnectionMultiplexer multiplexer, RedisServerProcess server)
        {
            (_multiplexer, _endPoint) = (multiplexer, server.Configuration);
            multiplexer.ConnectionFailed += OnFailed;
        }

        public Task SeenAsync() => _seen.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        public void Dispose() => _multiplexer.ConnectionFailed -= OnFailed;

        private void OnFailed(object? sender, ConnectionFailedEventArgs args)
        {
            if (args.EndPoint?.ToString() == _endPoint) _seen.TrySetResult();
        }
    }
}
