using TypedSocketRedis;

namespace SocketServer._1;

/// <summary>The events that servers send and clients receive: <c>socket.on("said", message => …)</c>.</summary>
[SocketEvents]
public interface IChatEvents
{
    /// <summary>Sends a message of a client.</summary>
    void Said(Message message);
}

/// <summary>A message.</summary>
/// <param name="From">The sender.</param>
/// <param name="Text">The text.</param>
/// <param name="At">The time when the server received it.</param>
public sealed record Message(string From, string Text, DateTime At);
