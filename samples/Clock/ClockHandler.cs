using TypedSocketRedis;

namespace Clock;

/// <summary>The handler of the events of clients.</summary>
internal sealed class ClockHandler(Welcome welcome) : SocketHandler<IClockEvents>, IClockCommands
{
    public override async Task OnConnectedAsync() => await Caller.Welcome(welcome, ConnectionAborted);

    public async Task Join(string zone)
    {
        // Clients can send any text, so only the name of a zone is accepted as a room.
        if (Zones.All.Contains(zone)) await Socket.JoinAsync(zone);
        SendRooms();
    }

    public async Task Leave(string zone)
    {
        if (Zones.All.Contains(zone)) await Socket.LeaveAsync(zone);
        SendRooms();
    }

    private void SendRooms() => Caller.Rooms([.. Socket.Rooms.Where(Zones.All.Contains)]);
}
