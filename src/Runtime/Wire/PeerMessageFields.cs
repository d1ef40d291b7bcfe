using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>
/// The positions of the members of a message in its MessagePack, and the one reader of them; an empty range stands for a missing member.
/// </summary>
/// <remarks>
/// Tolerated as other producers send it: any order and more members, numbers as rooms, one room as text, no uid, no requestId, options
/// without members. A message that is not accepted has no effect.
/// </remarks>
internal struct PeerMessageFields
{
    // Ids that responses repeat are short; Node's have six characters.
    private const int MaxId = 256;

    // Those of this library.
    private const int MaxOwnId = 64;

    // No node has more; larger numbers would only overflow the sum.
    private const int MaxClients = 1 << 24;
    private const int MaxNodeRooms = 1 << 20;

    private static readonly byte[] Nil = [0xC0];
    private static readonly int Depth = Limits.Peer.Depth;

    /// <summary>The message in MessagePack.</summary>
    public ReadOnlyMemory<byte> Body;
    public double? Type;
    public Range Uid;
    public Range RequestId;
    public Range Options;
    public Range Rooms;
    public Range Room;
    public Range Sid;
    public Range Close;
    public Range Data;
    public Range Packet;
    public Range Sockets;
    public Range Nsp;
    public Range Extension;
    public Range Presence;
    public Range Everywhere;
    public double? ClientCount;

    /// <summary>Gets a value indicating whether the message has the form of socket.io-redis up to 5.x.</summary>
    public bool IsLegacy;

    /// <summary>The kind of a response; null if its number has no meaning.</summary>
    public PeerMessageKind? Kind;

    /// <summary>Gets a value indicating whether an id is longer than any producer's.</summary>
    public readonly bool HasLongId => Length(RequestId) > MaxId || Length(Uid) > MaxId;

    /// <summary>The number of a node's clients that are to acknowledge, or null if the response has none.</summary>
    public readonly int? Clients => Count(ClientCount);

    /// <summary>Returns the message as MessagePack: its first byte determines its format.</summary>
    /// <exception cref="ProtocolException">The message is malformed or exceeds a limit.</exception>
    public static ReadOnlyMemory<byte> BodyOf(ReadOnlyMemory<byte> message, Limits limits) =>
        message.Span is [(byte)'{', ..] ? JsonToMessagePack.Convert(message.Span, limits) : message;

    /// <summary>Finds the members; of a repeated name the last one counts.</summary>
    /// <param name="body">The message in MessagePack.</param>
    /// <param name="fields">The members.</param>
    /// <returns>False when the value is not a map.</returns>
    /// <exception cref="ProtocolException">The message is malformed.</exception>
    public static bool TryRead(ReadOnlyMemory<byte> body, out PeerMessageFields fields)
    {
        fields = new PeerMessageFields { Body = body };
        var cursor = new MessagePackCursor(body.Span);
        cursor.Read();
        if (cursor.Kind != MessagePackKind.Map) return false;
        for (var pairs = cursor.Count; pairs > 0; pairs--)
        {
            var key = PeerValues.Read(ref cursor);
            var start = cursor.Offset;
            var value = PeerValues.Read(ref cursor);
            if (!PeerValues.IsText(key)) continue;
            fields.Add(key.Bytes, value, value.Kind == MessagePackKind.Undefined ? default : start..cursor.Offset);
        }

        cursor.End();
        return true;
    }

    /// <summary>Returns the id of a response's request, reading as few bytes as possible; ids of this library are plain text.</summary>
    /// <param name="message">The response, in JSON or MessagePack.</param>
    /// <param name="isInData">A value indicating whether the id is a member of the member <c>data</c>.</param>
    /// <returns>Null when there is no id.</returns>
    /// <exception cref="ProtocolException">The response is malformed before the id.</exception>
    public static string? RequestIdOf(ReadOnlySpan<byte> message, bool isInData)
    {
        try
        {
            return message is [(byte)'{', ..] ? JsonRequestIdOf(message, isInData) : PackedRequestIdOf(message, isInData);
        }
        catch (JsonException exception)
        {
            throw new ProtocolException(ProtocolReason.Json, "The text is not valid JSON.", exception);
        }
    }

