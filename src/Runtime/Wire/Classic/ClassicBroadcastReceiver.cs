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
internal sealed class ClassicBroadcastReceiver(LocalAdapter local, ClassicCodec codec, int maxMessageSize, bool acceptsLegacy)
{
    private const byte Separator = (byte)'#';

    /// <summary>Applies the receiver's rules, cheapest first: nothing is decoded before the channel's room is known here.</summary>
    /// <param name="room">The room named by the channel; empty for the namespace.</param>
    /// <param name="message">The message.</param>
    /// <returns>Null, or the reason why the message was dropped.</returns>
    /// <exception cref="ProtocolException">The event cannot be sent to clients.</exception>
    public string? Deliver(ReadOnlySpan<byte> room, ReadOnlyMemory<byte> message)
    {
        var isKnown = room.IsEmpty || local.Rooms.HasRoom(room);
        if (!isKnown && !(acceptsLegacy && room.Contains(Separator))) return DropCause.UnknownRoom;
        if (codec.IsOwn(message.Span)) return DropCause.Own;
        if (message.Length > maxMessageSize) return DropCause.Size;
        if (codec.Reader.TryRead(message, out var envelope) is { } cause) return isKnown ? cause : DropCause.UnknownRoom;

        var rooms = envelope.Options.Rooms;
        if (!isKnown && !LegacyEmitters.IsString(room, rooms)) return DropCause.UnknownRoom;
        if (IsCopy(room, rooms)) return DropCause.Duplicate;

        local.Deliver(envelope.Data, envelope.Options);
        return null;
    }

    /// <summary>Delivers a message whose channel does not name its receivers.</summary>
    public string? DeliverLegacy(ReadOnlyMemory<byte> message)
    {
        if (message.Length > maxMessageSize) return DropCause.Size;
        if (codec.Reader.TryRead(message, out var envelope, isLegacy: true) is { } cause) return cause;

        local.Deliver(envelope.Data, envelope.Options);
        return null;
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
