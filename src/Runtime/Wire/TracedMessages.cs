using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Writes messages that continue the current trace.</summary>
internal static class TracedMessages
{
    /// <summary>Writes a broadcast with the current trace, unless only the trace makes it too large.</summary>
    /// <param name="wire">The format.</param>
    /// <param name="data">The event.</param>
    /// <param name="options">The target.</param>
    /// <param name="max">The maximum size, in bytes.</param>
    /// <exception cref="ArgumentException">The message is larger.</exception>
    public static byte[] Traced(this IEmitterWire wire, EventData data, BroadcastOptions options, int max)
    {
        var extension = MessageExtension.OfCurrent();
        var message = wire.Broadcast(data, options, extension);
        if (message.Length > max && !extension.IsEmpty) message = wire.Broadcast(data, options, default);
        return MessageSize.Checked(message, max);
    }

    /// <summary>Writes any other message with the current trace, unless only the trace makes it too large.</summary>
    /// <param name="wire">The format.</param>
    /// <param name="message">The message.</param>
    /// <param name="max">The maximum size, in bytes.</param>
    /// <exception cref="ArgumentException">The message is larger.</exception>
    /// <exception cref="ProtocolException">The event is malformed or too large.</exception>
    public static byte[] Traced(this IEmitterWire wire, PeerMessage message, int max)
    {
        message.Extension = MessageExtension.OfCurrent();
        var written = wire.Write(message);
        if (written.Length > max && !message.Extension.IsEmpty) written = wire.Write(message with { Extension = default });
        return MessageSize.Checked(written, max);
    }
}
