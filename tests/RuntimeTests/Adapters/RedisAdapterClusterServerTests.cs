using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>The contract on three nodes over a real Redis Cluster of three masters; needs redis-server.</summary>
public class RedisAdapterClusterServerTests(RedisClusterProcess redis) : AdapterContract, IClassFixture<RedisClusterProcess>
{
    /// <summary>What each node subscribes.</summary>
    private protected virtual RedisSubscriptionMode[] Modes => [RedisSubscriptionMode.Pattern, RedisSubscriptionMode.Pattern, RedisSubscriptionMode.Pattern];

    private protected override Task<AdapterCluster> StartAsync()
    {
        var key = $"test-{Guid.NewGuid():N}";
        var factories = Modes
            .Select(mode => new RedisAdapterOptions { Key = key, SubscriptionMode = mode })
            .Select(options => RedisAdapterFactory.Open(ConfigurationOptions.Parse(redis.Configuration), options, NullLoggerFactory.Instance, TimeProvider.System))
            .ToArray();
        return Task.FromResult(new AdapterCluster([.. factories.Select(factory => factory.Create("/", JsonPackets.Default))], factories));
    }
}

/// <summary>The same where nodes subscribe their rooms one by one, beside one that does not.</summary>
public sealed class RedisAdapterPerRoomClusterServerTests(RedisClusterProcess redis) : RedisAdapterClusterServerTests(redis)
{
    private protected override RedisSubscriptionMode[] Modes => [RedisSubscriptionMode.PerRoom, RedisSubscriptionMode.Pattern, RedisSubscriptionMode.PerRoom];
}