    /// <summary>Reads a request.</summary>
    /// <param name="form">The form of its kind.</param>
    /// <param name="uid">The id of the requesting node.</param>
    /// <param name="request">The request; its event is a slice of the body.</param>
    /// <returns>The reason why the request is dropped, or <see cref="DropReason.None"/>.</returns>
    /// <exception cref="ProtocolException">The event is nested too deeply.</exception>
    public readonly DropReason Read(PeerMessageForm form, string? uid, out PeerMessage request)
    {
        request = default;
        var read = new PeerMessage(form.Kind) { Uid = uid, RequestId = Body[RequestId].ToArray() };
        foreach (var member in form.Members)
        {
            if (Read(member, ref read) is var reason and not DropReason.None) return reason;
        }

        request = read;
        return DropReason.None;
    }

    /// <summary>Reads the sockets of a response; invalid entries are skipped.</summary>
    /// <returns>Null when the response has no list of sockets; the sockets keep the bytes of the body.</returns>
    public readonly List<SocketDescription>? ReadSockets()
    {
        var cursor = Value(Sockets);
        if (cursor.Kind != MessagePackKind.Array) return null;
        var count = cursor.Count;
        var sockets = new List<SocketDescription>(Math.Min(count, 1024));
        for (; count > 0; count--)
        {
            if (ReadSocket(ref cursor) is { } socket) sockets.Add(socket);
        }

        return sockets;
    }

    /// <summary>Reads the rooms of a response.</summary>
    /// <returns>False when it has no list of rooms.</returns>
    public readonly bool TryReadRooms(out ImmutableArray<string> rooms)
    {
        rooms = [];
        return Value(Rooms).Kind == MessagePackKind.Array && TryReadNames(Rooms, MaxNodeRooms, out rooms);
    }

    /// <summary>Reads the counts of a response; null when it has none or they are invalid.</summary>
    public readonly PresenceReport? ReadPresence()
    {
        var map = Value(Presence);
        if (map.Kind != MessagePackKind.Map) return null;
        string? node = null;
        int? sockets = null, anonymous = null;
        ImmutableArray<string> users = [];
        var isTruncated = false;
        for (var pairs = map.Count; pairs > 0; pairs--)
        {
            var key = PeerValues.Read(ref map);
            var start = map;
            var value = PeerValues.Read(ref map);
            if (PeerValues.Is(key, "node"u8)) node = value.Bytes.Length <= MaxId ? PeerValues.Text(value) : null;
            else if (PeerValues.Is(key, "sockets"u8)) sockets = Count(value);
            else if (PeerValues.Is(key, "anonymous"u8)) anonymous = Count(value);
            else if (PeerValues.Is(key, "truncated"u8)) isTruncated = PeerValues.IsTrue(value);
            else if (PeerValues.Is(key, "users"u8) && !PeerValues.TryReadNames(ref start, needsOne: false, out users)) return null;
        }

        if (node is null || sockets is not { } all || anonymous is not { } without || without > all) return null;
        return users.Length <= all - without && users.All(static id => id.Length is > 0 and <= UserRooms.MaxId)
            ? new PresenceReport(node, all, without, users, isTruncated)
            : null;
    }

    /// <summary>Returns a member as text, or null if it is missing or neither text nor a number.</summary>
    public readonly string? Text(Range range) => PeerValues.Text(Value(range));

    /// <summary>Returns the value of a member, or an empty one if it is missing.</summary>
    public readonly MessagePackCursor Value(Range range)
    {
        if (range.Equals(default)) return default;
        var value = new MessagePackCursor(Body.Span, range.Start.Value);
        value.Read();
        return value;
    }

