using System.Collections.Immutable;
using MessagePack;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>The order of the members of a target that a producer writes; readers accept any order.</summary>
internal enum TargetOrder
{
    /// <summary><c>rooms, except, flags</c>, as adapters write them.</summary>
    Adapter,

    /// <summary><c>rooms, flags, except</c>, as emitters write them.</summary>
    Emitter,

    /// <summary><c>rooms, except</c>, in requests of adapters and emitters.</summary>
    WithoutFlags,
}

/// <summary>Writes the members of messages of all kinds and formats, in MessagePack.</summary>
internal static class PeerMessageWriter
{
    /// <summary>Writes a message as a map of the members of its form; members without a value are left out.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="form">The form of the message.</param>
    /// <param name="message">The message.</param>
    /// <param name="uid">The id of the writing node, or null if it is left out.</param>
    /// <param name="path">The namespace of packets, or null if it is left out.</param>
    public static void Write(ref MessagePackWriter writer, PeerMessageForm form, in PeerMessage message, string? uid, byte[]? path)
    {
        var count = 0;
        foreach (var member in form.Members) count += Has(message, member, uid) ? 1 : 0;
        writer.WriteMapHeader(count);
        foreach (var member in form.Members)
        {
            if (!Has(message, member, uid)) continue;
            writer.WriteString(NameOf(member));
            switch (member)
            {
                case PeerMember.Type: writer.Write(form.Type!.Value); break;
                case PeerMember.Uid: writer.Write(uid); break;
                case PeerMember.RequestId: writer.WriteRaw(message.RequestId.Span); break;
                case PeerMember.Target: WriteTarget(ref writer, message.Target!, TargetOrder.WithoutFlags); break;
                case PeerMember.Options: WriteTarget(ref writer, message.Target!, TargetOrder.Adapter); break;
                case PeerMember.TargetRooms: WriteNames(ref writer, message.Target!.Rooms); break;
                case PeerMember.Rooms or PeerMember.SocketIds: WriteNames(ref writer, message.Rooms); break;
                case PeerMember.Close: writer.Write(message.Close); break;
                case PeerMember.ClientCount: writer.Write(message.Clients); break;
                case PeerMember.PresencePrefix: writer.Write(message.PresencePrefix); break;
                case PeerMember.Presence: WritePresence(ref writer, message.Presence!); break;
                case PeerMember.Everywhere: writer.Write(true); break;
                case PeerMember.Packet: WritePacket(ref writer, message.Data, path); break;
                case PeerMember.Sockets: WriteSockets(ref writer, message.Sockets); break;
                case PeerMember.Extension: writer.WriteRaw(message.Extension.Span); break;
                default: writer.WriteRaw(message.Data.Span); break;
            }
        }
    }

    /// <summary>Writes a target.</summary>
    public static void WriteTarget(ref MessagePackWriter writer, BroadcastOptions target, TargetOrder order)
    {
        writer.WriteMapHeader(order == TargetOrder.WithoutFlags ? 2 : 3);
        writer.WriteString("rooms"u8);
        WriteNames(ref writer, target.Rooms);
        if (order == TargetOrder.Emitter) WriteFlags(ref writer, target.Flags, timeout: null);
        writer.WriteString("except"u8);
        WriteNames(ref writer, target.Excepted);
        if (order == TargetOrder.Adapter) WriteFlags(ref writer, target.Flags, target.Timeout);
    }

