using System.Buffers.Text;
using System.Text;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Protocol;

/// <summary>Writes Socket.IO packets for clients; each result is one <see cref="Frame"/> that all receivers share.</summary>
/// <remarks>
/// The text is Engine.IO's <c>4</c>, the packet's type, <c>n-</c> attachments, the namespace unless it is <c>/</c>, the id,
/// the body: <c>42/chat,["hi"]</c>, <c>451-["x",{"_placeholder":true,"num":0}]</c>, <c>43/chat,7["ok"]</c>.
/// </remarks>
internal static class JsonPacketWriter
{
    private const int MaxDigits = 20;
    private const int MaxStack = 256;

    /// <summary>Writes an event, as a binary one if it contains bytes.</summary>
    /// <param name="path">The namespace, with its leading slash.</param>
    /// <param name="data">The event; a borrowed buffer, valid until the call returns.</param>
    /// <param name="id">The number of the acknowledgement, or null for none.</param>
    /// <param name="offset">The last argument to add, or null.</param>
    /// <param name="limits">The limits of the output.</param>
    /// <exception cref="ProtocolException">The data is malformed, too large, or its name is not allowed.</exception>
    public static Frame Event(string path, EventData data, ulong? id = null, string? offset = null, Limits? limits = null)
    {
        using var body = PooledBuffer.Rent();
        var attachments = Checked(Transcoder.WriteEvent(data, body, limits ?? Limits.Outgoing), limits);
        if (offset is not null) Append(body, offset);
        return Create(attachments is null ? PacketType.Event : PacketType.BinaryEvent, path, id, body.WrittenSpan, attachments);
    }

    /// <summary>Writes the acknowledgement of a client's event, <c>43/chat,7["ok"]</c>.</summary>
    /// <param name="path">The namespace, with its leading slash.</param>
    /// <param name="id">The acknowledgement's number from the client's event.</param>
    /// <param name="arguments">One MessagePack array; a borrowed buffer, valid until the call returns.</param>
    /// <param name="limits">The limits of the output.</param>
    /// <exception cref="ProtocolException">The arguments are malformed, not an array, or too large.</exception>
    public static Frame Ack(string path, ulong id, ReadOnlyMemory<byte> arguments, Limits? limits = null)
    {
        using var body = PooledBuffer.Rent();
        var attachments = Checked(Transcoder.Write(arguments, body, limits ?? Limits.Outgoing), limits);
        if (body.WrittenSpan[0] != (byte)'[')
            throw new ProtocolException(ProtocolReason.Ack, "The arguments of an acknowledgement must be an array.");
        return Create(attachments is null ? PacketType.Ack : PacketType.BinaryAck, path, id, body.WrittenSpan, attachments);
    }

    /// <summary>Writes the packet that admits a client to a namespace, <c>40/chat,{"sid":"...","pid":"..."}</c>.</summary>
    public static Frame Connect(string path, string sid, string? pid = null)
    {
        using var body = PooledBuffer.Rent();
        var text = new JsonText(body, Limits.Outgoing.PacketBytes);
        text.Raw("{\"sid\":"u8);
        Text(ref text, sid);
        if (pid is not null)
        {
            text.Raw(",\"pid\":"u8);
            Text(ref text, pid);
        }

        text.Byte((byte)'}');
        text.Flush();
        return Create(PacketType.Connect, path, null, body.WrittenSpan, null);
    }

    /// <summary>Writes the packet that refuses a client, <c>44/chat,{"message":"...","data":{}}</c>.</summary>
    /// <param name="path">The namespace's name, as the client sent it.</param>
    /// <param name="message">The error's message.</param>
    /// <param name="data">One MessagePack value, or nothing; bytes in it become arrays of numbers, because this packet has no
    /// attachments.</param>
    /// <exception cref="ProtocolException">The data is malformed or too large.</exception>
    public static Frame ConnectError(string path, string message, ReadOnlyMemory<byte> data = default)
    {
        using var body = PooledBuffer.Rent();
        var text = new JsonText(body, Limits.Outgoing.PacketBytes);
        text.Raw("{\"message\":"u8);
        Text(ref text, message);
        if (!data.IsEmpty) text.Raw(",\"data\":"u8);
        text.Flush();
        if (!data.IsEmpty) Transcoder.Write(data, body, Limits.Outgoing, BinaryForm.Buffer);
        body.Write("}"u8);
        return Create(PacketType.ConnectError, path, null, body.WrittenSpan, null);
    }

