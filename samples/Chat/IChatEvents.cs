using TypedSocketRedis;

namespace Chat;

/// <summary>The events that clients of the chat receive.</summary>
[SocketEvents("/chat")]
public interface IChatEvents
{
    /// <summary>Sends a new message to its room.</summary>
    void Said(Message message);

    /// <summary>Sends the names of the people in a room to the room after each change.</summary>
    void Present(IReadOnlyList<string> names);

    /// <summary>Sends the last messages of a room to a client that has entered it.</summary>
    void Entered(string room, IReadOnlyList<Message> history);
}

/// <summary>A message of the chat.</summary>
public sealed record Message(string Name, string Text, DateTime At);
