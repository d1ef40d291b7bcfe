using TypedSocketRedis;

namespace Clock;

/// <summary>What clients receive: each method is one event, <c>socket.on("time", (zone, now) => …)</c>.</summary>
[SocketEvents]
public interface IClockEvents
{
    /// <summary>The time, sent every second to the room of each time zone.</summary>
    void Time(string zone, DateTime now);

    /// <summary>Greets one client: where it is, and what there is to join.</summary>
    Task Welcome(Welcome welcome);

    /// <summary>Tells one client which rooms it is in, whenever that changed.</summary>
    void Rooms(IReadOnlyList<string> zones);
}

/// <summary>The greeting.</summary>
/// <param name="Port">The port of the node the client is connected to.</param>
/// <param name="Ports">The ports of all nodes of the cluster.</param>
/// <param name="Zones">The time zones, each a room.</param>
public sealed record Welcome(int Port, IReadOnlyList<int> Ports, IReadOnlyList<string> Zones);
