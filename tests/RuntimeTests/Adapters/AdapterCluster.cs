using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>Nodes that serve one namespace.</summary>
internal sealed class AdapterCluster(ImmutableArray<INamespaceAdapter> nodes, params IAsyncDisposable[] owned) : IAsyncDisposable
{
    public ImmutableArray<INamespaceAdapter> Nodes { get; } = nodes;

    public IEmitter<ITestEvents> From(int node) => Emitters.Over<ITestEvents>(Nodes[node]);

    public int Last => Nodes.Length - 1;

    public ValueTask JoinAsync(int node, ILocalSocket socket, params string[] rooms) =>
        Nodes[node].JoinAsync(socket, [.. rooms], TestContext.Current.CancellationToken);

    public ValueTask LeaveAsync(int node, ILocalSocket socket, params string[] rooms) =>
        Nodes[node].LeaveAsync(socket, [.. rooms], TestContext.Current.CancellationToken);

    /// <summary>Connects one socket per list of rooms, distributed over the nodes.</summary>
    public async Task<ImmutableArray<(int Node, RecordingSocket Socket, string Rooms)>> ConnectAsync(params string[] rooms)
    {
        var sockets = ImmutableArray.CreateBuilder<(int, RecordingSocket, string)>();
        for (var i = 0; i < rooms.Length; i++)
        {
            var node = i % Nodes.Length;
            var socket = new RecordingSocket();
            await JoinAsync(node, socket, rooms[i].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            sockets.Add((node, socket, rooms[i]));
        }

        return sockets.ToImmutable();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        foreach (var one in owned) await one.DisposeAsync();
    }
}