    private void Add(ReadOnlySpan<byte> name, MessagePackCursor value, Range range)
    {
        if (name.SequenceEqual("type"u8)) Type = PeerValues.Number(value);
        else if (name.SequenceEqual("requestId"u8)) RequestId = range;
        else if (name.SequenceEqual("uid"u8)) Uid = range;
        else if (name.SequenceEqual("opts"u8)) Options = range;
        else if (name.SequenceEqual("rooms"u8)) Rooms = range;
        else if (name.SequenceEqual("data"u8)) Data = range;
        else if (name.SequenceEqual("packet"u8)) Packet = range;
        else if (name.SequenceEqual("sockets"u8)) Sockets = range;
        else if (name.SequenceEqual("nsp"u8)) Nsp = range;
        else if (name.SequenceEqual("close"u8)) Close = range;
        else if (name.SequenceEqual("sid"u8)) Sid = range;
        else if (name.SequenceEqual("room"u8)) Room = range;
        else if (name.SequenceEqual("clientCount"u8)) ClientCount = PeerValues.Number(value);
        else if (name.SequenceEqual("ext"u8)) Extension = range;
        else if (name.SequenceEqual("presence"u8)) Presence = range;
        else if (name.SequenceEqual("everywhere"u8)) Everywhere = range;
        else if (name.SequenceEqual("requestid"u8)) IsLegacy = true;
    }

    private readonly DropReason Read(PeerMember member, ref PeerMessage to)
    {
        switch (member)
        {
            case PeerMember.Target or PeerMember.Options: return ReadTarget(ref to);
            case PeerMember.Rooms: return ReadRooms(ref to);
            case PeerMember.Packet: return ReadPacket(ref to);
            case PeerMember.Data: return ReadServerEvent(Data, ref to);
            case PeerMember.PacketData: return ReadServerEvent(Packet, ref to);
            case PeerMember.Extension:
                to.Extension = Body[Extension];
                break;
            case PeerMember.Close:
                to.Close = PeerValues.IsTrue(Value(Close));
                break;
            case PeerMember.Everywhere:
                to.IsEverywhere = PeerValues.IsTrue(Value(Everywhere));
                break;
            case PeerMember.PresencePrefix:
                to.PresencePrefix = ReadPrefix();
                break;
            case PeerMember.TargetRooms:
                to.Target = BroadcastOptions.Everyone with { Rooms = TryReadList(Rooms, out var rooms) ? rooms : [] };
                break;
        }

        return DropReason.None;
    }

    /// <summary>Returns the prefix of user rooms; any other value is a request for the sockets themselves.</summary>
    private readonly string? ReadPrefix()
    {
        var value = Value(Presence);
        if (!PeerValues.IsText(value)) return null;
        return PeerValues.Text(value) is { Length: <= UserRooms.MaxPrefix } prefix ? prefix : null;
    }

    private readonly DropReason ReadTarget(ref PeerMessage to)
    {
        // The form that names one socket is that of adapters up to 7.x.
        if (to.Kind is PeerMessageKind.Join or PeerMessageKind.Leave or PeerMessageKind.Disconnect && !PeerValues.IsTrue(Value(Options)))
        {
            to.SocketId = Text(Sid);
            return to.SocketId is null ? DropReason.Options : DropReason.None;
        }

        if (Options.Equals(default)) return DropReason.Options;
        var cursor = new MessagePackCursor(Body.Span, Options.Start.Value);
        var reason = PeerValues.ReadTarget(ref cursor, out var target);
        to.Target = target;
        return reason;
    }

    private readonly DropReason ReadRooms(ref PeerMessage to)
    {
        if (!TryReadList(to.SocketId is null ? Rooms : Room, out var rooms)) return DropReason.Rooms;
        to.Rooms = rooms;
        return to.SocketId is not null && rooms.IsEmpty ? DropReason.Rooms : DropReason.None;
    }

    private readonly DropReason ReadPacket(ref PeerMessage to)
    {
        if (Packet.Equals(default)) return DropReason.Packet;
        var cursor = new MessagePackCursor(Body.Span, Packet.Start.Value);
        var reason = PeerValues.ReadPacket(ref cursor, Body, path: null, out var data);
        to.Data = data.Memory;
        return reason;
    }

