using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>The operations between nodes, on three nodes over a bus in memory, while no time passes; one of them answers who asked alone.</summary>
public class RedisPeerLoopbackTests : PeerContract
{
    /// <summary>What each node subscribes.</summary>
    private protected virtual RedisSubscriptionMode Mode => RedisSubscriptionMode.Pattern;

    private protected override Task<AdapterCluster> StartAsync() => ClusterStart.InMemoryAsync(
        Enumerable.Range(0, 3).Select(i => new RedisAdapterOptions { SubscriptionMode = Mode, PublishOnSpecificResponseChannel = i == 1 }));
}

/// <summary>The same where nodes subscribe their rooms one by one.</summary>
public sealed class RedisPeerPerRoomLoopbackTests : RedisPeerLoopbackTests
{
    private protected override RedisSubscriptionMode Mode => RedisSubscriptionMode.PerRoom;
}

/// <summary>The operations between nodes, on three nodes over a real Redis; needs redis-server.</summary>
public class RedisPeerServerTests(RedisServerProcess redis) : PeerContract, IClassFixture<RedisServerProcess>
{
    /// <summary>What the nodes but the last subscribe.</summary>
    private protected virtual RedisSubscriptionMode Mode => RedisSubscriptionMode.Pattern;

    private protected override Task<AdapterCluster> StartAsync() => StartOnAsync(redis.Configuration, Mode);

    internal static Task<AdapterCluster> StartOnAsync(string configuration, RedisSubscriptionMode mode)
    {
        var key = $"test-{Guid.NewGuid():N}";
        return ClusterStart.OnAsync(configuration, Enumerable.Range(0, 3).Select(
            i => new RedisAdapterOptions { Key = key, SubscriptionMode = i == 2 ? RedisSubscriptionMode.Pattern : mode, PublishOnSpecificResponseChannel = i == 1 }));
    }
}

/// <summary>The same where nodes subscribe their rooms one by one, beside one that does not.</summary>
public sealed class RedisPeerPerRoomServerTests(RedisServerProcess redis) : RedisPeerServerTests(redis)
{
    private protected override RedisSubscriptionMode Mode => RedisSubscriptionMode.PerRoom;
}

/// <summary>The operations between nodes, on three nodes over a real Redis Cluster of three masters; needs redis-server.</summary>
public class RedisPeerClusterServerTests(RedisClusterProcess redis) : PeerContract, IClassFixture<RedisClusterProcess>
{
    /// <summary>What the nodes but the last subscribe.</summary>
    private protected virtual RedisSubscriptionMode Mode => RedisSubscriptionMode.Pattern;

    private protected override Task<AdapterCluster> StartAsync() => RedisPeerServerTests.StartOnAsync(redis.Configuration, Mode);
}

/// <summary>The same where nodes subscribe their rooms one by one, beside one that does not.</summary>
public sealed class RedisPeerPerRoomClusterServerTests(RedisClusterProcess redis) : RedisPeerClusterServerTests(redis)
{
    private protected override RedisSubscriptionMode Mode => RedisSubscriptionMode.PerRoom;
}
