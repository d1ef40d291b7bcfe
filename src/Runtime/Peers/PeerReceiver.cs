using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Receives the messages of a set of subscriptions; the next one follows even if handling one throws.</summary>
/// <param name="handle">The dispatch of the messages.</param>
/// <param name="dropped">The counters of received and dropped messages.</param>
internal sealed class PeerReceiver(PeerMessageHandler handle, DroppedMessages dropped)
{
    /// <summary>Handles one message of the bus.</summary>
    public void Receive(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message)
    {
        dropped.Received(message.Length);
        try
        {
            if (handle(channel, message) is var reason and not DropReason.None) dropped.Add(reason, message.Length);
        }
        catch (ProtocolException exception)
        {
            dropped.Add(exception.ToDropReason(), message.Length);
        }
        catch (Exception exception)
        {
            dropped.Failed(exception);
        }
    }
}
