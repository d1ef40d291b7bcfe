using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Benchmarks;

/// <summary>A socket that only counts what it is given.</summary>
internal sealed class CountingSocket : ILocalSocket
{
    public CountingSocket() => Membership = new RoomMember(this);

    public SocketId Id { get; } = SocketId.Create();

    public RoomMember Membership { get; }

    public int Frames { get; private set; }

    public void Send(Frame frame, BroadcastFlags flags) => Frames++;

    public bool TryAsk(Frame frame, BroadcastFlags flags, ulong id, AckCollector acks) => false;

    public void Forget(ulong id)
    {
    }
}
