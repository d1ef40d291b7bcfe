using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>The contract of adapters on three sharded nodes with an in-memory bus.</summary>
public class ShardedAdapterLoopbackTests : AdapterContract
{
    /// <summary>Gets the subscription mode, which determines the rooms with their own channels.</summary>
    private protected virtual ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Dynamic;

    private protected override Task<AdapterCluster> StartAsync() => ClusterStart.InMemoryAsync(ClusterStart.Sharded(Mode));
}

/// <summary>The same tests with one channel for all rooms.</summary>
public sealed class ShardedAdapterStaticLoopbackTests : ShardedAdapterLoopbackTests
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Static;
}

/// <summary>The same tests with channels for the rooms of socket ids, too.</summary>
public sealed class ShardedAdapterPrivateLoopbackTests : ShardedAdapterLoopbackTests
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.DynamicPrivate;
}

/// <summary>The contract of adapters on three sharded nodes with a Redis server. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public class ShardedAdapterServerTests(RedisServerProcess redis) : AdapterContract, IClassFixture<RedisServerProcess>
{
    /// <summary>Gets the subscription mode, which determines the rooms with their own channels.</summary>
    private protected virtual ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Dynamic;

    private protected override Task<AdapterCluster> StartAsync() => ClusterStart.OnAsync(redis.Configuration, ClusterStart.Sharded(Mode));
}

/// <summary>The same tests with one channel for all rooms.</summary>
[Trait("Needs", "Linux")]
public sealed class ShardedAdapterStaticServerTests(RedisServerProcess redis) : ShardedAdapterServerTests(redis)
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Static;
}

/// <summary>The same tests with channels for the rooms of socket ids, too.</summary>
[Trait("Needs", "Linux")]
public sealed class ShardedAdapterPrivateServerTests(RedisServerProcess redis) : ShardedAdapterServerTests(redis)
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.DynamicPrivate;
}

/// <summary>The contract of adapters on three sharded nodes with a Redis Cluster of three masters. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public class ShardedAdapterClusterServerTests(RedisClusterProcess redis) : AdapterContract, IClassFixture<RedisClusterProcess>
{
    /// <summary>Gets the subscription mode, which determines the rooms with their own channels.</summary>
    private protected virtual ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Dynamic;

    // The channels are on different masters, and no order is kept across them.
    private protected override bool HasOneOrder => Mode == ShardedSubscriptionMode.Static;

    private protected override Task<AdapterCluster> StartAsync() => ClusterStart.OnAsync(redis.Configuration, ClusterStart.Sharded(Mode));
}

/// <summary>The same tests with one channel for all rooms.</summary>
[Trait("Needs", "Linux")]
public sealed class ShardedAdapterStaticClusterServerTests(RedisClusterProcess redis) : ShardedAdapterClusterServerTests(redis)
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Static;
}

/// <summary>The same tests with channels for the rooms of socket ids, too.</summary>
[Trait("Needs", "Linux")]
public sealed class ShardedAdapterPrivateClusterServerTests(RedisClusterProcess redis) : ShardedAdapterClusterServerTests(redis)
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.DynamicPrivate;
}

/// <summary>The operations between three sharded nodes with an in-memory bus.</summary>
public class ShardedPeerLoopbackTests : PeerContract
{
    /// <summary>Gets the subscription mode, which determines the rooms with their own channels.</summary>
    private protected virtual ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Dynamic;

    private protected override Task<AdapterCluster> StartAsync() => ClusterStart.InMemoryAsync(ClusterStart.Sharded(Mode));
}

/// <summary>The same tests with one channel for all rooms.</summary>
public sealed class ShardedPeerStaticLoopbackTests : ShardedPeerLoopbackTests
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Static;
}

/// <summary>The same tests with channels for the rooms of socket ids, too.</summary>
public sealed class ShardedPeerPrivateLoopbackTests : ShardedPeerLoopbackTests
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.DynamicPrivate;
}

/// <summary>The operations between three sharded nodes with a Redis server. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public class ShardedPeerServerTests(RedisServerProcess redis) : PeerContract, IClassFixture<RedisServerProcess>
{
    /// <summary>Gets the subscription mode, which determines the rooms with their own channels.</summary>
    private protected virtual ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Dynamic;

    private protected override Task<AdapterCluster> StartAsync() => ClusterStart.OnAsync(redis.Configuration, ClusterStart.Sharded(Mode));
}

/// <summary>The same tests with one channel for all rooms.</summary>
[Trait("Needs", "Linux")]
public sealed class ShardedPeerStaticServerTests(RedisServerProcess redis) : ShardedPeerServerTests(redis)
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Static;
}

/// <summary>The same tests with channels for the rooms of socket ids, too.</summary>
[Trait("Needs", "Linux")]
public sealed class ShardedPeerPrivateServerTests(RedisServerProcess redis) : ShardedPeerServerTests(redis)
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.DynamicPrivate;
}

/// <summary>The operations between three sharded nodes with a Redis Cluster of three masters. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public class ShardedPeerClusterServerTests(RedisClusterProcess redis) : PeerContract, IClassFixture<RedisClusterProcess>
{
    /// <summary>Gets the subscription mode, which determines the rooms with their own channels.</summary>
    private protected virtual ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Dynamic;

    private protected override Task<AdapterCluster> StartAsync() => ClusterStart.OnAsync(redis.Configuration, ClusterStart.Sharded(Mode));
}

/// <summary>The same tests with one channel for all rooms.</summary>
[Trait("Needs", "Linux")]
public sealed class ShardedPeerStaticClusterServerTests(RedisClusterProcess redis) : ShardedPeerClusterServerTests(redis)
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Static;
}

/// <summary>The same tests with channels for the rooms of socket ids, too.</summary>
[Trait("Needs", "Linux")]
public sealed class ShardedPeerPrivateClusterServerTests(RedisClusterProcess redis) : ShardedPeerClusterServerTests(redis)
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.DynamicPrivate;
}
