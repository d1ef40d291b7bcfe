namespace TypedSocketRedis.Tests.Conformance;

public sealed class StaticCluster() : HostCluster("--adapter", "sharded", "--requests-timeout", "1000", "--subscription-mode", "static");

public sealed class DynamicCluster() : HostCluster("--adapter", "sharded", "--requests-timeout", "1000", "--key", "other#prefix");

public sealed class DynamicPrivateCluster()
    : HostCluster("--adapter", "sharded", "--requests-timeout", "1000", "--subscription-mode", "dynamic-private");

public sealed class TwoNodesDynamicCluster() : HostCluster("--adapter", "sharded", "--requests-timeout", "1000")
{
    protected override bool HasTwoNodeHosts => true;
}

/// <summary>Hosts of ours and a Node host in one cluster over the sharded adapter, with every operation in each mode.</summary>
/// <param name="cluster">The hosts of one mode.</param>
/// <param name="node">The runner of the cases.</param>
public abstract class ShardedClusterTests(HostCluster cluster, CaseRunner node)
{
    [Theory, Cases("cluster", "4.8 websocket")]
    public Task Cluster(string client, string name) => node.RunAsync("cluster", name, client, cluster.Hosts);

    [Theory, Cases("cluster-order", "4.8 websocket", "4.8 polling")]
    public Task Order(string client, string name) => node.RunAsync("cluster-order", name, client, cluster.Hosts);
}

public sealed class StaticClusterTests(StaticCluster cluster, CaseRunner node)
    : ShardedClusterTests(cluster, node), IClassFixture<StaticCluster>;

public sealed class DynamicClusterTests(DynamicCluster cluster, CaseRunner node)
    : ShardedClusterTests(cluster, node), IClassFixture<DynamicCluster>;

public sealed class DynamicPrivateClusterTests(DynamicPrivateCluster cluster, CaseRunner node)
    : ShardedClusterTests(cluster, node), IClassFixture<DynamicPrivateCluster>;

public sealed class TwoNodesDynamicClusterTests(TwoNodesDynamicCluster cluster, CaseRunner node)
    : ShardedClusterTests(cluster, node), IClassFixture<TwoNodesDynamicCluster>;

public sealed class StaticRedisCluster()
    : HostCluster(new RedisClusterServers(), "--adapter", "sharded", "--requests-timeout", "1000", "--subscription-mode", "static");

public sealed class DynamicRedisCluster() : HostCluster(new RedisClusterServers(), "--adapter", "sharded", "--requests-timeout", "1000");

public sealed class DynamicPrivateRedisCluster()
    : HostCluster(new RedisClusterServers(), "--adapter", "sharded", "--requests-timeout", "1000", "--subscription-mode",
        "dynamic-private");

public sealed class StaticRedisClusterTests(StaticRedisCluster cluster, CaseRunner node)
    : ShardedClusterTests(cluster, node), IClassFixture<StaticRedisCluster>;

public sealed class DynamicRedisClusterTests(DynamicRedisCluster cluster, CaseRunner node)
    : ShardedClusterTests(cluster, node), IClassFixture<DynamicRedisCluster>;

public sealed class DynamicPrivateRedisClusterTests(DynamicPrivateRedisCluster cluster, CaseRunner node)
    : ShardedClusterTests(cluster, node), IClassFixture<DynamicPrivateRedisCluster>;
