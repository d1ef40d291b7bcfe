using System.Collections;

namespace TypedSocketRedis;

/// <summary>The names of the rooms that have members, on all nodes that told theirs in time.</summary>
/// <remarks>
/// <para>The room each socket has of its own, named by its id, is among them.</para>
/// <para>A node that did not answer is missing, as in <see cref="FetchedSockets"/>.</para>
/// </remarks>
public sealed class FetchedRooms : IReadOnlyList<string>
{
    private readonly HashSet<string> _rooms;
    private readonly string[] _inOrder;

    internal FetchedRooms(HashSet<string> rooms, int expectedNodes = 1, int answeredNodes = 1) =>
        (_rooms, _inOrder, ExpectedNodes, AnsweredNodes) = (rooms, [.. rooms], expectedNodes, answeredNodes);

    /// <summary>How many rooms there are.</summary>
    public int Count => _rooms.Count;

    /// <summary>How many nodes have the namespace as far as is known, this one included.</summary>
    public int ExpectedNodes { get; }

    /// <summary>How many of them told their rooms in time, this one included.</summary>
    public int AnsweredNodes { get; }

    /// <summary>How many did not.</summary>
    public int MissingNodes => Math.Max(0, ExpectedNodes - AnsweredNodes);

    /// <summary>Whether every node told its rooms.</summary>
    public bool IsComplete => MissingNodes == 0;

    /// <summary>One room; in no order.</summary>
    /// <param name="index">Its position, from 0.</param>
    public string this[int index] => _inOrder[index];

    /// <summary>Whether a room has members on a node that answered.</summary>
    /// <param name="room">The room.</param>
    /// <returns>Whether it has.</returns>
    public bool Contains(string room) => _rooms.Contains(room);

    /// <summary>Refuses to go on without the rooms of all nodes.</summary>
    /// <returns>The same rooms.</returns>
    /// <exception cref="MissingNodesException">A node did not answer in time.</exception>
    public FetchedRooms ThrowIfIncomplete() => IsComplete
        ? this
        : throw new MissingNodesException("timeout reached while waiting for allRooms response", ExpectedNodes, AnsweredNodes);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_inOrder).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
