using System.Collections.Immutable;
using System.Text;
using MessagePack;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>The types of messages of the sharded adapter.</summary>
internal enum ShardedMessageType
{
    Broadcast = 3,
    Join = 4,
    Leave = 5,
    Disconnect = 6,
    FetchSockets = 7,
    Sockets = 8,
    ServerEvent = 9,
    ServerEventAnswer = 10,
    ClientCount = 11,
    Ack = 12,
}

/// <summary>Writes the messages of one producer in one namespace in the format of the sharded adapter.</summary>
/// <remarks>
/// <para>Wire:
/// <c>{"type":3,"data":{"packet":{"type":2,"data":["event",1]},"opts":{"rooms":[],"except":[],"flags":{}}},"uid":"…","nsp":"/"}</c>, in
/// JSON, and in MessagePack with the same members in the same order as soon as there are bytes in it.</para>
/// <list type="bullet">
/// <item>4 join, 5 leave: <c>{opts, rooms}</c></item>
/// <item>6 disconnect: <c>{opts, close}</c></item>
/// <item>3 broadcast that is to be acknowledged: <c>{packet, requestId, opts}</c></item>
/// <item>
/// <item>7 fetch sockets: <c>{opts, requestId}</c>; 8 its response: <c>{requestId, sockets: [{id, handshake, rooms, data}]}</c></item>
/// </item>
/// <item>
/// <item>9 server event: <c>{packet: [event, …]}</c>, <c>{requestId, packet}</c>; 10 its response: <c>{requestId, packet}</c></item>
/// </item>
/// <item>
/// <item>11 number of clients that are to acknowledge: <c>{requestId, clientCount}</c>; 12 acknowledgement of one: <c>{requestId,
/// packet}</c></item>
/// </item>
/// </list>
/// </remarks>
internal sealed class ShardedWriter
{
    private readonly byte[] _end;
    private readonly byte[] _jsonEnd;

    /// <param name="uid">The producer's id.</param>
    /// <param name="path">The namespace.</param>
    public ShardedWriter(NodeId uid, string path)
    {
        _end = Packed((ref MessagePackWriter writer) =>
        {
            writer.WriteString("uid"u8);
            writer.Write(uid.ToString());
            writer.WriteString("nsp"u8);
            writer.Write(path);
        });
        using var json = PooledBuffer.Rent();
        json.Write(Encoding.UTF8.GetBytes($",\"uid\":\"{uid}\",\"nsp\":"));
        json.WriteText(path);
        json.Write("}"u8);
        _jsonEnd = json.WrittenSpan.ToArray();
    }

    private delegate void Part(ref MessagePackWriter writer);

    /// <summary>
    /// Returns <c>true</c> if this producer wrote the message: decided on its last bytes, because every node receives its own messages.
    /// </summary>
    public bool IsOwn(ReadOnlySpan<byte> message) => message.EndsWith(_jsonEnd) || message.EndsWith(_end);

    /// <exception cref="ProtocolException">The event is malformed or too large.</exception>
    public byte[] Broadcast(EventData data, BroadcastOptions options, string? requestId = null) =>
        Write(ShardedMessageType.Broadcast, (ref MessagePackWriter writer) =>
    {
        writer.WriteMapHeader(requestId is null ? 2 : 3);
        writer.WriteString("packet"u8);
        writer.WriteMapHeader(2);
        writer.WriteString("type"u8);
        writer.Write(2);
        writer.WriteString("data"u8);
        writer.WriteRaw(data.Span);
        WriteId(ref writer, requestId);
        WriteTarget(ref writer, options);
    });

    public byte[] FetchSockets(string requestId, BroadcastOptions target) =>
        Write(ShardedMessageType.FetchSockets, (ref MessagePackWriter writer) =>
    {
        writer.WriteMapHeader(2);
        WriteTarget(ref writer, target);
        WriteId(ref writer, requestId);
    });

    /// <param name="type">The type: join or leave.</param>
    /// <param name="target">The target sockets.</param>
    /// <param name="rooms">The rooms.</param>
    public byte[] Move(ShardedMessageType type, BroadcastOptions target, ImmutableArray<string> rooms) =>
        Write(type, (ref MessagePackWriter writer) =>
    {
        writer.WriteMapHeader(2);
        WriteTarget(ref writer, target);
        writer.WriteString("rooms"u8);
        writer.WriteArrayHeader(rooms.Length);
        foreach (var room in rooms) writer.Write(room);
    });

