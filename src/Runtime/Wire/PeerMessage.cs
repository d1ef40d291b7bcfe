using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>The kinds of messages between nodes, in every format; the responses begin with <see cref="Done"/>.</summary>
internal enum PeerMessageKind : byte
{
    /// <summary>An event for clients, which they acknowledge if the message has a request id.</summary>
    Broadcast,

    Join,
    Leave,
    Disconnect,
    FetchSockets,
    AllRooms,

    /// <summary>A request for the ids of the sockets in rooms; sent by adapters up to 7.x.</summary>
    SocketIds,

    ServerEvent,

    /// <summary>A response without content: the request was carried out.</summary>
    Done,

    SocketIdsResponse,
    RoomsResponse,
    SocketsResponse,

    /// <summary>The counted sockets and their users, in place of the sockets; only this library requests and sends it.</summary>
    PresenceResponse,

    /// <summary>The result of a server event's handler.</summary>
    ServerEventResponse,

    /// <summary>The first response to a broadcast: the number of a node's clients that are to acknowledge.</summary>
    ClientCount,

    /// <summary>A response to a broadcast: the acknowledgement of one client.</summary>
    Ack,
}

/// <summary>A message between nodes in the form that all formats share; members that its kind does not have are empty.</summary>
/// <param name="kind">The kind.</param>
[StructLayout(LayoutKind.Auto)]
internal struct PeerMessage(PeerMessageKind kind)
{
    /// <summary>Creates a response, or a request that is reduced to what its response needs and keeps no message alive.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="request">The request.</param>
    public PeerMessage(PeerMessageKind kind, in PeerMessage request) : this(kind) => (Uid, RequestId) = (request.Uid, request.RequestId);

    public PeerMessageKind Kind { get; } = kind;

    /// <summary>The id of the requesting node, in a request that was read and in its responses; null when the request does not name it, as
    /// those of emitters. A request that is written has the id of its writer.</summary>
    public string? Uid { get; init; }

    /// <summary>The id that a response repeats, one MessagePack value in memory of its own; empty if there is none.</summary>
    public ReadOnlyMemory<byte> RequestId { get; set; }

    /// <summary>The target sockets; null in the form for one socket.</summary>
    public BroadcastOptions? Target { get; set; }

    /// <summary>The single target socket.</summary>
    public string? SocketId { get; set; }

    /// <summary>The rooms, or the ids in a response with the ids of sockets.</summary>
    public ImmutableArray<string> Rooms { get; set; } = [];

    public bool Close { get; set; }

    /// <summary>
    /// The event, a slice of the message that was read; or the acknowledgement in a response, one value, empty if there is none.
    /// </summary>
    public ReadOnlyMemory<byte> Data { get; set; }

    /// <summary>The number of a node's clients that are to acknowledge.</summary>
    public int Clients { get; init; }

    /// <summary>The sockets in a response.</summary>
    public IReadOnlyList<SocketDescription> Sockets { get; init; } = [];

    /// <summary>The map of <see cref="MessageExtension"/>, a slice of a message that was read; empty if there is none.</summary>
    public ReadOnlyMemory<byte> Extension { get; set; }
    /// <summary>
    /// The prefix of user rooms in a request for counts instead of sockets, empty for no users; null to fetch the sockets.
    /// </summary>
    public string? PresencePrefix { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the request is for all namespaces of a node instead of one; Node.js ignores it.
    /// </summary>
    public bool IsEverywhere { get; set; }

    /// <summary>The counts in a response.</summary>
    public PresenceReport? Presence { get; init; }

    public readonly bool WantsResponse => !RequestId.IsEmpty;
}
