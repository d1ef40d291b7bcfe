using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Redis;

/// <summary>The types of requests between nodes; the numbers are those of the wire.</summary>
internal enum PeerRequestType
{
    /// <summary>The ids of the sockets in rooms; requested by adapters up to 7.x.</summary>
    Sockets = 0,

    AllRooms = 1,
    Join = 2,
    Leave = 3,
    Disconnect = 4,
    FetchSockets = 5,
    ServerEvent = 6,

    /// <summary>A broadcast that clients are to acknowledge.</summary>
    Ask = 7,

    /// <summary>A response to <see cref="Ask"/>: the number of a node's clients that are to acknowledge.</summary>
    ClientCount = 8,

    /// <summary>A response to <see cref="Ask"/>: the acknowledgement of one client.</summary>
    Ack = 9,
}

/// <summary>A request from another node; members that its type does not have are empty.</summary>
internal sealed record PeerRequest
{
    public required PeerRequestType Type { get; init; }

    /// <summary>The id of the requesting node; null when the request does not name it, as those of emitters.</summary>
    public string? Uid { get; init; }

    /// <summary>The id that a response repeats, one MessagePack value in memory of its own; empty if there is none.</summary>
    public ReadOnlyMemory<byte> RequestId { get; init; }

    /// <summary>The target sockets; null in the form for one socket.</summary>
    public BroadcastOptions? Target { get; init; }

    /// <summary>The single target socket.</summary>
    public string? SocketId { get; init; }

    public ImmutableArray<string> Rooms { get; init; } = [];

    public bool Close { get; init; }

    /// <summary>The event, a slice of the message.</summary>
    public EventData Data { get; init; }

    public bool WantsAnswer => !RequestId.IsEmpty;

    /// <summary>Returns the parts of the request that a response needs, and nothing that keeps its message alive.</summary>
    public PeerRequest Origin() => new() { Type = Type, Uid = Uid, RequestId = RequestId };
}
