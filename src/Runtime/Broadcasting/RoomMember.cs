namespace TypedSocketRedis.Broadcasting;

/// <summary>What the <c>RoomIndex</c> keeps for one socket; only the index reads and writes it, under its lock.</summary>
/// <param name="socket">The socket it stands for.</param>
internal sealed class RoomMember(ILocalSocket socket)
{
    public ILocalSocket Socket { get; } = socket;
}
