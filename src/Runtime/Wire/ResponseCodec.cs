using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MessagePack;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Reads and writes responses to requests; a request id to repeat is a MessagePack value, empty when there was none.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>{"requestId":"…","sockets":["id"]}</c>, <c>{"requestId":"…","rooms":["a"]}</c>, <c>{"requestId":"…"}</c></item>
/// <item><c>{"requestId":"…","sockets":[{"id":"…","handshake":{…},"rooms":["a"],"data":{}}]}</c></item>
/// <item><c>{"type":6,"requestId":"…","data":1}</c>, without data when the handler gave none</item>
/// <item><c>{"type":8,"requestId":"…","clientCount":1}</c>, and MessagePack <c>{type: 9, requestId, packet}</c> for each client</item>
/// </list>
/// </remarks>
internal static class ResponseCodec
{
    // No node has more; larger numbers would only overflow the sum.
    private const int MaxClients = 1 << 24;
    private const int MaxRooms = 1 << 20;
    private const int MaxId = 64;

    private static readonly int Depth = Limits.Peer.Depth;

    public static byte[] Done(ReadOnlyMemory<byte> requestId) => Object(requestId, default, static (_, _) => { }, "");

    /// <param name="requestId">The id to repeat.</param>
    /// <param name="member">The name of the list, <c>sockets</c> or <c>rooms</c>.</param>
    /// <param name="names">The ids or rooms.</param>
    public static byte[] Names(ReadOnlyMemory<byte> requestId, ReadOnlySpan<byte> member, IEnumerable<string> names) =>
        Object(requestId, member, static (to, names) => to.WriteTexts(names), names);

    public static byte[] Sockets(ReadOnlyMemory<byte> requestId, IReadOnlyList<RemoteSocket> sockets) =>
        Object(requestId, "sockets"u8, WriteSockets, sockets);

    /// <param name="requestId">The id to repeat.</param>
    /// <param name="data">The acknowledgement, one value; empty if there is none.</param>
    /// <exception cref="ProtocolException">The acknowledgement is nested too deeply or too large.</exception>
    public static byte[] ServerAck(ReadOnlyMemory<byte> requestId, ReadOnlyMemory<byte> data)
    {
        using var to = PooledBuffer.Rent();
        to.Write("{\"type\":6,\"requestId\":"u8);
        to.WriteValue(requestId);
        if (!data.IsEmpty)
        {
            to.Write(",\"data\":"u8);
            to.WriteValue(data);
        }

        to.Write("}"u8);
        return to.WrittenSpan.ToArray();
    }

    public static byte[] ClientCount(ReadOnlyMemory<byte> requestId, int clients)
    {
        using var to = PooledBuffer.Rent();
        to.Write("{\"type\":8,"u8);
        if (!requestId.IsEmpty)
        {
            to.Write("\"requestId\":"u8);
            to.WriteValue(requestId);
            to.Write(","u8);
        }

        to.Write("\"clientCount\":"u8);
        to.Write(Encoding.ASCII.GetBytes(clients.ToString(CultureInfo.InvariantCulture)));
        to.Write("}"u8);
        return to.WrittenSpan.ToArray();
    }

