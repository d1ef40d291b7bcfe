using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>One client's socket on this node, as the adapters see it.</summary>
internal interface ILocalSocket
{
    SocketId Id { get; }

    /// <summary>The socket's place in the <c>RoomIndex</c> of its namespace.</summary>
    RoomMember Membership { get; }

    /// <summary>What the client told when it connected.</summary>
    Handshake Handshake { get; }

    /// <summary>What the application keeps for this socket, and other nodes are shown; one MessagePack value, <c>{}</c> at first.</summary>
    EventArgument Data { get; }

    /// <summary>The maximum number of rooms that another node can put this socket into, its own included.</summary>
    int MaxRooms { get; }

    /// <summary>Queues an event for this socket; never blocks, never throws.</summary>
    /// <remarks>Frames leave in call order. Over the client's byte budget a volatile frame is dropped, another closes the client.</remarks>
    /// <param name="frame">Shared by all receivers, never changed.</param>
    /// <param name="sent">The event in the frame, should the socket want to look at it; shared by all receivers as well.</param>
    /// <param name="flags">How it is to be delivered.</param>
    void Send(Frame frame, ref SentEvent sent, BroadcastFlags flags);

    /// <summary>Queues an event and keeps who awaits its acknowledgement; never blocks, never throws.</summary>
    /// <param name="frame">Shared by all receivers, never changed.</param>
    /// <param name="sent">The event in the frame.</param>
    /// <param name="flags">How it is to be delivered.</param>
    /// <param name="id">The number in the frame.</param>
    /// <param name="acks">Gets the acknowledgement, or learns that the socket ended before.</param>
    /// <returns>False when the socket has ended or awaits too many already; then nothing is sent.</returns>
    bool TryAsk(Frame frame, ref SentEvent sent, BroadcastFlags flags, ulong id, AckCollector acks);

    /// <summary>Awaits an acknowledgement no more.</summary>
    void Forget(ulong id);

    /// <summary>Disconnects the client; never blocks, never throws, and does nothing for one that is gone.</summary>
    /// <param name="close">Whether its connection, with all its namespaces, is closed as well.</param>
    void Disconnect(bool close);
}