    public byte[] Disconnect(BroadcastOptions target, bool close) => Write(ShardedMessageType.Disconnect, (ref MessagePackWriter writer) =>
    {
        writer.WriteMapHeader(2);
        WriteTarget(ref writer, target);
        writer.WriteString("close"u8);
        writer.Write(close);
    });

    /// <param name="data">The event for the servers.</param>
    /// <param name="requestId">The id of the request, or null if no response is requested.</param>
    /// <exception cref="ProtocolException">The event is malformed or too large.</exception>
    public byte[] ServerEvent(EventData data, string? requestId) => Write(ShardedMessageType.ServerEvent, (ref MessagePackWriter writer) =>
    {
        writer.WriteMapHeader(requestId is null ? 1 : 2);
        WriteId(ref writer, requestId);
        writer.WriteString("packet"u8);
        writer.WriteRaw(data.Span);
    });

    /// <param name="type">The type: a response to a server event, or a client's acknowledgement.</param>
    /// <param name="requestId">The id to repeat, a MessagePack value; empty if there is none.</param>
    /// <param name="packet">The response, one value; empty if there is none.</param>
    /// <exception cref="ProtocolException">The response is nested too deeply or too large.</exception>
    public byte[] Ack(ShardedMessageType type, ReadOnlyMemory<byte> requestId, ReadOnlyMemory<byte> packet) =>
        Write(type, (ref MessagePackWriter writer) =>
    {
        WriteAnswered(ref writer, requestId, packet.IsEmpty ? 0 : 1);
        if (packet.IsEmpty) return;
        writer.WriteString("packet"u8);
        writer.WriteRaw(packet.Span);
    });

    public byte[] ClientCount(ReadOnlyMemory<byte> requestId, int clients) =>
        Write(ShardedMessageType.ClientCount, (ref MessagePackWriter writer) =>
    {
        WriteAnswered(ref writer, requestId, 1);
        writer.WriteString("clientCount"u8);
        writer.Write(clients);
    });

    public byte[] Sockets(ReadOnlyMemory<byte> requestId, IReadOnlyList<RemoteSocket> sockets) =>
        Write(ShardedMessageType.Sockets, (ref MessagePackWriter writer) =>
    {
        WriteAnswered(ref writer, requestId, 1);
        writer.WriteString("sockets"u8);
        writer.WriteArrayHeader(sockets.Count);
        foreach (var socket in sockets) WriteSocket(ref writer, socket);
    });

    private static void WriteSocket(ref MessagePackWriter writer, RemoteSocket socket)
    {
        writer.WriteMapHeader(4);
        writer.WriteString("id"u8);
        writer.Write(socket.Id.ToString());
        writer.WriteString("handshake"u8);
        socket.Handshake.WriteTo(ref writer);
        writer.WriteString("rooms"u8);
        writer.WriteArrayHeader(socket.Rooms.Count);
        foreach (var room in socket.Rooms) writer.Write(room);
        writer.WriteString("data"u8);
        writer.WriteRaw(socket.Data.Raw.Span);
    }

    /// <summary>Begins a response; one to a request without an id has none.</summary>
    private static void WriteAnswered(ref MessagePackWriter writer, ReadOnlyMemory<byte> requestId, int more)
    {
        writer.WriteMapHeader(requestId.IsEmpty ? more : more + 1);
        if (requestId.IsEmpty) return;
        writer.WriteString("requestId"u8);
        writer.WriteRaw(requestId.Span);
    }

    private static void WriteId(ref MessagePackWriter writer, string? requestId)
    {
        if (requestId is null) return;
        writer.WriteString("requestId"u8);
        writer.Write(requestId);
    }

    private static void WriteTarget(ref MessagePackWriter writer, BroadcastOptions target)
    {
        writer.WriteString("opts"u8);
        ClassicCodec.WriteOptions(ref writer, target, EnvelopeOrder.Adapter);
    }

    private byte[] Write(ShardedMessageType type, Part data)
    {
        using var packed = PooledBuffer.Rent();
        var writer = new MessagePackWriter(packed);
        writer.WriteMapHeader(4);
        writer.WriteString("type"u8);
        writer.Write((int)type);
        writer.WriteString("data"u8);
        data(ref writer);
        writer.WriteRaw(_end);
        writer.Flush();

        // Bytes have no JSON: a value with bytes stays as it is.
        using var json = PooledBuffer.Rent();
        var hasBytes = Transcoder.Write(packed.WrittenMemory, json, Limits.Peer) is not null;
        return (hasBytes ? packed : json).WrittenSpan.ToArray();
    }

    private static byte[] Packed(Part part)
    {
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        part(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
