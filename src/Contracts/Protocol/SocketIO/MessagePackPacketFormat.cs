using MessagePack;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Protocol;

/// <summary>The format of socket.io-msgpack-parser 3: one binary message for each packet, bytes inside it.</summary>
/// <remarks>
/// A packet is a map, <c>{type, data, id, nsp}</c>, without absent members: <c>{type:2, data:["hi"], nsp:"/chat"}</c>. The content
/// of <c>data</c> is sent unchanged, except for the changes of <see cref="MessagePackNormalizer"/>.
/// </remarks>
internal sealed class MessagePackPacketFormat : IPacketFormat
{
    public static readonly MessagePackPacketFormat Instance = new();

    private MessagePackPacketFormat()
    {
    }

    private static Limits Limits => Limits.Outgoing;

    private static ReadOnlySpan<byte> TypeName => [MessagePackCode.MinFixStr | 4, (byte)'t', (byte)'y', (byte)'p', (byte)'e'];

    private static ReadOnlySpan<byte> DataName => [MessagePackCode.MinFixStr | 4, (byte)'d', (byte)'a', (byte)'t', (byte)'a'];

    private static ReadOnlySpan<byte> IdName => [MessagePackCode.MinFixStr | 2, (byte)'i', (byte)'d'];

    private static ReadOnlySpan<byte> PathName => [MessagePackCode.MinFixStr | 3, (byte)'n', (byte)'s', (byte)'p'];

    public IPacketReader CreateReader(Limits limits) => new MessagePackPacketReader(limits);

    public Frame Event(string path, EventData data, ulong? id = null, string? offset = null)
    {
        if (!EventHeader.TryRead(data, out var header)) throw EventHeader.Refused();
        if (data.Span.Length > Limits.PacketBytes) throw TooLarge();
        using var packet = PooledBuffer.Rent();
        Start(packet, PacketType.Event, id is null ? 3 : 4);
        var writer = new MessagePackWriter(packet);
        writer.WriteArrayHeader(1 + header.ArgumentCount + (offset is null ? 0 : 1));
        writer.Flush();
        if (header.IsNumber) Number(packet, header.Number);
        else JsonString.WriteText(header.Name, packet);

        var end = Body(packet, data.Span, header.ArgumentsOffset, header.ArgumentCount, Limits.Depth - 1);
        new MessagePackCursor(data.Span, end).End();
        if (offset is not null) Text(packet, offset);
        return Finish(packet, id, path);
    }

    public Frame Ack(string path, ulong id, ReadOnlyMemory<byte> arguments)
    {
        var cursor = new MessagePackCursor(arguments.Span);
        cursor.Read();
        if (cursor.Kind != MessagePackKind.Array)
            throw new ProtocolException(ProtocolReason.Ack, "The arguments of an acknowledgement must be an array.");
        using var packet = PooledBuffer.Rent();
        Start(packet, PacketType.Ack, 4);
        Value(packet, arguments.Span);
        return Finish(packet, id, path);
    }

    public Frame Connect(string path, string sid, string? pid = null)
    {
        using var packet = PooledBuffer.Rent();
        Start(packet, PacketType.Connect, 3);
        var writer = new MessagePackWriter(packet);
        writer.WriteMapHeader(pid is null ? 1 : 2);
        writer.Write("sid");
        writer.Write(sid);
        if (pid is not null)
        {
            writer.Write("pid");
            writer.Write(pid);
        }

        writer.Flush();
        return Finish(packet, null, path);
    }

    public Frame ConnectError(string path, string message, ReadOnlyMemory<byte> data = default)
    {
        using var packet = PooledBuffer.Rent();
        Start(packet, PacketType.ConnectError, 3);
        var writer = new MessagePackWriter(packet);
        writer.WriteMapHeader(data.IsEmpty ? 1 : 2);
        writer.Write("message");
        writer.Write(message);
        if (!data.IsEmpty) writer.Write("data");
        writer.Flush();
        if (!data.IsEmpty) Value(packet, data.Span);
        return Finish(packet, null, path);
    }

    public Frame LegacyConnect(string path)
    {
        using var packet = PooledBuffer.Rent();
        Start(packet, PacketType.Connect, 2, hasData: false);
        return Finish(packet, null, path);
    }

    public Frame LegacyError(string path, string message, ReadOnlyMemory<byte> data = default)
    {
        using var packet = PooledBuffer.Rent();
        Start(packet, PacketType.ConnectError, 3);
        if (data.IsEmpty) Text(packet, message);
        else Value(packet, data.Span);
        return Finish(packet, null, path);
    }

    public Frame Disconnect(string path)
    {
        using var packet = PooledBuffer.Rent();
        Start(packet, PacketType.Disconnect, 2, hasData: false);
        return Finish(packet, null, path);
    }

    private static void Start(PooledBuffer packet, PacketType type, int members, bool hasData = true)
    {
        packet.Write([(byte)(MessagePackCode.MinFixMap | members)]);
        packet.Write(TypeName);
        packet.Write([(byte)type]);
        if (hasData) packet.Write(DataName);
    }

    private static Frame Finish(PooledBuffer packet, ulong? id, string path)
    {
        if (id is { } number)
        {
            packet.Write(IdName);
            var writer = new MessagePackWriter(packet);
            writer.Write(number);
            writer.Flush();
        }

        packet.Write(PathName);
        Text(packet, path);
        return Frame.CreateBinary(packet.WrittenSpan);
    }

    // Exactly one value.
    private static void Value(PooledBuffer packet, ReadOnlySpan<byte> value)
    {
        if (value.Length > Limits.PacketBytes) throw TooLarge();
        new MessagePackCursor(value, Body(packet, value, 0, 1, Limits.Depth)).End();
    }

    private static int Body(PooledBuffer packet, ReadOnlySpan<byte> source, int offset, int count, int depth) =>
        MessagePackNormalizer.Write(source, offset, count, packet, depth, Limits.PacketBytes, forNotepack: true);

    private static void Text(PooledBuffer packet, string text)
    {
        var writer = new MessagePackWriter(packet);
        writer.Write(text);
        writer.Flush();
    }

    private static void Number(PooledBuffer packet, double number)
    {
        var writer = new MessagePackWriter(packet);
        ValueWriter.Write(ref writer, number);
        writer.Flush();
    }

    private static ProtocolException TooLarge() => new(ProtocolReason.Size, $"The packet is larger than {Limits.PacketBytes} bytes.");
}
