using TypedSocketRedis;

namespace SocketServer._1;

/// <summary>The events that clients send and servers handle: <c>await socket.emitWithAck("say", "hi")</c>.</summary>
[SocketCommands]
public interface IChatCommands
{
    /// <summary>Sends a text to all clients, and returns its length as the acknowledgement.</summary>
    Task<int> Say(string text);
}
