using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Benchmarks;

/// <summary>A socket that only counts its frames.</summary>
internal sealed class CountingSocket : ILocalSocket
{
    public CountingSocket() => Membership = new RoomMember(this);

    public SocketId Id { get; } = SocketId.Create();

    public RoomMember Membership { get; }

    public int MaxRooms => int.MaxValue;

    public Handshake Handshake { get; } = new(HandshakeWriter.Write([], "127.0.0.1", false, DateTimeOffset.UnixEpoch, "/socket.io/", []),
        default);

    public SocketArgument Data => new(0, new byte[] { 0x80 });

    public int Frames { get; private set; }

    public void Send(Frame frame, ref SentEvent sent, BroadcastFlags flags) => Frames++;

    public bool TrySendWithAck(Frame frame, ref SentEvent sent, BroadcastFlags flags, ulong id, AckCollector acks) => false;

    public void Forget(ulong id)
    {
    }

    public void Disconnect(bool close)
    {
    }
}
