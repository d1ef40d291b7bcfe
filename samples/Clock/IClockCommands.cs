using TypedSocketRedis;

namespace Clock;

/// <summary>The events that clients send: <c>socket.emit("join", "UTC")</c>.</summary>
[SocketCommands]
public interface IClockCommands
{
    /// <summary>Joins the room of a time zone.</summary>
    Task Join(string zone);

    /// <summary>Leaves the room of a time zone.</summary>
    Task Leave(string zone);
}