    /// <summary>Writes the packet that admits a client of Socket.IO 2, <c>40/chat,</c>.</summary>
    public static Frame LegacyConnect(string path) => Create(PacketType.Connect, path, null, default, null);

    /// <summary>Writes the packet that refuses a client of Socket.IO 2, <c>44/chat,"message"</c> or <c>44/chat,{"code":1}</c>.</summary>
    /// <param name="path">The namespace's name, as the client sent it.</param>
    /// <param name="message">The error's message.</param>
    /// <param name="data">One MessagePack value, which replaces the message, or nothing.</param>
    /// <exception cref="ProtocolException">The data is malformed or too large.</exception>
    public static Frame LegacyError(string path, string message, ReadOnlyMemory<byte> data = default)
    {
        using var body = PooledBuffer.Rent();
        if (data.IsEmpty)
        {
            var text = new JsonText(body, Limits.Outgoing.PacketBytes);
            Text(ref text, message);
            text.Flush();
        }
        else
        {
            Transcoder.Write(data, body, Limits.Outgoing, BinaryForm.Buffer);
        }

        return Create(PacketType.ConnectError, path, null, body.WrittenSpan, null);
    }

    /// <summary>Writes the packet that disconnects a client from a namespace, <c>41/chat,</c>.</summary>
    public static Frame Disconnect(string path) => Create(PacketType.Disconnect, path, null, default, null);

    private static Frame Create(
        PacketType type, string path, ulong? id, ReadOnlySpan<byte> body, List<ReadOnlyMemory<byte>>? attachments)
    {
        var bound = 2 + (2 * MaxDigits) + 2 + (3 * path.Length);
        using var spill = bound <= MaxStack ? null : PooledBuffer.Rent();
        var head = spill is null ? stackalloc byte[MaxStack] : spill.GetSpan(bound);
        head[0] = (byte)'4';
        head[1] = (byte)('0' + (int)type);
        var at = 2;
        if (attachments is not null)
        {
            at += Digits((ulong)attachments.Count, head[at..]);
            head[at++] = (byte)'-';
        }

        if (path != "/")
        {
            at += Encoding.UTF8.GetBytes(path, head[at..]);
            head[at++] = (byte)',';
        }

        if (id is { } number) at += Digits(number, head[at..]);
        return Frame.Create(head[..at], body, attachments);
    }

    private static List<ReadOnlyMemory<byte>>? Checked(List<ReadOnlyMemory<byte>>? attachments, Limits? limits)
    {
        var max = (limits ?? Limits.Outgoing).Attachments;
        if (attachments is null || attachments.Count <= max) return attachments;
        throw new ProtocolException(ProtocolReason.Attachments,
            $"{attachments.Count} binary values are in it, and clients disconnect on more than {max}. "
            + "Put several into one, or raise SocketIOOptions.MaxAttachments if all clients allow it.");
    }

    // An event has a name, so the comma always follows an element.
    private static void Append(PooledBuffer body, string offset)
    {
        body.Truncate(body.WrittenCount - 1);
        var text = new JsonText(body, Limits.Outgoing.PacketBytes);
        text.Byte((byte)',');
        Text(ref text, offset);
        text.Byte((byte)']');
        text.Flush();
    }

    private static int Digits(ulong value, Span<byte> to)
    {
        Utf8Formatter.TryFormat(value, to, out var written);
        return written;
    }

    private static void Text(ref JsonText text, string value)
    {
        using var utf8 = PooledBuffer.Rent();
        Encoding.UTF8.GetBytes(value, utf8);
        text.String(utf8.WrittenSpan);
    }
}
