using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>The contract of adapters on three nodes with a Redis server. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public class RedisAdapterServerTests(RedisServerProcess redis) : AdapterContract, IClassFixture<RedisServerProcess>
{
    /// <summary>Gets the subscription modes of the nodes.</summary>
    private protected virtual RedisSubscriptionMode[] Modes =>
        [RedisSubscriptionMode.Pattern, RedisSubscriptionMode.Pattern, RedisSubscriptionMode.Pattern];

    private protected override Task<AdapterCluster> StartAsync()
    {
        var key = $"test-{Guid.NewGuid():N}";
        return ClusterStart.OnAsync(redis.Configuration,
            Modes.Select(mode => new RedisAdapterOptions { Key = key, SubscriptionMode = mode }));
    }
}

/// <summary>The same tests with two nodes that subscribe per room and one that does not.</summary>
[Trait("Needs", "Linux")]
public sealed class RedisAdapterPerRoomServerTests(RedisServerProcess redis) : RedisAdapterServerTests(redis)
{
    private protected override RedisSubscriptionMode[] Modes =>
        [RedisSubscriptionMode.PerRoom, RedisSubscriptionMode.Pattern, RedisSubscriptionMode.PerRoom];
}
