using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace TypedSocketRedis.Protocol;

/// <summary>The part of a packet before its body: <c>51-/chat,12</c>.</summary>
/// <param name="Type">The packet's type; a binary type is the plain one with attachments.</param>
/// <param name="Attachments">The number of attachments that follow.</param>
/// <param name="PathOffset">The offset of the namespace, in bytes.</param>
/// <param name="PathLength">The length of the namespace, in bytes; 0 if <c>/</c> is omitted.</param>
/// <param name="Id">The acknowledgement's number, or null for none.</param>
/// <param name="BodyOffset">The offset of the body, in bytes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PacketHeader(
    PacketType Type, int Attachments, int PathOffset, int PathLength, ulong? Id, int BodyOffset)
{
    /// <summary>The maximum length of a namespace's name from a client, in bytes.</summary>
    public const int MaxPathBytes = 1024;

    /// <summary>Reads a client's header.</summary>
    /// <exception cref="ProtocolException">The header is malformed, or a client is not allowed to send such a packet.</exception>
    public static PacketHeader Read(ReadOnlySpan<byte> utf8, int maxAttachments, int maxPath)
    {
        if (utf8.IsEmpty || utf8[0] is < (byte)'0' or > (byte)'6') throw new ProtocolException(ProtocolReason.Type, "unknown packet type");
        var type = (PacketType)(utf8[0] - '0');
        if (type == PacketType.ConnectError) throw new ProtocolException(ProtocolReason.Type, "Clients must not send CONNECT_ERROR.");
        var at = 1;
        var attachments = 0;
        if (type is PacketType.BinaryEvent or PacketType.BinaryAck)
        {
            attachments = ReadAttachments(utf8, ref at, maxAttachments);
            type = type == PacketType.BinaryEvent ? PacketType.Event : PacketType.Ack;
        }

        var (pathAt, pathLength) = ReadPath(utf8, ref at, maxPath);
        var id = ReadId(utf8, ref at);
        return new PacketHeader(type, attachments, pathAt, pathLength, id, at);
    }

    private static int ReadAttachments(ReadOnlySpan<byte> utf8, ref int at, int max)
    {
        var digits = Digits(utf8[at..]);
        if (digits == 0 || at + digits >= utf8.Length || utf8[at + digits] != (byte)'-') throw Illegal();
        if (!Utf8Parser.TryParse(utf8.Slice(at, digits), out uint count, out _) || count > (uint)max)
        {
            throw new ProtocolException(ProtocolReason.Attachments, "too many attachments");
        }

        if (count == 0) throw Illegal();
        at += digits + 1;
        return (int)count;
    }

    private static (int Offset, int Length) ReadPath(ReadOnlySpan<byte> utf8, ref int at, int max)
    {
        if (at >= utf8.Length || utf8[at] != (byte)'/') return default;
        var start = at;
        var length = utf8[at..].IndexOf((byte)',');
        at = length < 0 ? utf8.Length : at + length + 1;
        if (length < 0) length = utf8.Length - start;
        return length <= max ? (start, length) : throw new ProtocolException(ProtocolReason.Path, "The namespace's name is too long.");
    }

    private static ulong? ReadId(ReadOnlySpan<byte> utf8, ref int at)
    {
        var digits = Digits(utf8[at..]);
        if (digits == 0) return null;
        if (!Utf8Parser.TryParse(utf8.Slice(at, digits), out ulong id, out _))
        {
            throw new ProtocolException(ProtocolReason.Id, "The acknowledgement's number is too large.");
        }

        at += digits;
        return id;
    }

    private static int Digits(ReadOnlySpan<byte> utf8)
    {
        var end = utf8.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? utf8.Length : end;
    }

    private static ProtocolException Illegal() => new(ProtocolReason.Attachments, "Illegal attachments");
}
