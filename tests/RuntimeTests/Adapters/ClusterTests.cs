using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>Tests that run on the cluster that a subclass starts.</summary>
public abstract class ClusterTests
{
    private protected static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(300);

    /// <summary>Starts the nodes of one namespace, with one adapter each.</summary>
    private protected abstract Task<AdapterCluster> StartAsync();

    /// <summary>Starts the nodes and waits until each of them receives the events of every other one.</summary>
    private protected async Task<AdapterCluster> ReadyAsync()
    {
        var cluster = await StartAsync();
        var probes = await cluster.ConnectAsync([.. cluster.Nodes.Select(_ => "")]);
        for (var from = 0; from < cluster.Nodes.Length; from++)
        {
            foreach (var (_, socket, _) in probes)
            {
                for (var attempt = 0; !await SeesAsync(cluster, from, socket); attempt++)
                    Assert.True(attempt < 50, "The nodes do not receive the events of each other.");
            }

            // After this event all earlier attempts have arrived, so the sockets of the test do not receive them.
            cluster.From(from).All.Emit("settled", $"{from}");
            foreach (var (_, socket, _) in probes) await socket.SeesAsync(Events.Packet("settled", $"{from}"), Timeout);
        }

        foreach (var (node, socket, _) in probes) cluster.Nodes[node].Remove(socket);
        foreach (var node in cluster.Nodes)
        {
            for (var attempt = 0; await node.ServerCountAsync(TestContext.Current.CancellationToken) < cluster.Nodes.Length; attempt++)
                Assert.True(attempt < 10_000, "The nodes are not subscribed to requests.");
        }

        return cluster;
    }

    private static async Task<bool> SeesAsync(AdapterCluster cluster, int from, RecordingSocket socket)
    {
        try
        {
            cluster.From(from).All.Emit("ready", $"{from}");
            await socket.SeesAsync(Events.Packet("ready", $"{from}"), RetryAfter);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
