using System.Text;

namespace TypedSocketRedis.Protocol;

/// <summary>Reads packets in JSON, whose binary values follow as separate messages.</summary>
/// <param name="limits">The limits of the input.</param>
internal sealed class JsonPacketReader(Limits limits) : IPacketReader
{
    // Not null only between a packet and its last attachment.
    private Unfinished? _pending;
    private string _lastPath = "/";

    /// <inheritdoc/>
    public int PendingBytes => _pending?.Bytes ?? 0;

    /// <inheritdoc/>
    public Packet? Text(ReadOnlySpan<byte> utf8)
    {
        if (_pending is not null) throw new ProtocolException(ProtocolReason.Order, "Text came while attachments are missing.");
        if (utf8.Length > limits.PacketBytes) throw TooLarge();
        var header = PacketHeader.Read(utf8, limits.Attachments, PacketHeader.MaxPathBytes);
        var body = utf8[header.BodyOffset..];
        if (body.IsEmpty) return Empty(header, utf8);

        if (header.Type is PacketType.Disconnect) throw Invalid();
        var draft = JsonToMessagePack.Read(body, limits, header.Attachments);
        if (!IsAllowed(header.Type, draft))
        {
            draft.Dispose();
            throw Invalid();
        }

        _lastPath = Path(header, utf8);
        if (header.Attachments == 0) return Finish(header, draft, []);
        _pending = new Unfinished(header, draft) { Bytes = utf8.Length };
        return null;
    }

    /// <inheritdoc/>
    public Packet? Binary(ReadOnlyMemory<byte> bytes)
    {
        if (_pending is not { } pending) throw new ProtocolException(ProtocolReason.Order, "Bytes came while no attachment is missing.");
        if (bytes.Length > limits.PacketBytes - pending.Bytes) throw TooLarge();
        pending.Bytes += bytes.Length;
        var isLast = pending.Attachments.Count + 1 == pending.Header.Attachments;
        pending.Attachments.Add(isLast ? bytes : bytes.ToArray());
        if (!isLast) return null;
        _pending = null;
        return Finish(pending.Header, pending.Draft, pending.Attachments);
    }

    /// <summary>Releases the memory of an incomplete packet.</summary>
    public void Dispose()
    {
        _pending?.Draft.Dispose();
        _pending = null;
    }

    private Packet Finish(PacketHeader header, DeferredMessagePackWriter draft, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        using (draft) return new Packet(header.Type, _lastPath, header.Id, draft.ToArray(attachments, JsonToMessagePack.SizeLimit(limits)));
    }

    private Packet? Empty(PacketHeader header, ReadOnlySpan<byte> utf8)
    {
        if (header.Type is not (PacketType.Connect or PacketType.Disconnect)) throw Invalid();
        _lastPath = Path(header, utf8);
        return new Packet(header.Type, _lastPath, header.Id, default);
    }

    // Most packets of a connection have the same namespace, so its text is created once.
    private string Path(PacketHeader header, ReadOnlySpan<byte> utf8)
    {
        if (header.PathLength == 0) return "/";
        var path = utf8.Slice(header.PathOffset, header.PathLength);
        return Ascii.Equals(path, _lastPath) ? _lastPath : Encoding.UTF8.GetString(path);
    }

    private static bool IsAllowed(PacketType type, DeferredMessagePackWriter draft)
    {
        var (kind, count, first) = draft.Root();
        return type switch
        {
            PacketType.Connect => kind == MessagePackKind.Map,
            PacketType.Ack => kind == MessagePackKind.Array,
            PacketType.Event => kind == MessagePackKind.Array && count > 0 && first >= 0 && IsEventName(draft.Content.WrittenSpan),
            _ => false,
        };
    }

    private static bool IsEventName(ReadOnlySpan<byte> content)
    {
        var cursor = new MessagePackCursor(content);
        cursor.Read();
        return cursor.Kind switch
        {
            MessagePackKind.Text => !EventHeader.IsReserved(cursor.Bytes),
            MessagePackKind.Integer or MessagePackKind.Unsigned or MessagePackKind.Float => true,
            _ => false,
        };
    }

    private static ProtocolException Invalid() => new(ProtocolReason.Payload, "invalid payload");

    private ProtocolException TooLarge() => new(ProtocolReason.Size, $"The packet is larger than {limits.PacketBytes} bytes.");

    private sealed record Unfinished(PacketHeader Header, DeferredMessagePackWriter Draft)
    {
        public List<ReadOnlyMemory<byte>> Attachments { get; } = [];

        public int Bytes { get; set; }
    }
}
