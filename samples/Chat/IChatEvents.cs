using TypedSocketRedis;

namespace Chat;

/// <summary>What the clients of the chat receive.</summary>
[SocketEvents("/chat")]
public interface IChatEvents
{
    /// <summary>Someone said something, to the room it was said in.</summary>
    void Said(Message message);

    /// <summary>Who is in a room now, to the room, whenever that changed.</summary>
    void Present(IReadOnlyList<string> names);

    /// <summary>The last messages of a room, to the one who entered it.</summary>
    void Entered(string room, IReadOnlyList<Message> history);
}

/// <summary>One message.</summary>
public sealed record Message(string Name, string Text, DateTime At);
