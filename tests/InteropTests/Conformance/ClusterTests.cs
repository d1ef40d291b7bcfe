namespace TypedSocketRedis.Tests.Conformance;

public sealed class ClassicCluster() : HostCluster("--adapter", "redis", "--requests-timeout", "1000");

public sealed class SpecificChannelCluster() : HostCluster(
    "--adapter", "redis", "--requests-timeout", "1000", "--specific-response-channel", "true", "--key", "other#key");

public sealed class ClassicRedisCluster() : HostCluster(new RedisClusterServers(), "--adapter", "redis", "--requests-timeout", "1000");

public sealed class PerRoomCluster() : HostCluster("--adapter", "redis", "--requests-timeout", "1000", "--subscription-mode", "per-room");

public sealed class PerRoomRedisCluster()
    : HostCluster(new RedisClusterServers(), "--adapter", "redis", "--requests-timeout", "1000", "--subscription-mode", "per-room");

public sealed class TwoNodesClassicCluster() : HostCluster("--adapter", "redis", "--requests-timeout", "1000")
{
    protected override bool HasTwoNodeHosts => true;
}

/// <summary>Hosts of ours and a Node host in one cluster, over the classic adapter.</summary>
public sealed class ClassicClusterTests(ClassicCluster cluster, CaseRunner node) : IClassFixture<ClassicCluster>
{
    [Theory, Cases("cluster", "4.8 websocket", "4.8 polling")]
    public Task Cluster(string client, string name) => node.RunAsync("cluster", name, client, cluster.Hosts);

    [Theory, Cases("cluster-order", "4.8 websocket", "4.8 polling")]
    public Task Order(string client, string name) => node.RunAsync("cluster-order", name, client, cluster.Hosts);

    [Theory, Cases("cluster-rooms", "4.8 websocket")]
    public Task Rooms(string client, string name) => node.RunAsync("cluster-rooms", name, client, cluster.Hosts);
}

/// <summary>The same cluster with another key, and with responses on a channel of the requesting server.</summary>
public sealed class SpecificChannelClusterTests(SpecificChannelCluster cluster, CaseRunner node) : IClassFixture<SpecificChannelCluster>
{
    [Theory, Cases("cluster", "4.8 websocket")]
    public Task Cluster(string client, string name) => node.RunAsync("cluster", name, client, cluster.Hosts);
}

/// <summary>The same cluster with hosts of ours that subscribe only to their rooms, and a Node host that receives every message.</summary>
public sealed class PerRoomClusterTests(PerRoomCluster cluster, CaseRunner node) : IClassFixture<PerRoomCluster>
{
    [Theory, Cases("cluster", "4.8 websocket")]
    public Task Cluster(string client, string name) => node.RunAsync("cluster", name, client, cluster.Hosts);

    [Theory, Cases("cluster-order", "4.8 websocket")]
    public Task Order(string client, string name) => node.RunAsync("cluster-order", name, client, cluster.Hosts);

    [Theory, Cases("cluster-rooms", "4.8 websocket")]
    public Task Rooms(string client, string name) => node.RunAsync("cluster-rooms", name, client, cluster.Hosts);
}

/// <summary>The same cluster with per-room subscriptions on a Redis Cluster.</summary>
public sealed class PerRoomRedisClusterTests(PerRoomRedisCluster cluster, CaseRunner node) : IClassFixture<PerRoomRedisCluster>
{
    [Theory, Cases("cluster", "4.8 websocket")]
    public Task Cluster(string client, string name) => node.RunAsync("cluster", name, client, cluster.Hosts);
}

/// <summary>The same cluster with one host of ours and two Node hosts.</summary>
public sealed class TwoNodesClassicClusterTests(TwoNodesClassicCluster cluster, CaseRunner node) : IClassFixture<TwoNodesClassicCluster>
{
    [Theory, Cases("cluster", "4.8 websocket")]
    public Task Cluster(string client, string name) => node.RunAsync("cluster", name, client, cluster.Hosts);

    [Theory, Cases("cluster-rooms", "4.8 websocket")]
    public Task Rooms(string client, string name) => node.RunAsync("cluster-rooms", name, client, cluster.Hosts);
}

/// <summary>The same cluster on a Redis Cluster.</summary>
public sealed class RedisClusterTests(ClassicRedisCluster cluster, CaseRunner node) : IClassFixture<ClassicRedisCluster>
{
    [Theory, Cases("cluster", "4.8 websocket")]
    public Task Cluster(string client, string name) => node.RunAsync("cluster", name, client, cluster.Hosts);

    // Without the Node host: it publishes through any node of the cluster, so its own events can overtake each other.
    [Theory, Cases("cluster-order", "4.8 websocket")]
    public Task Order(string client, string name) => node.RunAsync("cluster-order", name, client, cluster.Hosts[..2]);
}
