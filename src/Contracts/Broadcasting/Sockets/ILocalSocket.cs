using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>One client's socket on this node, as the adapters use it.</summary>
internal interface ILocalSocket
{
    SocketId Id { get; }

    /// <summary>The socket's entry in the <c>RoomIndex</c> of its namespace.</summary>
    RoomMember Membership { get; }

    /// <summary>The data that the client sent when it connected.</summary>
    Handshake Handshake { get; }

    /// <summary>The application's data for this socket, which is sent to other nodes; one MessagePack value. Default: <c>{}</c>.</summary>
    SocketArgument Data { get; }

    /// <summary>The maximum number of rooms that another node can add this socket to, including its own.</summary>
    int MaxRooms { get; }

    /// <summary>Queues an event for this socket; never blocks, never throws.</summary>
    /// <remarks>
    /// Frames leave in the order of the calls. If the client's byte budget is exceeded, a volatile frame is dropped, and any other frame
    /// closes the client.
    /// </remarks>
    /// <param name="frame">The frame, which is shared by all receivers and never changed.</param>
    /// <param name="sent">The event in the frame, which handlers of outgoing events can read; shared by all receivers as well.</param>
    /// <param name="flags">The delivery flags.</param>
    void Send(Frame frame, ref SentEvent sent, BroadcastFlags flags);

    /// <summary>Queues an event and registers the collector of its acknowledgement; never blocks, never throws.</summary>
    /// <param name="frame">The frame, which is shared by all receivers and never changed.</param>
    /// <param name="sent">The event in the frame.</param>
    /// <param name="flags">The delivery flags.</param>
    /// <param name="id">The ack id in the frame.</param>
    /// <param name="acks">The collector, which gets the acknowledgement or is notified that the socket has ended.</param>
    /// <returns>False if the socket has ended or already awaits too many acknowledgements; the event is not sent in that case.</returns>
    bool TrySendWithAck(Frame frame, ref SentEvent sent, BroadcastFlags flags, ulong id, AckCollector acks);

    /// <summary>Stops awaiting an acknowledgement.</summary>
    void Forget(ulong id);

    /// <summary>Disconnects the client; never blocks, never throws, and does nothing for a disconnected client.</summary>
    /// <param name="close">True to also close its connection, with all its namespaces.</param>
    void Disconnect(bool close);
}
