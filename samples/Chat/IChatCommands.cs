using TypedSocketRedis;

namespace Chat;

/// <summary>The events that clients send to the server.</summary>
[SocketCommands("/chat")]
public interface IChatCommands
{
    /// <summary>Enters a room, leaves the other ones, and returns the last messages.</summary>
    Task<IReadOnlyList<Message>> Enter(string room);

    /// <summary>Writes a message in a room that the client has entered.</summary>
    Task Say(string room, string text);

    /// <summary>Writes a message to a user who is online, and returns it.</summary>
    Task<Message> Whisper(string user, string text);

    /// <summary>Disconnects all clients of the user, on every node.</summary>
    Task SignOut();
}
