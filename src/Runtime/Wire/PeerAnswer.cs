namespace TypedSocketRedis.Redis;

/// <summary>A node's response to a request.</summary>
internal abstract record PeerAnswer
{
    /// <summary>The request was carried out.</summary>
    public sealed record Done : PeerAnswer;

    /// <param name="Ids">The sockets' ids.</param>
    public sealed record SocketIds(IEnumerable<string> Ids) : PeerAnswer;

    /// <param name="Names">The rooms with members here.</param>
    public sealed record Rooms(IEnumerable<string> Names) : PeerAnswer;

    /// <param name="List">The sockets here.</param>
    public sealed record Sockets(IReadOnlyList<RemoteSocket> List) : PeerAnswer;

    /// <param name="Value">The result of a server event's handler, one value; empty if there is none.</param>
    public sealed record ServerEvent(ReadOnlyMemory<byte> Value) : PeerAnswer;

    /// <param name="Count">The number of this node's clients that are to acknowledge.</param>
    public sealed record Clients(int Count) : PeerAnswer;

    /// <param name="Value">The acknowledgement of one client, one value; empty if there is none.</param>
    public sealed record Ack(ReadOnlyMemory<byte> Value) : PeerAnswer;
}

/// <summary>A response from another node.</summary>
/// <param name="Body">The members in MessagePack, in memory that is not used again.</param>
/// <param name="Members">
/// The positions of the members; the type is that of the classic adapter, and the result of a server event is the data.
/// </param>
internal readonly record struct PeerResponse(ReadOnlyMemory<byte> Body, Members Members);
