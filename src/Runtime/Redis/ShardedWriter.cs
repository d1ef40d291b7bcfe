using System.Collections.Immutable;
using System.Text;
using MessagePack;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>What a message of the sharded adapter is.</summary>
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

/// <summary>Writes the messages of one producer in one namespace as the sharded adapter has them.</summary>
/// <remarks>
/// <para>Wire: <c>{"type":3,"data":{"packet":{"type":2,"data":["event",1]},"opts":{"rooms":[],"except":[],"flags":{}}},"uid":"…","nsp":"/"}</c>,
/// in JSON, and in MessagePack with the same members in the same order as soon as there are bytes in it.</para>
/// <list type="bullet">
/// <item>4 join, 5 leave: <c>{opts, rooms}</c></item>
/// <item>6 disconnect: <c>{opts, close}</c></item>
/// <item>9 server event: <c>{packet: [event, …]}</c></item>
/// </list>
/// </remarks>
internal sealed class ShardedWriter
{
    private readonly byte[] _end;

    /// <param name="uid">The producer's id.</param>
    /// <param name="path">The namespace.</param>
    public ShardedWriter(NodeId uid, string path) => _end = Packed((ref MessagePackWriter writer) =>
    {
        writer.WriteString("uid"u8);
        writer.Write(uid.ToString());
        writer.WriteString("nsp"u8);
        writer.Write(path);
    });

    private delegate void Part(ref MessagePackWriter writer);

    /// <exception cref="ProtocolException">The event is malformed or too large.</exception>
    public byte[] Broadcast(EventData data, BroadcastOptions options) => Write(ShardedMessageType.Broadcast, (ref MessagePackWriter writer) =>
    {
        writer.WriteMapHeader(2);
        writer.WriteString("packet"u8);
        writer.WriteMapHeader(2);
        writer.WriteString("type"u8);
        writer.Write(2);
        writer.WriteString("data"u8);
        writer.WriteRaw(data.Span);
        WriteTarget(ref writer, options);
    });

    /// <param name="type">Join or leave.</param>
    /// <param name="target">Which sockets.</param>
    /// <param name="rooms">The rooms.</param>
    public byte[] Move(ShardedMessageType type, BroadcastOptions target, ImmutableArray<string> rooms) => Write(type, (ref MessagePackWriter writer) =>
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

    /// <summary>An event for the servers that nobody answers.</summary>
    /// <exception cref="ProtocolException">The event is malformed or too large.</exception>
    public byte[] ServerEvent(EventData data) => Write(ShardedMessageType.ServerEvent, (ref MessagePackWriter writer) =>
    {
        writer.WriteMapHeader(1);
        writer.WriteString("packet"u8);
        writer.WriteRaw(data.Span);
    });

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

        // Bytes have no JSON: what holds some stays as it is.
        using var json = PooledBuffer.Rent();
        var hasBytes = Transcoder.Write(packed.WrittenMemory, json, Limits.Outgoing) is not null;
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