    /// <summary>Returns a text as a MessagePack value.</summary>
    public static byte[] Text(string text)
    {
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.Write(text);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static bool Has(in PeerMessage message, PeerMember member, string? uid) => member switch
    {
        PeerMember.Uid => uid is not null,
        PeerMember.RequestId => !message.RequestId.IsEmpty,
        PeerMember.Data or PeerMember.PacketData => !message.Data.IsEmpty,
        PeerMember.Extension => !message.Extension.IsEmpty,
        PeerMember.PresencePrefix => message.PresencePrefix is not null,
        PeerMember.Everywhere => message.IsEverywhere,
        _ => true,
    };

    private static ReadOnlySpan<byte> NameOf(PeerMember member) => member switch
    {
        PeerMember.Type => "type"u8,
        PeerMember.Uid => "uid"u8,
        PeerMember.RequestId => "requestId"u8,
        PeerMember.Target or PeerMember.Options => "opts"u8,
        PeerMember.Rooms or PeerMember.TargetRooms => "rooms"u8,
        PeerMember.Close => "close"u8,
        PeerMember.Data => "data"u8,
        PeerMember.SocketIds or PeerMember.Sockets => "sockets"u8,
        PeerMember.ClientCount => "clientCount"u8,
        PeerMember.Extension => "ext"u8,
        PeerMember.PresencePrefix or PeerMember.Presence => "presence"u8,
        PeerMember.Everywhere => "everywhere"u8,
        _ => "packet"u8,
    };

    // The type is always 2, with binary content too.
    private static void WritePacket(ref MessagePackWriter writer, ReadOnlyMemory<byte> data, byte[]? path)
    {
        writer.WriteMapHeader(path is null ? 2 : 3);
        writer.WriteString("type"u8);
        writer.Write(2);
        writer.WriteString("data"u8);
        writer.WriteRaw(data.Span);
        if (path is null) return;
        writer.WriteString("nsp"u8);
        writer.WriteString(path);
    }

    private static void WritePresence(ref MessagePackWriter writer, PresenceReport report)
    {
        writer.WriteMapHeader(report.IsTruncated ? 5 : 4);
        writer.WriteString("node"u8);
        writer.Write(report.NodeId);
        writer.WriteString("sockets"u8);
        writer.Write(report.Sockets);
        writer.WriteString("anonymous"u8);
        writer.Write(report.Anonymous);
        writer.WriteString("users"u8);
        WriteNames(ref writer, report.UserIds);
        if (report.IsTruncated) WriteFlag(ref writer, "truncated"u8, true);
    }

    private static void WriteSockets(ref MessagePackWriter writer, IReadOnlyList<SocketDescription> sockets)
    {
        using var handshake = PooledBuffer.Rent();
        writer.WriteArrayHeader(sockets.Count);
        foreach (var socket in sockets)
        {
            handshake.Clear();
            var request = new MessagePackWriter(handshake);
            socket.Handshake.WriteTo(ref request);
            request.Flush();
            writer.WriteMapHeader(4);
            writer.WriteString("id"u8);
            writer.Write(socket.Id.ToString());
            writer.WriteString("handshake"u8);
            WriteValueOrNil(ref writer, handshake.WrittenSpan);
            writer.WriteString("rooms"u8);
            writer.WriteArrayHeader(socket.Rooms.Length);
            foreach (var room in socket.Rooms) writer.Write(room);
            writer.WriteString("data"u8);
            WriteValueOrNil(ref writer, socket.Data.Raw.Span);
        }
    }

    /// <summary>Writes a value, or nil when it is malformed or too deep: one invalid value must not cost the whole message.</summary>
    private static void WriteValueOrNil(ref MessagePackWriter writer, ReadOnlySpan<byte> value)
    {
        try
        {
            var cursor = new MessagePackCursor(value);
            cursor.Skip(Limits.Outgoing.Depth);
            cursor.End();
            writer.WriteRaw(value);
        }
        catch (ProtocolException)
        {
            writer.WriteNil();
        }
    }

    private static void WriteNames(ref MessagePackWriter writer, ImmutableArray<string> names)
    {
        writer.WriteArrayHeader(names.Length);
        foreach (var name in names) writer.Write(name);
    }

    /// <summary>Writes the flags in the order they were chosen in; the timeout is chosen last.</summary>
    private static void WriteFlags(ref MessagePackWriter writer, BroadcastFlags flags, TimeSpan? timeout)
    {
        var isSingle = (flags & BroadcastFlags.SingleResponse) != 0;
        var compress = (flags & (BroadcastFlags.Compress | BroadcastFlags.NoCompress)) != 0;
        var isVolatile = (flags & BroadcastFlags.Volatile) != 0;
        var compressFirst = (flags & BroadcastFlags.CompressFirst) != 0;

        writer.WriteString("flags"u8);
        writer.WriteMapHeader((isSingle ? 1 : 0) + (compress ? 1 : 0) + (isVolatile ? 1 : 0) + (timeout is null ? 0 : 1));
        if (isSingle) WriteFlag(ref writer, "expectSingleResponse"u8, true);
        if (compress && compressFirst) WriteFlag(ref writer, "compress"u8, (flags & BroadcastFlags.Compress) != 0);
        if (isVolatile) WriteFlag(ref writer, "volatile"u8, true);
        if (compress && !compressFirst) WriteFlag(ref writer, "compress"u8, (flags & BroadcastFlags.Compress) != 0);
        if (timeout is not { } time) return;
        writer.WriteString("timeout"u8);
        writer.Write((long)Math.Ceiling(time.TotalMilliseconds));
    }

    private static void WriteFlag(ref MessagePackWriter writer, ReadOnlySpan<byte> name, bool value)
    {
        writer.WriteString(name);
        writer.Write(value);
    }
}
