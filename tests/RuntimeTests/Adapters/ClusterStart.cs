using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>Starts nodes that serve one namespace together, one for each set of options.</summary>
internal static class ClusterStart
{
    /// <summary>Over a bus in memory, while no time passes: nothing that is promised may wait for it.</summary>
    public static Task<AdapterCluster> InMemoryAsync(IEnumerable<RedisNodeOptions> nodes)
    {
        var (hub, time) = (new LoopbackHub(), new FakeTimeProvider());
        return Of([.. nodes.Select(options => new RedisAdapterFactory(options, hub.CreateBus(), new RedisMetrics(), NullLoggerFactory.Instance, time))]);
    }

    /// <summary>Over a real Redis or Redis Cluster.</summary>
    public static Task<AdapterCluster> OnAsync(string configuration, IEnumerable<RedisNodeOptions> nodes) =>
        Of([.. nodes.Select(options => RedisAdapterFactory.Open(ConfigurationOptions.Parse(configuration), options, NullLoggerFactory.Instance, TimeProvider.System))]);

    /// <summary>The options of three nodes that use the same sharded channels, which nobody else uses.</summary>
    public static IEnumerable<RedisNodeOptions> Sharded(ShardedSubscriptionMode mode)
    {
        var prefix = $"test-{Guid.NewGuid():N}";
        return Enumerable.Range(0, 3).Select(_ => new ShardedRedisAdapterOptions { ChannelPrefix = prefix, SubscriptionMode = mode });
    }

    private static Task<AdapterCluster> Of(RedisAdapterFactory[] factories) =>
        Task.FromResult(new AdapterCluster([.. factories.Select(factory => factory.Create("/", JsonPackets.Default))], factories));
}
