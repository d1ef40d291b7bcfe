using System.Collections;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis;

/// <summary>The sockets that a chain selects, from all nodes that responded in time.</summary>
/// <remarks>
/// The sockets of a node that is frozen, disconnected or too old for the request are missing, without affecting those of other nodes:
/// <see cref="IsComplete"/> is true if all nodes responded, and <see cref="ThrowIfIncomplete"/> throws otherwise.
/// </remarks>
/// <example><code>
/// foreach (var socket in await io.Of&lt;IClockEvents&gt;().To("utc").FetchSocketsAsync()) Console.WriteLine(socket.Id);
/// </code></example>
public sealed class FetchedSockets : IReadOnlyList<RemoteSocket>
{
    private readonly List<RemoteSocket> _sockets;

    /// <summary>Creates the result of a request.</summary>
    /// <param name="sink">The sink for operations on the sockets.</param>
    /// <param name="sockets">The sockets.</param>
    /// <param name="expectedNodes">The number of nodes known to have the namespace.</param>
    /// <param name="respondedNodes">The number of those nodes that responded in time.</param>
    internal FetchedSockets(IBroadcastSink sink, List<SocketDescription> sockets, int expectedNodes = 1, int respondedNodes = 1)
    {
        _sockets = sockets.ConvertAll(socket => new RemoteSocket(sink, socket));
        (ExpectedNodes, RespondedNodes) = (expectedNodes, respondedNodes);
    }

    /// <summary>The number of sockets.</summary>
    public int Count => _sockets.Count;

    /// <summary>The number of nodes known to have the namespace, including this process if it is a server.</summary>
    public int ExpectedNodes { get; }

    /// <summary>The number of those nodes that responded in time, including this process if it is a server.</summary>
    public int RespondedNodes { get; }

    /// <summary>The number of nodes that did not respond in time.</summary>
    public int MissingNodes => Math.Max(0, ExpectedNodes - RespondedNodes);

    /// <summary>Gets a value indicating whether every node responded.</summary>
    public bool IsComplete => MissingNodes == 0;

    /// <summary>Gets a socket. The sockets of this node come first, the others in the order in which their nodes responded.</summary>
    /// <param name="index">The zero-based index.</param>
    public RemoteSocket this[int index] => _sockets[index];

    /// <summary>Throws if the sockets of a node are missing.</summary>
    /// <returns>This object.</returns>
    /// <exception cref="MissingNodesException">A node did not respond in time.</exception>
    public FetchedSockets ThrowIfIncomplete() => IsComplete
        ? this
        : throw new MissingNodesException("timeout reached while waiting for fetchSockets response", ExpectedNodes, RespondedNodes);

    /// <inheritdoc/>
    public IEnumerator<RemoteSocket> GetEnumerator() => _sockets.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
