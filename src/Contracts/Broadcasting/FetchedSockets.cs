using System.Collections;

namespace TypedSocketRedis;

/// <summary>The sockets that a chain reaches, of all nodes that told theirs in time.</summary>
/// <remarks>
/// A node that is frozen, cut off or too old for the question is missing here, and costs nobody the answers of the others:
/// <see cref="IsComplete"/> says whether all told, and <see cref="ThrowIfIncomplete"/> is for those who need all or nothing.
/// </remarks>
/// <example><code>
/// foreach (var socket in await io.Of&lt;IClockEvents&gt;().To("utc").FetchSocketsAsync()) Console.WriteLine(socket.Id);
/// </code></example>
public sealed class FetchedSockets : IReadOnlyList<RemoteSocket>
{
    private readonly IReadOnlyList<RemoteSocket> _sockets;

    internal FetchedSockets(IReadOnlyList<RemoteSocket> sockets, int expectedNodes = 1, int answeredNodes = 1) =>
        (_sockets, ExpectedNodes, AnsweredNodes) = (sockets, expectedNodes, answeredNodes);

    /// <summary>How many sockets there are.</summary>
    public int Count => _sockets.Count;

    /// <summary>How many nodes have the namespace as far as is known, this one included.</summary>
    public int ExpectedNodes { get; }

    /// <summary>How many of them told their sockets in time, this one included.</summary>
    public int AnsweredNodes { get; }

    /// <summary>How many did not.</summary>
    public int MissingNodes => Math.Max(0, ExpectedNodes - AnsweredNodes);

    /// <summary>Whether every node told its sockets.</summary>
    public bool IsComplete => MissingNodes == 0;

    /// <summary>One socket; those of this node come first, the others as their nodes answered.</summary>
    /// <param name="index">Its position, from 0.</param>
    public RemoteSocket this[int index] => _sockets[index];

    /// <summary>Refuses to go on without the sockets of all nodes.</summary>
    /// <returns>The same sockets.</returns>
    /// <exception cref="MissingNodesException">A node did not answer in time.</exception>
    public FetchedSockets ThrowIfIncomplete() => IsComplete
        ? this
        : throw new MissingNodesException("timeout reached while waiting for fetchSockets response", ExpectedNodes, AnsweredNodes);

    /// <inheritdoc/>
    public IEnumerator<RemoteSocket> GetEnumerator() => _sockets.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
