using TypedSocketRedis;

namespace Chat;

/// <summary>The events that the server sends to clients.</summary>
[SocketEvents("/chat")]
public interface IChatEvents
{
    /// <summary>Sends a new message to the room in which it was written.</summary>
    void Said(string room, Message message);

    /// <summary>Sends a message to one user, on all devices.</summary>
    void Whispered(Message message);

    /// <summary>Sends the users in a room to the room, after each change.</summary>
    void Present(string room, IReadOnlyList<string> users);
}

/// <summary>A message.</summary>
/// <param name="Id">The id of the message.</param>
/// <param name="User">The user who wrote it.</param>
/// <param name="Text">The text.</param>
/// <param name="At">The time at which it was written.</param>
public sealed record Message(Guid Id, string User, string Text, DateTime At);
