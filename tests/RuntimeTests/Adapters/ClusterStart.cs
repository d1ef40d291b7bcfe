using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>Methods that start the nodes of one namespace, one per set of options.</summary>
internal static class ClusterStart
{
    /// <summary>Starts nodes on an in-memory bus with a clock that does not advance, so that no test depends on time.</summary>
    public static Task<AdapterCluster> InMemoryAsync(
        IEnumerable<RedisNodeOptions> nodes, LoopbackHub? hub = null, TimeProvider? time = null)
    {
        (hub, time) = (hub ?? new LoopbackHub(), time ?? new FakeTimeProvider());
        return Of(
            [.. nodes.Select(
                options => new RedisAdapterFactory(options, hub.CreateBus(), new RedisMetrics(), NullLoggerFactory.Instance, time))]);
    }

    /// <summary>Starts nodes on a Redis server or Redis Cluster.</summary>
    public static Task<AdapterCluster> OnAsync(string configuration, IEnumerable<RedisNodeOptions> nodes) =>
        Of([.. nodes.Select(
            options =>
                RedisAdapterFactory.Open(ConfigurationOptions.Parse(configuration), options, NullLoggerFactory.Instance,
                    TimeProvider.System))]);

    /// <summary>Returns the options of three nodes with the same sharded channels, which no other nodes use.</summary>
    public static IEnumerable<RedisNodeOptions> Sharded(ShardedSubscriptionMode mode)
    {
        var prefix = $"test-{Guid.NewGuid():N}";
        return Enumerable.Range(0, 3).Select(_ => new ShardedRedisAdapterOptions { ChannelPrefix = prefix, SubscriptionMode = mode });
    }

    private static Task<AdapterCluster> Of(RedisAdapterFactory[] factories) =>
        Task.FromResult(new AdapterCluster([.. factories.Select(factory => factory.Create("/", JsonPacketFormat.Default))], factories));
}