    /// <param name="requestId">The id to repeat.</param>
    /// <param name="packet">The acknowledgement's first argument, one value; empty if there is none.</param>
    public static byte[] Ack(ReadOnlyMemory<byte> requestId, ReadOnlyMemory<byte> packet)
    {
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(1 + (requestId.IsEmpty ? 0 : 1) + (packet.IsEmpty ? 0 : 1));
        writer.WriteString("type"u8);
        writer.Write((int)PeerRequestType.Ack);
        if (!requestId.IsEmpty)
        {
            writer.WriteString("requestId"u8);
            writer.WriteRaw(requestId.Span);
        }

        if (!packet.IsEmpty)
        {
            writer.WriteString("packet"u8);
            writer.WriteRaw(packet.Span);
        }

        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Returns the id of the response's request, reading as few bytes as possible; ids of this library are plain text.</summary>
    /// <returns>Null when there is no id.</returns>
    /// <exception cref="ProtocolException">The response is malformed before the id.</exception>
    public static string? RequestIdOf(ReadOnlySpan<byte> message) =>
        !message.IsEmpty && message[0] == (byte)'{' ? JsonRequestIdOf(message) : PackedRequestIdOf(message);

    /// <summary>Reads the sockets of a response; invalid entries are skipped.</summary>
    /// <param name="answer">The response; the result keeps its bytes.</param>
    /// <param name="sink">The sink for operations on the sockets.</param>
    /// <returns>Null when the response has no list of sockets.</returns>
    /// <exception cref="ProtocolException">The response is malformed.</exception>
    public static List<RemoteSocket>? ReadSockets(PeerResponseBody answer, IBroadcastSink sink)
    {
        var (body, members) = answer;
        if (members.Sockets.Equals(default)) return null;
        var cursor = new MessagePackCursor(body.Span, members.Sockets.Start.Value);
        cursor.Read();
        if (cursor.Kind != MessagePackKind.Array) return null;

        var count = cursor.Count;
        var sockets = new List<RemoteSocket>(Math.Min(count, 1024));
        for (; count > 0; count--)
        {
            if (ReadSocket(body, ref cursor, sink) is { } socket) sockets.Add(socket);
        }

        return sockets;
    }

    /// <summary>Reads the rooms of a response.</summary>
    /// <returns>False when it has no list of rooms.</returns>
    /// <exception cref="ProtocolException">The response is malformed.</exception>
    public static bool TryReadRooms(PeerResponseBody answer, out ImmutableArray<string> rooms)
    {
        rooms = [];
        var (body, members) = answer;
        if (members.Rooms.Equals(default)) return false;
        var cursor = new MessagePackCursor(body.Span, members.Rooms.Start.Value);
        var list = cursor;
        list.Read();
        return list.Kind == MessagePackKind.Array && EnvelopeReader.TryReadNames(ref cursor, needsOne: false, out rooms, MaxRooms);
    }

    /// <summary>Returns the number of a node's clients that are to acknowledge, or null if the response has none.</summary>
    public static int? ClientCountOf(PeerMessageFields members) =>
        members.ClientCount is { } count && Math.Truncate(count) == count && count is >= 0 and <= MaxClients ? (int)count : null;

    private static string? JsonRequestIdOf(ReadOnlySpan<byte> message)
    {
        try
        {
            var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = Depth });
            reader.Read();
            return RequestIdIn(ref reader);
        }
        catch (JsonException exception)
        {
            throw new ProtocolException(ProtocolCause.Json, "The text is not valid JSON.", exception);
        }
    }

    /// <summary>Reads the request's id among the members of an object that has just begun.</summary>
    internal static string? RequestIdIn(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = !reader.ValueIsEscaped && reader.ValueSpan.SequenceEqual("requestId"u8);
            if (!reader.Read()) return null;
            if (isId) return reader.TokenType == JsonTokenType.String ? Id(reader.ValueSpan) : null;
            reader.Skip();
        }

        return null;
    }

    private static string? PackedRequestIdOf(ReadOnlySpan<byte> message)
    {
        var cursor = new MessagePackCursor(message);
        cursor.Read();
        return RequestIdIn(cursor);
    }

    /// <summary>Reads the request's id among the members of a map whose head was just read.</summary>
    internal static string? RequestIdIn(MessagePackCursor map)
    {
        for (var pairs = map.Kind == MessagePackKind.Map ? map.Count : 0; pairs > 0; pairs--)
        {
            var key = EnvelopeReader.ReadValue(ref map);
            var value = EnvelopeReader.ReadValue(ref map);
            if (EnvelopeReader.IsText(key) && key.Bytes.SequenceEqual("requestId"u8))
                return EnvelopeReader.IsText(value) ? Id(value.Bytes) : null;
        }

        return null;
    }

    private static string? Id(ReadOnlySpan<byte> text) => text.Length <= MaxId ? Encoding.UTF8.GetString(text) : null;

    private static RemoteSocket? ReadSocket(ReadOnlyMemory<byte> body, ref MessagePackCursor cursor, IBroadcastSink sink)
    {
        var entry = cursor;
        entry.Read();
        cursor.Skip(Depth);
        if (entry.Kind != MessagePackKind.Map) return null;

        string? id = null;
        Range handshake = default, data = default;
        ImmutableArray<string> rooms = [];
        for (var pairs = entry.Count; pairs > 0; pairs--)
        {
            var key = EnvelopeReader.ReadValue(ref entry);
            var start = entry;
            var value = EnvelopeReader.ReadValue(ref entry);
            if (!EnvelopeReader.IsText(key)) continue;
            if (key.Bytes.SequenceEqual("id"u8) && EnvelopeReader.IsText(value)) id = Encoding.UTF8.GetString(value.Bytes);
            else if (key.Bytes.SequenceEqual("handshake"u8)) handshake = start.Offset..entry.Offset;
            else if (key.Bytes.SequenceEqual("data"u8)) data = start.Offset..entry.Offset;
            else if (key.Bytes.SequenceEqual("rooms"u8)) EnvelopeReader.TryReadNames(ref start, needsOne: false, out rooms);
        }

        return id is null ? null
            : new RemoteSocket(sink, SocketId.Of(id), new Handshake(OrNil(body[handshake])), rooms, new EventArgument(0, body[data]));
    }

    private static ReadOnlyMemory<byte> OrNil(ReadOnlyMemory<byte> value) => value.IsEmpty ? new byte[] { 0xC0 } : value;

    private static void WriteSockets(PooledBuffer to, IReadOnlyList<RemoteSocket> sockets)
    {
        using var handshake = PooledBuffer.Rent();
        to.Write("["u8);
        for (var i = 0; i < sockets.Count; i++)
        {
            to.Write(i == 0 ? "{\"id\":"u8 : ",{\"id\":"u8);
            to.WriteText(sockets[i].Id.ToString());
            handshake.Clear();
            var writer = new MessagePackWriter(handshake);
            sockets[i].Handshake.WriteTo(ref writer);
            writer.Flush();
            to.Write(",\"handshake\":"u8);
            to.WriteValueOrNull(handshake.WrittenMemory);
            to.Write(",\"rooms\":"u8);
            to.WriteTexts(sockets[i].Rooms);
            to.Write(",\"data\":"u8);
            to.WriteValueOrNull(sockets[i].Data.Raw);
            to.Write("}"u8);
        }

        to.Write("]"u8);
    }

    private static byte[] Object<T>(ReadOnlyMemory<byte> requestId, ReadOnlySpan<byte> member, Action<PooledBuffer, T> write, T value)
    {
        using var to = PooledBuffer.Rent();
        var separator = "{"u8;
        if (!requestId.IsEmpty)
        {
            to.Write("{\"requestId\":"u8);
            to.WriteValue(requestId);
            separator = ","u8;
        }

        if (!member.IsEmpty)
        {
            to.Write(separator);
            to.Write("\""u8);
            to.Write(member);
            to.Write("\":"u8);
            write(to, value);
        }
        else if (requestId.IsEmpty)
        {
            to.Write(separator);
        }

        to.Write("}"u8);
        return to.WrittenSpan.ToArray();
    }
}
