namespace TypedSocketRedis.Tests.Adapters;

/// <summary>The contract on three nodes over a bus in memory, while no time passes: nothing that is promised may wait for it.</summary>
public class RedisAdapterLoopbackTests : AdapterContract
{
    /// <summary>What each node subscribes.</summary>
    private protected virtual RedisSubscriptionMode[] Modes => [RedisSubscriptionMode.Pattern, RedisSubscriptionMode.Pattern, RedisSubscriptionMode.Pattern];

    private protected override Task<AdapterCluster> StartAsync() =>
        ClusterStart.InMemoryAsync(Modes.Select(mode => new RedisAdapterOptions { SubscriptionMode = mode }));
}

/// <summary>The same where nodes subscribe their rooms one by one, beside one that does not.</summary>
public sealed class RedisAdapterPerRoomLoopbackTests : RedisAdapterLoopbackTests
{
    private protected override RedisSubscriptionMode[] Modes => [RedisSubscriptionMode.PerRoom, RedisSubscriptionMode.Pattern, RedisSubscriptionMode.PerRoom];
}
