using TypedSocketRedis;

namespace Clock;

/// <summary>The events that clients receive. Each method is one event, <c>socket.on("time", (zone, now) => …)</c>.</summary>
[SocketEvents]
public interface IClockEvents
{
    /// <summary>Sends the time, every second, to the room of each time zone.</summary>
    void Time(string zone, DateTime now);

    /// <summary>Greets one client with the port of its node and the rooms that it can join.</summary>
    Task Welcome(Welcome welcome);

    /// <summary>Sends one client the rooms that it has joined, after each change.</summary>
    void Rooms(IReadOnlyList<string> zones);
}

/// <summary>The greeting.</summary>
/// <param name="Port">The port of the node the client is connected to.</param>
/// <param name="Ports">The ports of all nodes of the cluster.</param>
/// <param name="Zones">The time zones, each a room.</param>
public sealed record Welcome(int Port, IReadOnlyList<int> Ports, IReadOnlyList<string> Zones);