    private readonly DropReason ReadServerEvent(Range range, ref PeerMessage to)
    {
        to.Data = Body[range];
        if (to.Data.IsEmpty || !EventHeader.TryReadAny(to.Data.Span, out var header)) return DropReason.Data;
        if (ServerEventName.IsReserved(header.Name)) return DropReason.Event;

        // The message may be deeper than a handler can read: this event has fewer arrays and maps around it than others.
        new MessagePackCursor(to.Data.Span).Skip(Limits.Default.Depth + 1);
        return DropReason.None;
    }

    /// <summary>Reads rooms as a list, or one room as text or number; returns false for any other value.</summary>
    private readonly bool TryReadList(Range range, out ImmutableArray<string> rooms)
    {
        if (Value(range).Kind == MessagePackKind.Array) return TryReadNames(range, PeerValues.MaxRooms, out rooms);
        rooms = Text(range) is { } room ? [room] : [];
        return !rooms.IsEmpty;
    }

    private readonly bool TryReadNames(Range range, int max, out ImmutableArray<string> names)
    {
        var cursor = new MessagePackCursor(Body.Span, range.Start.Value);
        return PeerValues.TryReadNames(ref cursor, needsOne: false, out names, max);
    }

    private readonly SocketDescription? ReadSocket(ref MessagePackCursor cursor)
    {
        var entry = PeerValues.Read(ref cursor);
        if (entry.Kind != MessagePackKind.Map) return null;

        string? id = null;
        Range handshake = default, data = default;
        ImmutableArray<string> rooms = [];
        for (var pairs = entry.Count; pairs > 0; pairs--)
        {
            var key = PeerValues.Read(ref entry);
            var start = entry;
            var value = PeerValues.Read(ref entry);
            if (PeerValues.Is(key, "id"u8) && PeerValues.IsText(value)) id = Encoding.UTF8.GetString(value.Bytes);
            else if (PeerValues.Is(key, "handshake"u8)) handshake = start.Offset..entry.Offset;
            else if (PeerValues.Is(key, "data"u8)) data = start.Offset..entry.Offset;
            else if (PeerValues.Is(key, "rooms"u8)) PeerValues.TryReadNames(ref start, needsOne: false, out rooms);
        }

        if (id is null) return null;
        var request = handshake.Equals(default) ? Nil : Body[handshake];
        return new SocketDescription(SocketId.Of(id), new Handshake(request), rooms, new SocketArgument(0, Body[data]));
    }

    private static string? JsonRequestIdOf(ReadOnlySpan<byte> message, bool isInData)
    {
        var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = Depth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isWanted = !reader.ValueIsEscaped && reader.ValueSpan.SequenceEqual(isInData ? "data"u8 : "requestId"u8);
            if (!reader.Read()) return null;
            if (isWanted && !isInData) return reader.TokenType == JsonTokenType.String ? Id(reader.ValueSpan) : null;
            if (!isWanted) reader.Skip();
            else if (reader.TokenType == JsonTokenType.StartObject) isInData = false;
            else return null;
        }

        return null;
    }

    private static string? PackedRequestIdOf(ReadOnlySpan<byte> message, bool isInData)
    {
        var map = new MessagePackCursor(message);
        map.Read();
        for (var pairs = map.Kind == MessagePackKind.Map ? map.Count : 0; pairs > 0; pairs--)
        {
            var key = PeerValues.Read(ref map);
            var value = PeerValues.Read(ref map);
            if (!PeerValues.Is(key, isInData ? "data"u8 : "requestId"u8)) continue;
            if (!isInData) return PeerValues.IsText(value) ? Id(value.Bytes) : null;
            map = value;
            isInData = false;
            pairs = map.Kind == MessagePackKind.Map ? map.Count + 1 : 1;
        }

        return null;
    }

    private static string? Id(ReadOnlySpan<byte> text) => text.Length <= MaxOwnId ? Encoding.UTF8.GetString(text) : null;

    private static int? Count(scoped in MessagePackCursor value) => Count(PeerValues.Number(value));

    private static int? Count(double? number) =>
        number is { } count && Math.Truncate(count) == count && count is >= 0 and <= MaxClients ? (int)count : null;

    private static int Length(Range range) => range.End.Value - range.Start.Value;
}
