using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>The contract on three nodes over a bus in memory, while no time passes: nothing that is promised may wait for it.</summary>
public class RedisAdapterLoopbackTests : AdapterContract
{
    /// <summary>What each node subscribes.</summary>
    private protected virtual RedisSubscriptionMode[] Modes => [RedisSubscriptionMode.Pattern, RedisSubscriptionMode.Pattern, RedisSubscriptionMode.Pattern];

    private protected override Task<AdapterCluster> StartAsync()
    {
        var (hub, time) = (new LoopbackHub(), new FakeTimeProvider());
        var factories = Modes
            .Select(mode => new RedisAdapterOptions { SubscriptionMode = mode })
            .Select(options => new RedisAdapterFactory(options, hub.CreateBus(), new RedisMetrics(), NullLoggerFactory.Instance, time))
            .ToArray();
        return Task.FromResult(new AdapterCluster([.. factories.Select(factory => factory.Create("/", JsonPackets.Default))], factories));
    }
}

/// <summary>The same where nodes subscribe their rooms one by one, beside one that does not.</summary>
public sealed class RedisAdapterPerRoomLoopbackTests : RedisAdapterLoopbackTests
{
    private protected override RedisSubscriptionMode[] Modes => [RedisSubscriptionMode.PerRoom, RedisSubscriptionMode.Pattern, RedisSubscriptionMode.PerRoom];
}
