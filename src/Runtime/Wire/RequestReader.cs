using System.Collections.Immutable;
using System.Text;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Reads requests of any producer, JSON or MessagePack whatever their type; never throws.</summary>
/// <remarks>
/// Tolerated as other producers send it: any order and more members, numbers as rooms, one room as text, no uid, no
/// requestId, options without members. Requests of socket.io-redis up to 5.x, whose numbers mean other things, are
/// recognized by their <c>requestid</c> and dropped.
/// </remarks>
/// <param name="maxSize">The maximum size of a message, in bytes.</param>
internal sealed class RequestReader(int maxSize)
{
    // Ids that responses repeat are short; Node's have six characters.
    internal const int MaxId = 256;

    /// <summary>The limits of a message.</summary>
    public Limits Limits { get; } = Limits.Peer with { PacketBytes = maxSize };

    /// <summary>Reads a request.</summary>
    /// <param name="message">The message.</param>
    /// <param name="request">The content; its event is a slice of the message, or of memory of its own.</param>
    /// <returns>The reason why the request is dropped, or <see cref="DropReason.None"/>.</returns>
    public DropReason Read(ReadOnlyMemory<byte> message, out PeerRequest? request)
    {
        request = null;
        try
        {
            var body = Body(message, Limits);
            if (!PeerMessageFields.TryRead(body.Span, out var members)) return DropReason.Shape;
            if (members.IsLegacy) return DropReason.Legacy;
            if (Length(members.RequestId) > MaxId || Length(members.Uid) > MaxId) return DropReason.Shape;
            return members.Type switch
            {
                0 => ReadSockets(body, members, out request),
                1 => Accept(Start(PeerRequestType.AllRooms, body, members), out request),
                2 => ReadMove(PeerRequestType.Join, body, members, out request),
                3 => ReadMove(PeerRequestType.Leave, body, members, out request),
                4 => ReadDisconnect(body, members, out request),
                5 => ReadTarget(PeerRequestType.FetchSockets, body, members, out request),
                6 => ReadServerEvent(body, members, out request),
                7 => ReadAsk(body, members, out request),
                _ => DropReason.Type,
            };
        }
        catch (ProtocolException exception)
        {
            return exception.Reason();
        }
    }

    /// <summary>Returns the message as MessagePack: its first byte determines its format.</summary>
    public static ReadOnlyMemory<byte> Body(ReadOnlyMemory<byte> message, Limits limits) =>
        !message.IsEmpty && message.Span[0] == (byte)'{' ? JsonToMessagePack.Convert(message.Span, limits) : message;

    private static DropReason ReadSockets(ReadOnlyMemory<byte> body, PeerMessageFields members, out PeerRequest? request)
    {
        var request0 = Start(PeerRequestType.Sockets, body, members);
        request = null;
        if (!TryReadRooms(body.Span, members.Rooms, out var rooms)) rooms = [];
        return Accept(request0 with { Target = BroadcastOptions.Everyone with { Rooms = rooms } }, out request);
    }

    internal static DropReason ReadTarget(
        PeerRequestType type, ReadOnlyMemory<byte> body, PeerMessageFields members, out PeerRequest? request)
    {
        request = null;
        if (members.Options.Equals(default)) return DropReason.Options;
        var cursor = new MessagePackCursor(body.Span, members.Options.Start.Value);
        if (EnvelopeReader.ReadOptions(ref cursor, out var target) is var reason and not DropReason.None) return reason;
        return Accept(Start(type, body, members) with { Target = target }, out request);
    }

    internal static DropReason ReadMove(
        PeerRequestType type, ReadOnlyMemory<byte> body, PeerMessageFields members, out PeerRequest? request)
    {
        if (!IsTrue(body.Span, members.Options))
        {
            if (!TryReadRooms(body.Span, members.Room, out var one)) one = [];
            if (ReadOne(type, body, members, out request) is var oneReason and not DropReason.None) return oneReason;
            return one.IsEmpty ? DropReason.Rooms : Accept(request! with { Rooms = one }, out request);
        }

        if (ReadTarget(type, body, members, out request) is var reason and not DropReason.None) return reason;
        return TryReadRooms(body.Span, members.Rooms, out var rooms) ? Accept(request! with { Rooms = rooms }, out request)
            : DropReason.Rooms;
    }

