namespace TypedSocketRedis.Tests.Adapters;

/// <summary>The contract of adapters on three nodes with an in-memory bus and a clock that does not advance.</summary>
public class RedisAdapterLoopbackTests : AdapterContract
{
    /// <summary>Gets the subscription modes of the nodes.</summary>
    private protected virtual RedisSubscriptionMode[] Modes =>
        [RedisSubscriptionMode.Pattern, RedisSubscriptionMode.Pattern, RedisSubscriptionMode.Pattern];

    private protected override Task<AdapterCluster> StartAsync() =>
        ClusterStart.InMemoryAsync(Modes.Select(mode => new RedisAdapterOptions { SubscriptionMode = mode }));
}

/// <summary>The same tests with two nodes that subscribe per room and one that does not.</summary>
public sealed class RedisAdapterPerRoomLoopbackTests : RedisAdapterLoopbackTests
{
    private protected override RedisSubscriptionMode[] Modes =>
        [RedisSubscriptionMode.PerRoom, RedisSubscriptionMode.Pattern, RedisSubscriptionMode.PerRoom];
}
