using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MessagePack;

namespace TypedSocketRedis.Protocol;

/// <summary>MessagePack whose array, map and bin headers are still open, because counts and attachments are known later.</summary>
/// <remarks>Scalars are stored as written; a mark stores each header's position, and <see cref="ToArray"/> joins them in one
/// pass.</remarks>
internal sealed class DeferredMessagePackWriter : IDisposable
{
    private const int MaxKept = 256;

    [ThreadStatic]
    private static DeferredMessagePackWriter? _spare;

    private PooledBuffer _content = PooledBuffer.Rent();
    private Mark[] _marks = ArrayPool<Mark>.Shared.Rent(64);
    private int _markCount;

    private DeferredMessagePackWriter()
    {
    }

    /// <summary>The scalars, in order.</summary>
    public PooledBuffer Content => _content;

    /// <summary>Returns the thread's spare draft, or a new one.</summary>
    public static DeferredMessagePackWriter Rent()
    {
        if (_spare is not { } draft) return new DeferredMessagePackWriter();
        _spare = null;
        draft._content = PooledBuffer.Rent();
        return draft;
    }

    /// <summary>Opens a header at the current position.</summary>
    /// <returns>Its number, for <see cref="Close"/>.</returns>
    public int Open(MessagePackKind kind)
    {
        if (_markCount == _marks.Length) Grow();
        _marks[_markCount] = new Mark(_content.WrittenCount, kind, 0);
        return _markCount++;
    }

    /// <summary>Sets a header's count: members, pairs, or the number of the attachment.</summary>
    public void Close(int mark, int count) => _marks[mark] = _marks[mark] with { Count = count };

    /// <summary>Replaces everything after a mark by an attachment.</summary>
    public void ReplaceByAttachment(int mark, int number)
    {
        _content.Truncate(_marks[mark].Position);
        _markCount = mark + 1;
        _marks[mark] = new Mark(_marks[mark].Position, MessagePackKind.Bytes, number);
    }

    /// <summary>Returns the first header and the first byte of the scalar after it, or -1 if a container or an attachment
    /// follows.</summary>
    public (MessagePackKind Kind, int Count, int FirstMember) Root()
    {
        if (_markCount == 0 || _marks[0].Position != 0) return (MessagePackKind.Nil, 0, -1);
        var nested = _markCount > 1 && _marks[1].Position == 0;
        return (_marks[0].Kind, _marks[0].Count, nested || _content.WrittenCount == 0 ? -1 : _content.WrittenSpan[0]);
    }

    /// <summary>Joins the parts.</summary>
    /// <param name="attachments">The attachments of the bin headers.</param>
    /// <param name="limit">The maximum size of the result, in bytes; one attachment can be used many times.</param>
    /// <exception cref="ProtocolException">The result would be larger.</exception>
    public byte[] ToArray(IReadOnlyList<ReadOnlyMemory<byte>> attachments, long limit)
    {
        long length = _content.WrittenCount;
        foreach (ref readonly var mark in _marks.AsSpan(0, _markCount))
        {
            length += mark.Kind == MessagePackKind.Bytes ? BinLength(attachments[mark.Count].Length) : HeaderLength(mark.Count);
            if (length > limit) throw new ProtocolException(ProtocolReason.Size, $"The packet is larger than {limit} bytes.");
        }

        var result = GC.AllocateUninitializedArray<byte>((int)length);
        var content = _content.WrittenSpan;
        var at = 0;
        var taken = 0;
        foreach (ref readonly var mark in _marks.AsSpan(0, _markCount))
        {
            content[taken..mark.Position].CopyTo(result.AsSpan(at));
            at += mark.Position - taken;
            taken = mark.Position;
            at += mark.Kind == MessagePackKind.Bytes
                ? WriteBin(attachments[mark.Count].Span, result.AsSpan(at))
                : WriteHeader(mark, result.AsSpan(at));
        }

        content[taken..].CopyTo(result.AsSpan(at));
        return result;
    }

    public void Dispose()
    {
        _content.Dispose();
        _markCount = 0;
        if (_spare is null && _marks.Length <= MaxKept)
        {
            _spare = this;
            return;
        }

        ArrayPool<Mark>.Shared.Return(_marks);
        _marks = [];
    }

    private static int HeaderLength(int count) => count switch { < 16 => 1, <= ushort.MaxValue => 3, _ => 5 };

    private static long BinLength(int length) => length + (length switch { <= byte.MaxValue => 2L, <= ushort.MaxValue => 3, _ => 5 });

    private static int WriteHeader(in Mark mark, Span<byte> to)
    {
        var isMap = mark.Kind == MessagePackKind.Map;
        switch (mark.Count)
        {
            case < 16:
                to[0] = (byte)((isMap ? MessagePackCode.MinFixMap : MessagePackCode.MinFixArray) | mark.Count);
                return 1;
            case <= ushort.MaxValue:
                to[0] = isMap ? MessagePackCode.Map16 : MessagePackCode.Array16;
                BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)mark.Count);
                return 3;
            default:
                to[0] = isMap ? MessagePackCode.Map32 : MessagePackCode.Array32;
                BinaryPrimitives.WriteInt32BigEndian(to[1..], mark.Count);
                return 5;
        }
    }

    private static int WriteBin(ReadOnlySpan<byte> bytes, Span<byte> to)
    {
        int header;
        switch (bytes.Length)
        {
            case <= byte.MaxValue:
                (to[0], to[1], header) = (MessagePackCode.Bin8, (byte)bytes.Length, 2);
                break;
            case <= ushort.MaxValue:
                (to[0], header) = (MessagePackCode.Bin16, 3);
                BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)bytes.Length);
                break;
            default:
                (to[0], header) = (MessagePackCode.Bin32, 5);
                BinaryPrimitives.WriteInt32BigEndian(to[1..], bytes.Length);
                break;
        }

        bytes.CopyTo(to[header..]);
        return header + bytes.Length;
    }

    private void Grow()
    {
        var larger = ArrayPool<Mark>.Shared.Rent(_marks.Length * 2);
        _marks.AsSpan(0, _markCount).CopyTo(larger);
        ArrayPool<Mark>.Shared.Return(_marks);
        _marks = larger;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Mark(int Position, MessagePackKind Kind, int Count);
}
