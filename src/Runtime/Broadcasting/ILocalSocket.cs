using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>One client's socket on this node, as the adapters see it.</summary>
internal interface ILocalSocket
{
    SocketId Id { get; }

    /// <summary>The socket's place in the <c>RoomIndex</c> of its namespace.</summary>
    RoomMember Membership { get; }

    /// <summary>Queues a frame for this socket; never blocks, never throws.</summary>
    /// <remarks>Frames leave in call order. Over the client's byte budget a volatile frame is dropped, another closes the client.</remarks>
    /// <param name="frame">Shared by all receivers, never changed.</param>
    /// <param name="flags">How it is to be delivered.</param>
    void Send(Frame frame, BroadcastFlags flags);
}
