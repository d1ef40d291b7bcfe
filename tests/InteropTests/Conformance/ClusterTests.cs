namespace TypedSocketRedis.Tests.Conformance;

public sealed class ClassicCluster() : HostCluster("--adapter", "redis", "--requests-timeout", "1000");

public sealed class SpecificChannelCluster() : HostCluster(
    "--adapter", "redis", "--requests-timeout", "1000", "--specific-response-channel", "true", "--key", "other#key");

public sealed class ClassicRedisCluster() : HostCluster(new RedisClusterServers(), "--adapter", "redis", "--requests-timeout", "1000");

public sealed class PerRoomCluster() : HostCluster("--adapter", "redis", "--requests-timeout", "1000", "--subscription-mode", "per-room");

public sealed class PerRoomRedisCluster() : HostCluster(new RedisClusterServers(), "--adapter", "redis", "--requests-timeout", "1000", "--subscription-mode", "per-room");

public sealed class TwoOfNodeClassicCluster() : HostCluster("--adapter", "redis", "--requests-timeout", "1000")
{
    protected override bool HasTwoOfNode => true;
}

/// <summary>Hosts of ours and one of Node's in one cluster, over the classic adapter.</summary>
public sealed class ClassicClusterTests(ClassicCluster cluster, CaseRunner node) : IClassFixture<ClassicCluster>
{
    [Theory, Cases("cluster", "4.8 websocket", "4.8 polling")]
    public Task Cluster(string client, string name) => node.RunAsync("cluster", name, client, cluster.Hosts);

    [Theory, Cases("cluster-order", "4.8 websocket", "4.8 polling")]
    public Task Order(string client, string name) => node.RunAsync("cluster-order", name, client, cluster.Hosts);

    [Theory, Cases("cluster-rooms", "4.8 websocket")]
    public Task Rooms(string client, string name) => node.RunAsync("cluster-rooms", name, client, cluster.Hosts);
}

/// <summary>The same under another key, with answers on a channel of the asking server's own.</summary>
public sealed class SpecificChannelClusterTests(SpecificChannelCluster cluster, CaseRunner node) : IClassFixture<SpecificChannelCluster>
{
    [Theory, Cases("cluster", "4.8 websocket")]
    public Task Cluster(string client, string name) => node.RunAsync("cluster", name, client, cluster.Hosts);
}

/// <summary>The same with hosts of ours that subscribe the rooms they have, beside Node's that hears everything.</summary>
public sealed class PerRoomClusterTests(PerRoomCluster cluster, CaseRunner node) : IClassFixture<PerRoomCluster>
{
    [Theory, Cases("cluster", "4.8 websocket")]
    public Task Cluster(string client, string name) => node.RunAsync("cluster", name, client, cluster.Hosts);

    [Theory, Cases("cluster-order", "4.8 websocket")]
    public Task Order(string client, string name) => node.RunAsync("cluster-order", name, client, cluster.Hosts);

    [Theory, Cases("cluster-rooms", "4.8 websocket")]
    public Task Rooms(string client, string name) => node.RunAsync("cluster-rooms", name, client, cluster.Hosts);
}

/// <summary>The same on a Redis Cluster.</summary>
public sealed class PerRoomRedisClusterTests(PerRoomRedisCluster cluster, CaseRunner node) : IClassFixture<PerRoomRedisCluster>
{
    [Theory, Cases("cluster", "4.8 websocket")]
    public Task Cluster(string client, string name) => node.RunAsync("cluster", name, client, cluster.Hosts);
}

/// <summary>The same with one host of ours among two of Node's.</summary>
public sealed class TwoOfNodeClassicClusterTests(TwoOfNodeClassicCluster cluster, CaseRunner node) : IClassFixture<TwoOfNodeClassicCluster>
{
    [Theory, Cases("cluster", "4.8 websocket")]
    public Task Cluster(string client, string name) => node.RunAsync("cluster", name, client, cluster.Hosts);

    [Theory, Cases("cluster-rooms", "4.8 websocket")]
    public Task Rooms(string client, string name) => node.RunAsync("cluster-rooms", name, client, cluster.Hosts);
}

/// <summary>The same on a Redis Cluster.</summary>
public sealed class RedisClusterTests(ClassicRedisCluster cluster, CaseRunner node) : IClassFixture<ClassicRedisCluster>
{
    [Theory, Cases("cluster", "4.8 websocket")]
    public Task Cluster(string client, string name) => node.RunAsync("cluster", name, client, cluster.Hosts);

    // Without Node's: it publishes by any node of the cluster, so that its own events overtake each other.
    [Theory, Cases("cluster-order", "4.8 websocket")]
    public Task Order(string client, string name) => node.RunAsync("cluster-order", name, client, cluster.Hosts[..2]);
}
