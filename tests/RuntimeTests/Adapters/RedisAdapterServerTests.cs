using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>The contract on three nodes over a real Redis; needs redis-server.</summary>
public class RedisAdapterServerTests(RedisServerProcess redis) : AdapterContract, IClassFixture<RedisServerProcess>
{
    /// <summary>What each node subscribes.</summary>
    private protected virtual RedisSubscriptionMode[] Modes => [RedisSubscriptionMode.Pattern, RedisSubscriptionMode.Pattern, RedisSubscriptionMode.Pattern];

    private protected override Task<AdapterCluster> StartAsync()
    {
        var key = $"test-{Guid.NewGuid():N}";
        return ClusterStart.OnAsync(redis.Configuration, Modes.Select(mode => new RedisAdapterOptions { Key = key, SubscriptionMode = mode }));
    }
}

/// <summary>The same where nodes subscribe their rooms one by one, beside one that does not.</summary>
public sealed class RedisAdapterPerRoomServerTests(RedisServerProcess redis) : RedisAdapterServerTests(redis)
{
    private protected override RedisSubscriptionMode[] Modes => [RedisSubscriptionMode.PerRoom, RedisSubscriptionMode.Pattern, RedisSubscriptionMode.PerRoom];
}
