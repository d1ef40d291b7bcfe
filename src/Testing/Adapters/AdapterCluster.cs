using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Testing;

/// <summary>Nodes that serve one namespace.</summary>
internal sealed class AdapterCluster(ImmutableArray<INamespaceAdapter> nodes, params IAsyncDisposable[] owned) : IAsyncDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(300);

    public ImmutableArray<INamespaceAdapter> Nodes { get; } = nodes;

    public string Path { get; init; } = "/";

    public CancellationToken Token { get; init; }

    /// <summary>Gets or sets a value indicating whether all events of a sender keep one order, instead of one per channel.</summary>
    public bool HasOneOrder { get; set; } = true;

    public int Last => Nodes.Length - 1;

    public IEmitter<AnyEvents> From(int node) => Emitters.Over<AnyEvents>(Nodes[node]);

    public IServers<AnyEvents> ServersFrom(int node) => new Servers<AnyEvents>(Nodes[node].Servers);

    public ValueTask JoinAsync(int node, ILocalSocket socket, params string[] rooms) => Nodes[node].JoinAsync(socket, [.. rooms], Token);

    public ValueTask LeaveAsync(int node, ILocalSocket socket, params string[] rooms) => Nodes[node].LeaveAsync(socket, [.. rooms], Token);

    /// <summary>Returns the packet that a client receives for an event whose arguments are texts.</summary>
    public string Packet(string name, params string[] arguments) =>
        $"2{(Path == "/" ? "" : Path + ",")}[{string.Join(',', arguments.Prepend(name).Select(text => $"\"{text}\""))}]";

    /// <summary>Connects one socket per list of rooms, distributed over the nodes.</summary>
    public async Task<ImmutableArray<(int Node, RecordingSocket Socket, string Rooms)>> ConnectAsync(params string[] rooms)
    {
        var sockets = ImmutableArray.CreateBuilder<(int, RecordingSocket, string)>();
        for (var i = 0; i < rooms.Length; i++)
        {
            var node = i % Nodes.Length;
            var socket = new RecordingSocket();
            await JoinAsync(node, socket, rooms[i].Split(' ', StringSplitOptions.RemoveEmptyEntries)).ConfigureAwait(false);
            sockets.Add((node, socket, rooms[i]));
        }

        return sockets.ToImmutable();
    }

    /// <summary>Waits until each node receives the events of every other one.</summary>
    public async Task ReadyAsync()
    {
        var probes = await ConnectAsync([.. Nodes.Select(_ => "")]).ConfigureAwait(false);
        for (var from = 0; from < Nodes.Length; from++)
        {
            foreach (var (_, socket, _) in probes)
            {
                for (var attempt = 0; !await SeesAsync(from, socket).ConfigureAwait(false); attempt++)
                    Check.True(attempt < 50, "the nodes receive the events of each other");
            }

            // After this event all earlier attempts have arrived, so the sockets of the case do not receive them.
            From(from).All.Emit("settled", $"{from}");
            foreach (var (_, socket, _) in probes) await socket.SeesAsync(Packet("settled", $"{from}"), Timeout).ConfigureAwait(false);
        }

        foreach (var (node, socket, _) in probes) Nodes[node].Remove(socket);
        foreach (var node in Nodes)
        {
            for (var attempt = 0; await node.ServerCountAsync(Token).ConfigureAwait(false) < Nodes.Length; attempt++)
                Check.True(attempt < 10_000, "the nodes count each other");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync().ConfigureAwait(false);
        foreach (var one in owned) await one.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<bool> SeesAsync(int from, RecordingSocket socket)
    {
        try
        {
            From(from).All.Emit("ready", $"{from}");
            await socket.SeesAsync(Packet("ready", $"{from}"), RetryAfter).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
