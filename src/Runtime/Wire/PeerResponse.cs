namespace TypedSocketRedis.Redis;

/// <summary>A node's response to a request.</summary>
internal abstract record PeerResponse
{
    /// <summary>The request was carried out.</summary>
    public sealed record Done : PeerResponse;

    /// <param name="Ids">The sockets' ids.</param>
    public sealed record SocketIds(IEnumerable<string> Ids) : PeerResponse;

    /// <param name="Names">The rooms with members here.</param>
    public sealed record Rooms(IEnumerable<string> Names) : PeerResponse;

    /// <param name="List">The sockets here.</param>
    public sealed record Sockets(IReadOnlyList<RemoteSocket> List) : PeerResponse;

    /// <param name="Value">The result of a server event's handler, one value; empty if there is none.</param>
    public sealed record ServerEvent(ReadOnlyMemory<byte> Value) : PeerResponse;

    /// <param name="Count">The number of this node's clients that are to acknowledge.</param>
    public sealed record Clients(int Count) : PeerResponse;

    /// <param name="Value">The acknowledgement of one client, one value; empty if there is none.</param>
    public sealed record Ack(ReadOnlyMemory<byte> Value) : PeerResponse;
}

/// <summary>A response from another node.</summary>
/// <param name="Body">The members in MessagePack, in memory that is not used again.</param>
/// <param name="Members">
/// The positions of the members; the type is that of the classic adapter, and the result of a server event is the data.
/// </param>
internal readonly record struct PeerResponseBody(ReadOnlyMemory<byte> Body, PeerMessageFields Members);