    internal static DropReason ReadDisconnect(ReadOnlyMemory<byte> body, PeerMessageFields members, out PeerRequest? request)
    {
        var reason = IsTrue(body.Span, members.Options)
            ? ReadTarget(PeerRequestType.Disconnect, body, members, out request)
            : ReadOne(PeerRequestType.Disconnect, body, members, out request);
        return reason != DropReason.None ? reason : Accept(request! with { Close = IsTrue(body.Span, members.Close) }, out request);
    }

    /// <summary>Reads the form that names one socket; of adapters up to 7.x.</summary>
    private static DropReason ReadOne(PeerRequestType type, ReadOnlyMemory<byte> body, PeerMessageFields members, out PeerRequest? request)
    {
        request = null;
        if (Text(body.Span, members.Sid) is not { } sid) return DropReason.Options;
        return Accept(Start(type, body, members) with { SocketId = sid }, out request);
    }

    internal static DropReason ReadServerEvent(ReadOnlyMemory<byte> body, PeerMessageFields members, out PeerRequest? request)
    {
        request = null;
        var data = body[members.Data];
        if (data.IsEmpty || !EventHeader.TryReadAny(data.Span, out var header)) return DropReason.Data;
        if (ServerEventName.IsReserved(header.Name)) return DropReason.Event;

        // The message may be deeper than a handler can read: this event has fewer arrays and maps around it than others.
        new MessagePackCursor(data.Span).Skip(Limits.Default.Depth + 1);
        return Accept(Start(PeerRequestType.ServerEvent, body, members) with { Data = new EventData(data) }, out request);
    }

    internal static DropReason ReadAsk(ReadOnlyMemory<byte> body, PeerMessageFields members, out PeerRequest? request)
    {
        request = null;
        if (members.Packet.Equals(default)) return DropReason.Packet;
        var cursor = new MessagePackCursor(body.Span, members.Packet.Start.Value);
        cursor.Read();
        if (cursor.Kind != MessagePackKind.Map) return DropReason.Packet;

        var isEvent = false;
        Range data = default;
        for (var pairs = cursor.Count; pairs > 0; pairs--)
        {
            var key = EnvelopeReader.ReadValue(ref cursor);
            var start = cursor.Offset;
            var value = EnvelopeReader.ReadValue(ref cursor);
            if (!EnvelopeReader.IsText(key)) continue;
            if (key.Bytes.SequenceEqual("type"u8)) isEvent = EnvelopeReader.IsEvent(value);
            if (key.Bytes.SequenceEqual("data"u8)) data = start..cursor.Offset;
        }

        if (!isEvent) return DropReason.Type;
        var sent = new EventData(body[data]);
        if (!EventHeader.TryRead(sent, out _)) return DropReason.Event;
        if (ReadTarget(PeerRequestType.Ask, body, members, out request) is var reason and not DropReason.None) return reason;
        return Accept(request! with { Data = sent }, out request);
    }

    private static PeerRequest Start(PeerRequestType type, ReadOnlyMemory<byte> body, PeerMessageFields members) => new()
    {
        Type = type,
        Uid = Text(body.Span, members.Uid),
        RequestId = body[members.RequestId].ToArray(),
    };

    private static DropReason Accept(PeerRequest read, out PeerRequest? request)
    {
        request = read;
        return DropReason.None;
    }

    internal static string? Text(ReadOnlySpan<byte> body, Range range)
    {
        if (range.Equals(default)) return null;
        var value = new MessagePackCursor(body, range.Start.Value);
        value.Read();
        if (EnvelopeReader.IsText(value)) return Encoding.UTF8.GetString(value.Bytes);
        return EnvelopeReader.Number(value) is { } number ? JsNumber.Text(number) : null;
    }

    private static int Length(Range range) => range.End.Value - range.Start.Value;

    private static bool IsTrue(ReadOnlySpan<byte> body, Range range)
    {
        if (range.Equals(default)) return false;
        var value = new MessagePackCursor(body, range.Start.Value);
        value.Read();
        return EnvelopeReader.IsTrue(value);
    }

    /// <summary>Reads rooms as a list, or one room as text or number; returns false for any other value.</summary>
    private static bool TryReadRooms(ReadOnlySpan<byte> body, Range range, out ImmutableArray<string> rooms)
    {
        rooms = [];
        if (range.Equals(default)) return false;
        var cursor = new MessagePackCursor(body, range.Start.Value);
        var value = cursor;
        value.Read();
        if (value.Kind == MessagePackKind.Array) return EnvelopeReader.TryReadNames(ref cursor, needsOne: false, out rooms);
        if (Text(body, range) is not { } room) return false;
        rooms = [room];
        return true;
    }
}
