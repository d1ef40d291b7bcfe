namespace TypedSocketRedis.Redis;

/// <summary>What a node answers to a request.</summary>
internal abstract record PeerAnswer
{
    /// <summary>It is done.</summary>
    public sealed record Done : PeerAnswer;

    /// <param name="Ids">The sockets' ids.</param>
    public sealed record SocketIds(IEnumerable<string> Ids) : PeerAnswer;

    /// <param name="Names">The rooms with members here.</param>
    public sealed record Rooms(IEnumerable<string> Names) : PeerAnswer;

    /// <param name="List">The sockets here.</param>
    public sealed record Sockets(IReadOnlyList<RemoteSocket> List) : PeerAnswer;

    /// <param name="Value">What a handler of a server event gave, one value; empty: nothing.</param>
    public sealed record ServerEvent(ReadOnlyMemory<byte> Value) : PeerAnswer;

    /// <param name="Count">How many clients were asked here.</param>
    public sealed record Clients(int Count) : PeerAnswer;

    /// <param name="Value">What one of them acknowledged, one value; empty: nothing.</param>
    public sealed record Ack(ReadOnlyMemory<byte> Value) : PeerAnswer;
}

/// <summary>An answer of another node.</summary>
/// <param name="Body">Its members in MessagePack, in memory that is not used again.</param>
/// <param name="Members">Where they lie in it; the type is that of the classic adapter, and what a server event gave is the data.</param>
internal readonly record struct PeerResponse(ReadOnlyMemory<byte> Body, Members Members);
