using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>What one node asks of the others; the numbers are those of the wire.</summary>
internal enum PeerRequestType
{
    /// <summary>The ids of the sockets in rooms; asked by adapters up to 7.x.</summary>
    Sockets = 0,

    AllRooms = 1,
    Join = 2,
    Leave = 3,
    Disconnect = 4,
    FetchSockets = 5,
    ServerEvent = 6,

    /// <summary>A broadcast that clients are to acknowledge.</summary>
    Ask = 7,

    /// <summary>Answers <see cref="Ask"/>: how many clients a node asked.</summary>
    ClientCount = 8,

    /// <summary>Answers <see cref="Ask"/>: the acknowledgement of one client.</summary>
    Ack = 9,
}

/// <summary>A request as it came from another node; what its type does not have is empty.</summary>
internal sealed record PeerRequest
{
    public required PeerRequestType Type { get; init; }

    /// <summary>Who asks; null when the request does not say, as those of emitters.</summary>
    public string? Uid { get; init; }

    /// <summary>What an answer is to repeat, one MessagePack value in memory of its own; empty: nothing.</summary>
    public ReadOnlyMemory<byte> RequestId { get; init; }

    /// <summary>The sockets it is about; null in the form for one socket.</summary>
    public BroadcastOptions? Target { get; init; }

    /// <summary>The only socket it is about.</summary>
    public string? SocketId { get; init; }

    public ImmutableArray<string> Rooms { get; init; } = [];

    public bool Close { get; init; }

    /// <summary>The event, a slice of the message.</summary>
    public EventData Data { get; init; }

    public bool WantsAnswer => !RequestId.IsEmpty;

    /// <summary>Returns what a response needs of the request, and nothing that keeps its message alive.</summary>
    public PeerRequest Origin() => new() { Type = Type, Uid = Uid, RequestId = RequestId };
}
