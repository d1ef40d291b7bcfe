using System.Collections;

namespace TypedSocketRedis;

/// <summary>The names of the rooms with members on all nodes that responded in time.</summary>
/// <remarks>
/// <para>It includes the room of each socket, which is named by the socket's id.</para>
/// <para>The rooms of a node that did not respond are missing, as in <see cref="FetchedSockets"/>.</para>
/// </remarks>
public sealed class FetchedRooms : IReadOnlyList<string>
{
    private readonly HashSet<string> _rooms;
    private readonly string[] _inOrder;

    internal FetchedRooms(HashSet<string> rooms, int expectedNodes = 1, int respondedNodes = 1) =>
        (_rooms, _inOrder, ExpectedNodes, RespondedNodes) = (rooms, [.. rooms], expectedNodes, respondedNodes);

    /// <summary>The number of rooms.</summary>
    public int Count => _rooms.Count;

    /// <summary>The number of nodes known to have the namespace, including this process if it is a server.</summary>
    public int ExpectedNodes { get; }

    /// <summary>The number of those nodes that responded in time, including this process if it is a server.</summary>
    public int RespondedNodes { get; }

    /// <summary>The number of nodes that did not respond in time.</summary>
    public int MissingNodes => Math.Max(0, ExpectedNodes - RespondedNodes);

    /// <summary>Gets a value indicating whether every node responded.</summary>
    public bool IsComplete => MissingNodes == 0;

    /// <summary>Gets a room; the order is undefined.</summary>
    /// <param name="index">The zero-based index.</param>
    public string this[int index] => _inOrder[index];

    /// <summary>Returns a value indicating whether a room has members on a node that responded.</summary>
    /// <param name="room">The room.</param>
    /// <returns>True if the room has members.</returns>
    public bool Contains(string room) => _rooms.Contains(room);

    /// <summary>Throws if the rooms of a node are missing.</summary>
    /// <returns>This object.</returns>
    /// <exception cref="MissingNodesException">A node did not respond in time.</exception>
    public FetchedRooms ThrowIfIncomplete() => IsComplete
        ? this
        : throw new MissingNodesException("timeout reached while waiting for allRooms response", ExpectedNodes, RespondedNodes);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_inOrder).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
