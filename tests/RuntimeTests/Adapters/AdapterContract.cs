using Xunit;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>The contract of broadcasts on the cluster that a subclass starts.</summary>
public abstract class AdapterContract
{
    public static TheoryData<string> Cases => [.. BroadcastCases.All.Select(one => one.Name)];

    /// <summary>Gets a value indicating whether all events of a sender keep one order, instead of one per channel.</summary>
    private protected virtual bool HasOneOrder => true;

    /// <summary>Starts the nodes of one namespace, with one adapter each.</summary>
    private protected abstract Task<AdapterCluster> StartAsync();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Broadcasts_reach_their_sockets_on_every_node(string name)
    {
        await using var cluster = await StartAsync();
        cluster.HasOneOrder = HasOneOrder;
        await cluster.ReadyAsync();
        await BroadcastCases.All.Single(one => one.Name == name).Run(cluster);
    }
}

/// <summary>The contract of operations on the sockets and servers of other nodes, on the cluster that a subclass starts.</summary>
public abstract class PeerContract
{
    public static TheoryData<string> Cases => [.. PeerCases.All.Select(one => one.Name)];

    /// <summary>Starts the nodes of one namespace, with one adapter each.</summary>
    private protected abstract Task<AdapterCluster> StartAsync();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Requests_reach_the_sockets_and_servers_of_every_node(string name)
    {
        await using var cluster = await StartAsync();
        await cluster.ReadyAsync();
        await PeerCases.All.Single(one => one.Name == name).Run(cluster);
    }
}
