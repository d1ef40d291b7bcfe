using System.Text.Json;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Reads the messages of the sharded adapter, JSON or MessagePack whatever their type; never throws.</summary>
/// <remarks>
/// Tolerated as other producers send it: any order and more members, numbers as rooms, missing or empty lists. A message names
/// its namespace; one without a namespace is dropped.
/// </remarks>
/// <param name="path">The namespace of the reader.</param>
/// <param name="maxSize">The maximum size of a message, in bytes.</param>
internal sealed class ShardedReader(string path, int maxSize)
{
    private readonly Limits _limits = Limits.Peer with { PacketBytes = maxSize };

    /// <summary>Reads a message that is not a response.</summary>
    /// <param name="message">The message.</param>
    /// <param name="request">The content; its event is a slice of the message, or of memory of its own. Null for a response.</param>
    /// <returns>The reason why the request is dropped, or <see cref="DropReason.None"/>.</returns>
    public DropReason Read(ReadOnlyMemory<byte> message, out PeerRequest? request)
    {
        request = null;
        try
        {
            var reason = Open(message, out var body, out var members, out var uid, out var type);
            if (reason != DropReason.None) return reason;
            if (type is ShardedMessageType.Sockets or ShardedMessageType.ServerEventAnswer or ShardedMessageType.ClientCount
                or ShardedMessageType.Ack) return DropReason.None;
            reason = ReadBody(type, body, members, out request);
            if (reason == DropReason.None) request = request! with { Uid = uid };
            return reason;
        }
        catch (ProtocolException exception)
        {
            return exception.Reason();
        }
    }

    /// <summary>Reads a response.</summary>
    /// <exception cref="ProtocolException">The response is malformed.</exception>
    public DropReason ReadAnswer(ReadOnlyMemory<byte> message, out PeerResponseBody answer)
    {
        answer = default;
        if (Open(message, out var body, out var members, out _, out var type) is var reason and not DropReason.None) return reason;
        members.Data = members.Packet;
        PeerRequestType? classic = type switch
        {
            ShardedMessageType.Sockets => PeerRequestType.FetchSockets,
            ShardedMessageType.ServerEventAnswer => PeerRequestType.ServerEvent,
            ShardedMessageType.ClientCount => PeerRequestType.ClientCount,
            ShardedMessageType.Ack => PeerRequestType.Ack,
            _ => null,
        };
        members.Type = (double?)classic;
        answer = new PeerResponseBody(body, members);
        return members.Type is null ? DropReason.Type : DropReason.None;
    }

    /// <summary>Returns the id of the response's request, reading as few bytes as possible; null when there is none.</summary>
    /// <exception cref="ProtocolException">The response is malformed before the id.</exception>
    public static string? RequestIdOf(ReadOnlySpan<byte> message) =>
        !message.IsEmpty && message[0] == (byte)'{' ? JsonRequestIdOf(message) : PackedRequestIdOf(message);

    private static string? JsonRequestIdOf(ReadOnlySpan<byte> message)
    {
        try
        {
            var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = Limits.Peer.Depth });
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isData = reader.ValueSpan.SequenceEqual("data"u8);
                if (!reader.Read()) return null;
                if (isData) return reader.TokenType == JsonTokenType.StartObject ? ResponseCodec.RequestIdIn(ref reader) : null;
                reader.Skip();
            }

            return null;
        }
        catch (JsonException exception)
        {
            throw new ProtocolException(ProtocolCause.Json, "The text is not valid JSON.", exception);
        }
    }

    private static string? PackedRequestIdOf(ReadOnlySpan<byte> message)
    {
        var cursor = new MessagePackCursor(message);
        cursor.Read();
        for (var pairs = cursor.Kind == MessagePackKind.Map ? cursor.Count : 0; pairs > 0; pairs--)
        {
            var key = EnvelopeReader.ReadValue(ref cursor);
            var value = EnvelopeReader.ReadValue(ref cursor);
            if (EnvelopeReader.IsText(key) && key.Bytes.SequenceEqual("data"u8)) return ResponseCodec.RequestIdIn(value);
        }

        return null;
    }

    private static DropReason ReadBody(
        ShardedMessageType type, ReadOnlyMemory<byte> body, PeerMessageFields members, out PeerRequest? request)
    {
        request = null;
        if (type == ShardedMessageType.ServerEvent)
        {
            members.Data = members.Packet;
            return RequestReader.ReadServerEvent(body, members, out request);
        }

        if (!IsMap(body.Span, members.Options)) return DropReason.Options;
        return type switch
        {
            ShardedMessageType.Broadcast => RequestReader.ReadAsk(body, members, out request),
            ShardedMessageType.Join => RequestReader.ReadMove(PeerRequestType.Join, body, members, out request),
            ShardedMessageType.Leave => RequestReader.ReadMove(PeerRequestType.Leave, body, members, out request),
            ShardedMessageType.Disconnect => RequestReader.ReadDisconnect(body, members, out request),
            ShardedMessageType.FetchSockets => RequestReader.ReadTarget(PeerRequestType.FetchSockets, body, members, out request),
            _ => DropReason.Type,
        };
    }

    /// <summary>Reads the envelope of the message and the positions of the members of its data.</summary>
    private DropReason Open(ReadOnlyMemory<byte> message, out ReadOnlyMemory<byte> body, out PeerMessageFields members, out string? uid,
        out ShardedMessageType type)
    {
        (body, members, uid, type) = (default, default, null, default);
        var whole = RequestReader.Body(message, _limits);
        if (!PeerMessageFields.TryRead(whole.Span, out var outer)) return DropReason.Shape;
        if (RequestReader.Text(whole.Span, outer.Nsp) != path) return DropReason.Namespace;
        if (outer.Type is not { } number || number != Math.Truncate(number) || Math.Abs(number) > byte.MaxValue) return DropReason.Type;
        type = (ShardedMessageType)(int)number;
        body = whole[outer.Data];
        if (outer.Uid.End.Value - outer.Uid.Start.Value > RequestReader.MaxId) return DropReason.Shape;
        uid = RequestReader.Text(whole.Span, outer.Uid);
        if (body.IsEmpty || !PeerMessageFields.TryRead(body.Span, out members)) return DropReason.Data;
        return members.RequestId.End.Value - members.RequestId.Start.Value > RequestReader.MaxId ? DropReason.Shape : DropReason.None;
    }

    private static bool IsMap(ReadOnlySpan<byte> body, Range range)
    {
        if (range.Equals(default)) return false;
        var cursor = new MessagePackCursor(body, range.Start.Value);
        cursor.Read();
        return cursor.Kind == MessagePackKind.Map;
    }
}
