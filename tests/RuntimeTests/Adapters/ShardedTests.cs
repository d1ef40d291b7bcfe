using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>The contract on three sharded adapters over a bus in memory.</summary>
public class ShardedAdapterLoopbackTests : AdapterContract
{
    /// <summary>Which rooms have channels.</summary>
    private protected virtual ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Dynamic;

    private protected override Task<AdapterCluster> StartAsync() => ClusterStart.InMemoryAsync(ClusterStart.Sharded(Mode));
}

/// <summary>The same with one channel for everything.</summary>
public sealed class ShardedAdapterStaticLoopbackTests : ShardedAdapterLoopbackTests
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Static;
}

/// <summary>The same with channels for the sockets' ids, too.</summary>
public sealed class ShardedAdapterPrivateLoopbackTests : ShardedAdapterLoopbackTests
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.DynamicPrivate;
}

/// <summary>The contract on three sharded adapters over a real Redis; needs redis-server.</summary>
public class ShardedAdapterServerTests(RedisServerProcess redis) : AdapterContract, IClassFixture<RedisServerProcess>
{
    /// <summary>Which rooms have channels.</summary>
    private protected virtual ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Dynamic;

    private protected override Task<AdapterCluster> StartAsync() => ClusterStart.OnAsync(redis.Configuration, ClusterStart.Sharded(Mode));
}

/// <summary>The same with one channel for everything.</summary>
public sealed class ShardedAdapterStaticServerTests(RedisServerProcess redis) : ShardedAdapterServerTests(redis)
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Static;
}

/// <summary>The same with channels for the sockets' ids, too.</summary>
public sealed class ShardedAdapterPrivateServerTests(RedisServerProcess redis) : ShardedAdapterServerTests(redis)
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.DynamicPrivate;
}

/// <summary>The contract on three sharded adapters over a real Redis Cluster of three masters; needs redis-server.</summary>
public class ShardedAdapterClusterServerTests(RedisClusterProcess redis) : AdapterContract, IClassFixture<RedisClusterProcess>
{
    /// <summary>Which rooms have channels.</summary>
    private protected virtual ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Dynamic;

    // Channels lie on different masters, and there is no order between those.
    private protected override bool HasOneOrder => Mode == ShardedSubscriptionMode.Static;

    private protected override Task<AdapterCluster> StartAsync() => ClusterStart.OnAsync(redis.Configuration, ClusterStart.Sharded(Mode));
}

/// <summary>The same with one channel for everything.</summary>
public sealed class ShardedAdapterStaticClusterServerTests(RedisClusterProcess redis) : ShardedAdapterClusterServerTests(redis)
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Static;
}

/// <summary>The same with channels for the sockets' ids, too.</summary>
public sealed class ShardedAdapterPrivateClusterServerTests(RedisClusterProcess redis) : ShardedAdapterClusterServerTests(redis)
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.DynamicPrivate;
}

/// <summary>The operations between nodes on three sharded adapters over a bus in memory.</summary>
public class ShardedPeerLoopbackTests : PeerContract
{
    /// <summary>Which rooms have channels.</summary>
    private protected virtual ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Dynamic;

    private protected override Task<AdapterCluster> StartAsync() => ClusterStart.InMemoryAsync(ClusterStart.Sharded(Mode));
}

/// <summary>The same with one channel for everything.</summary>
public sealed class ShardedPeerStaticLoopbackTests : ShardedPeerLoopbackTests
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Static;
}

/// <summary>The same with channels for the sockets' ids, too.</summary>
public sealed class ShardedPeerPrivateLoopbackTests : ShardedPeerLoopbackTests
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.DynamicPrivate;
}

/// <summary>The operations between nodes on three sharded adapters over a real Redis; needs redis-server.</summary>
public class ShardedPeerServerTests(RedisServerProcess redis) : PeerContract, IClassFixture<RedisServerProcess>
{
    /// <summary>Which rooms have channels.</summary>
    private protected virtual ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Dynamic;

    private protected override Task<AdapterCluster> StartAsync() => ClusterStart.OnAsync(redis.Configuration, ClusterStart.Sharded(Mode));
}

/// <summary>The same with one channel for everything.</summary>
public sealed class ShardedPeerStaticServerTests(RedisServerProcess redis) : ShardedPeerServerTests(redis)
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Static;
}

/// <summary>The same with channels for the sockets' ids, too.</summary>
public sealed class ShardedPeerPrivateServerTests(RedisServerProcess redis) : ShardedPeerServerTests(redis)
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.DynamicPrivate;
}

/// <summary>The operations between nodes on three sharded adapters over a real Redis Cluster of three masters; needs redis-server.</summary>
public class ShardedPeerClusterServerTests(RedisClusterProcess redis) : PeerContract, IClassFixture<RedisClusterProcess>
{
    /// <summary>Which rooms have channels.</summary>
    private protected virtual ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Dynamic;

    private protected override Task<AdapterCluster> StartAsync() => ClusterStart.OnAsync(redis.Configuration, ClusterStart.Sharded(Mode));
}

/// <summary>The same with one channel for everything.</summary>
public sealed class ShardedPeerStaticClusterServerTests(RedisClusterProcess redis) : ShardedPeerClusterServerTests(redis)
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.Static;
}

/// <summary>The same with channels for the sockets' ids, too.</summary>
public sealed class ShardedPeerPrivateClusterServerTests(RedisClusterProcess redis) : ShardedPeerClusterServerTests(redis)
{
    private protected override ShardedSubscriptionMode Mode => ShardedSubscriptionMode.DynamicPrivate;
}
