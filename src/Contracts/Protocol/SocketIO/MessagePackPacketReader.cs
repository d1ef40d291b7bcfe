using System.Text;

namespace TypedSocketRedis.Protocol;

/// <summary>Reads packets of socket.io-msgpack-parser, each one binary message, by the same rules as packets in JSON.</summary>
/// <remarks>Unknown members of the map are ignored; official clients add <c>options</c>.</remarks>
/// <param name="limits">The limits of the input.</param>
internal sealed class MessagePackPacketReader(Limits limits) : IPacketReader
{
    private const double MaxWhole = 9007199254740992;

    private string _lastPath = "/";

    /// <inheritdoc/>
    public int PendingBytes => 0;

    /// <inheritdoc/>
    public Packet? Text(ReadOnlySpan<byte> utf8) =>
        throw new ProtocolException(ProtocolReason.Order,
            "Text came where packets are MessagePack: does the client use socket.io-msgpack-parser?");

    /// <inheritdoc/>
    public Packet? Binary(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > limits.PacketBytes)
            throw new ProtocolException(ProtocolReason.Size, $"The packet is larger than {limits.PacketBytes} bytes.");
        var source = bytes.Span;
        var members = Members.Read(source, limits.Depth);
        var type = TypeOf(members);
        if (members.Path.IsEmpty) throw new ProtocolException(ProtocolReason.Path, "The packet has no namespace.");
        var id = members.Has(Member.Id) ? IdOf(members) : null;
        var body = BodyOf(type, members, source);
        return new Packet(type, PathOf(members.Path), id, body);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Every packet is one message, so there is nothing to release.
    }

    private static PacketType TypeOf(in Members members)
    {
        if (!members.Has(Member.Type) || members.Type is not (>= 0 and <= (double)PacketType.ConnectError)
            || Math.Truncate(members.Type) != members.Type)
        {
            throw new ProtocolException(ProtocolReason.Type, "unknown packet type");
        }

        var type = (PacketType)members.Type;
        return type != PacketType.ConnectError
            ? type
            : throw new ProtocolException(ProtocolReason.Type, "Clients must not send CONNECT_ERROR.");
    }

    private static ulong? IdOf(in Members members)
    {
        if (members.IdKind is MessagePackKind.Integer && members.Id >= 0 || members.IdKind is MessagePackKind.Unsigned)
            return (ulong)members.Id;
        if (members.IdKind is MessagePackKind.Float && members.IdNumber is >= 0 and <= MaxWhole
            && Math.Truncate(members.IdNumber) == members.IdNumber)
        {
            return (ulong)members.IdNumber;
        }

        throw new ProtocolException(ProtocolReason.Id, "The id of the acknowledgement is missing or negative.");
    }

    private byte[] BodyOf(PacketType type, in Members members, ReadOnlySpan<byte> source)
    {
        if (!members.Has(Member.Data))
        {
            return type is PacketType.Connect or PacketType.Disconnect ? [] : throw Invalid();
        }

        var isAllowed = type switch
        {
            PacketType.Connect => members.DataKind == MessagePackKind.Map,
            PacketType.Event or PacketType.Ack => members.DataKind == MessagePackKind.Array,
            _ => false,
        };
        if (!isAllowed || (type == PacketType.Event && !IsEvent(source[members.DataOffset..]))) throw Invalid();
        using var body = PooledBuffer.Rent();
        MessagePackNormalizer.Write(
            source, members.DataOffset, 1, body, limits.Depth, JsonToMessagePack.SizeLimit(limits), forNotepack: false);
        return body.WrittenSpan.ToArray();
    }

    private static bool IsEvent(ReadOnlySpan<byte> data)
    {
        if (!EventHeader.TryRead(data, out _)) return false;
        var cursor = new MessagePackCursor(data);
        cursor.Read();
        cursor.Read();
        return cursor.Kind != MessagePackKind.Bytes;
    }

    // Most packets of a connection have the same namespace, so its text is created once.
    private string PathOf(ReadOnlySpan<byte> path)
    {
        if (path.Length > PacketHeader.MaxPathBytes) throw new ProtocolException(ProtocolReason.Path, "The namespace's name is too long.");
        if (path[0] != (byte)'/' || path.Contains((byte)','))
            throw new ProtocolException(ProtocolReason.Path, "The name of the namespace is missing.");
        if (!Ascii.Equals(path, _lastPath)) _lastPath = Encoding.UTF8.GetString(path);
        return _lastPath;
    }

    private static ProtocolException Invalid() => new(ProtocolReason.Payload, "invalid payload");

    [Flags]
    private enum Member : byte
    {
        Other = 0,
        Type = 1,
        Path = 2,
        Id = 4,
        Data = 8,
    }

    /// <summary>The known members of a packet, each at most once; an undefined member is absent.</summary>
    private ref struct Members
    {
        private Member _seen;
        private Member _there;

        public double Type { get; private set; }

        public ReadOnlySpan<byte> Path { get; private set; }

        public MessagePackKind IdKind { get; private set; }

        public long Id { get; private set; }

        public double IdNumber { get; private set; }

        public MessagePackKind DataKind { get; private set; }

        public int DataOffset { get; private set; }

        public readonly bool Has(Member member) => (_there & member) != 0;

        public static Members Read(ReadOnlySpan<byte> source, int depth)
        {
            var cursor = new MessagePackCursor(source);
            cursor.Read();
            if (cursor.Kind != MessagePackKind.Map) throw new ProtocolException(ProtocolReason.Packet, "The packet is not a map.");
            var members = default(Members);
            for (var pairs = cursor.Count; pairs > 0; pairs--)
            {
                cursor.Read();
                if (cursor.Kind != MessagePackKind.Text)
                    throw new ProtocolException(ProtocolReason.Packet, "A member name is not text.");
                members.Read(NameOf(cursor.Bytes), ref cursor, depth);
            }

            cursor.End();
            return members;
        }

        private void Read(Member member, ref MessagePackCursor cursor, int depth)
        {
            if ((_seen & member) != 0) throw new ProtocolException(ProtocolReason.Packet, "A packet has a member twice.");
            _seen |= member;
            var offset = cursor.Offset;
            var value = cursor;
            value.Read();
            cursor.Skip(depth);
            if (value.Kind == MessagePackKind.Undefined) return;
            _there |= member;
            switch (member)
            {
                case Member.Type: Type = NumberOf(value); break;
                case Member.Path: Path = value.Kind == MessagePackKind.Text ? value.Bytes : default; break;
                case Member.Id: (IdKind, Id, IdNumber) = (value.Kind, value.Integer, value.Number); break;
                case Member.Data: (DataKind, DataOffset) = (value.Kind, offset); break;
            }
        }

        private static Member NameOf(ReadOnlySpan<byte> name) => name.Length switch
        {
            2 when name.SequenceEqual("id"u8) => Member.Id,
            3 when name.SequenceEqual("nsp"u8) => Member.Path,
            4 when name.SequenceEqual("type"u8) => Member.Type,
            4 when name.SequenceEqual("data"u8) => Member.Data,
            _ => Member.Other,
        };

        private static double NumberOf(in MessagePackCursor value) => value.Kind switch
        {
            MessagePackKind.Integer => value.Integer,
            MessagePackKind.Float => value.Number,
            _ => double.NaN,
        };
    }
}
