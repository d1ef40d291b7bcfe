using System.Collections.Immutable;
using System.Text;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Delivers the broadcasts of other nodes and of emitters to this node's clients.</summary>
/// <param name="local">This node's clients.</param>
/// <param name="codec">The reader of the messages.</param>
/// <param name="maxMessageSize">The maximum size of a message, in bytes.</param>
/// <param name="acceptsLegacy">A value indicating whether messages of emitters that join several room names are accepted.</param>
internal sealed class ClassicBroadcastReceiver(LocalAdapter local, ClassicEnvelopeCodec codec, int maxMessageSize, bool acceptsLegacy)
{
    private const byte Separator = (byte)'#';

    /// <summary>Applies the receiver's rules, cheapest first: nothing is decoded before the channel's room is known here.</summary>
    /// <param name="room">The room named by the channel; empty for the namespace.</param>
    /// <param name="message">The message.</param>
    /// <returns>The reason why the message was dropped, or <see cref="DropReason.None"/>.</returns>
    /// <exception cref="ProtocolException">The event cannot be sent to clients.</exception>
    public DropReason Deliver(ReadOnlySpan<byte> room, ReadOnlyMemory<byte> message)
    {
        var isKnown = room.IsEmpty || local.Rooms.HasRoom(room);
        if (!isKnown && !(acceptsLegacy && room.Contains(Separator))) return DropReason.UnknownRoom;
        if (codec.IsOwn(message.Span)) return DropReason.Own;
        if (message.Length > maxMessageSize) return DropReason.Size;
        if (codec.Read(message, out var envelope) is var reason and not DropReason.None)
            return isKnown ? reason : DropReason.UnknownRoom;

        var rooms = envelope.Options.Rooms;
        if (!isKnown && !LegacyEmitters.IsString(room, rooms)) return DropReason.UnknownRoom;
        if (IsCopy(room, rooms)) return DropReason.Duplicate;

        local.DeliverReceived(envelope.Data, envelope.Options, MessageExtension.TraceOf(envelope.Extension.Span));
        return DropReason.None;
    }

    /// <summary>Delivers a message whose channel does not name its receivers.</summary>
    public DropReason DeliverLegacy(ReadOnlyMemory<byte> message)
    {
        if (message.Length > maxMessageSize) return DropReason.Size;
        if (codec.Read(message, out var envelope, isLegacy: true) is var reason and not DropReason.None) return reason;

        local.DeliverReceived(envelope.Data, envelope.Options, MessageExtension.TraceOf(envelope.Extension.Span));
        return DropReason.None;
    }

    /// <summary>Returns <c>true</c> if another copy of the same broadcast is the one to deliver.</summary>
    /// <remarks>
    /// Some producers publish a broadcast to several rooms once on each room's channel, every copy listing all of them: the
    /// copy of the first room that has members here counts.
    /// </remarks>
    private bool IsCopy(ReadOnlySpan<byte> channelRoom, ImmutableArray<string> rooms)
    {
        if (channelRoom.IsEmpty || rooms.Length < 2) return false;

        var name = Encoding.UTF8.GetString(channelRoom);
        if (!rooms.Contains(name)) return false;
        foreach (var room in rooms)
        {
            if (room == name) return false;
            if (local.Rooms.HasRoom(room)) return true;
        }

        return false;
    }
}
