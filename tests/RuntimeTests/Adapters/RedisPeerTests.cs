using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>The operations between three nodes with an in-memory bus. One node uses the response channels of requesters.</summary>
public class RedisPeerLoopbackTests : PeerContract
{
    /// <summary>Gets the subscription mode of the nodes.</summary>
    private protected virtual RedisSubscriptionMode Mode => RedisSubscriptionMode.Pattern;

    private protected override Task<AdapterCluster> StartAsync() => ClusterStart.InMemoryAsync(
        Enumerable.Range(0, 3).Select(i => new RedisAdapterOptions { SubscriptionMode = Mode, PublishOnSpecificResponseChannel = i == 1 }));
}

/// <summary>The same tests with nodes that subscribe per room.</summary>
public sealed class RedisPeerPerRoomLoopbackTests : RedisPeerLoopbackTests
{
    private protected override RedisSubscriptionMode Mode => RedisSubscriptionMode.PerRoom;
}

/// <summary>The operations between three nodes with a Redis server. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public class RedisPeerServerTests(RedisServerProcess redis) : PeerContract, IClassFixture<RedisServerProcess>
{
    /// <summary>Gets the subscription mode of all nodes except for the last one.</summary>
    private protected virtual RedisSubscriptionMode Mode => RedisSubscriptionMode.Pattern;

    private protected override Task<AdapterCluster> StartAsync() => StartOnAsync(redis.Configuration, Mode);

    internal static Task<AdapterCluster> StartOnAsync(string configuration, RedisSubscriptionMode mode)
    {
        var key = $"test-{Guid.NewGuid():N}";
        return ClusterStart.OnAsync(configuration, Enumerable.Range(0, 3).Select(
            i => new RedisAdapterOptions { Key = key, SubscriptionMode = i == 2 ? RedisSubscriptionMode.Pattern : mode,
                PublishOnSpecificResponseChannel = i == 1 }));
    }
}

/// <summary>The same tests with two nodes that subscribe per room and one that does not.</summary>
[Trait("Needs", "Linux")]
public sealed class RedisPeerPerRoomServerTests(RedisServerProcess redis) : RedisPeerServerTests(redis)
{
    private protected override RedisSubscriptionMode Mode => RedisSubscriptionMode.PerRoom;
}

/// <summary>The operations between three nodes with a Redis Cluster of three masters. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public class RedisPeerClusterServerTests(RedisClusterProcess redis) : PeerContract, IClassFixture<RedisClusterProcess>
{
    /// <summary>Gets the subscription mode of all nodes except for the last one.</summary>
    private protected virtual RedisSubscriptionMode Mode => RedisSubscriptionMode.Pattern;

    private protected override Task<AdapterCluster> StartAsync() => RedisPeerServerTests.StartOnAsync(redis.Configuration, Mode);
}

/// <summary>The same tests with two nodes that subscribe per room and one that does not.</summary>
[Trait("Needs", "Linux")]
public sealed class RedisPeerPerRoomClusterServerTests(RedisClusterProcess redis) : RedisPeerClusterServerTests(redis)
{
    private protected override RedisSubscriptionMode Mode => RedisSubscriptionMode.PerRoom;
}
