using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TypedSocketRedis.Redis;

/// <summary>What one MessagePack token is.</summary>
internal enum TokenKind : byte
{
    Nil,
    Bool,
    Integer,
    Float,
    Text,
    Binary,
    Extension,
    Array,
    Map,
}

/// <summary>One MessagePack token: a whole scalar, or the header of an array or map.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly ref struct WireToken
{
    public required TokenKind Kind { get; init; }

    /// <summary>The value of a number; 0 or 1 for a bool; the type of an extension.</summary>
    public double Number { get; init; }

    /// <summary>Elements of an array, pairs of a map.</summary>
    public uint Count { get; init; }

    /// <summary>The content of text, binary and extension.</summary>
    public ReadOnlySpan<byte> Content { get; init; }

    public bool IsText => Kind is TokenKind.Text or TokenKind.Binary;

    /// <summary>Whether it stands for "nothing here": nil, empty text, or the undefined of older encoders (extension type 0, one byte).</summary>
    public bool IsNothing => Kind == TokenKind.Nil || (IsText && Content.IsEmpty) || IsUndefined;

    public bool IsUndefined => Kind == TokenKind.Extension && Number == 0 && Content.Length == 1;
}

/// <summary>Walks MessagePack it does not trust: every read says whether it succeeded, none throws, none reads past the end.</summary>
/// <param name="bytes">The message.</param>
internal ref struct WireTokenReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly bool AtEnd => Position == _bytes.Length;

    public bool TryRead(out WireToken token)
    {
        token = new WireToken { Kind = TokenKind.Nil };
        if (AtEnd) return false;
        var code = _bytes[Position++];
        return code switch
        {
            <= 0x7f => Integer(code, out token),
            <= 0x8f => Container(TokenKind.Map, code & 0x0fu, out token),
            <= 0x9f => Container(TokenKind.Array, code & 0x0fu, out token),
            <= 0xbf => Content(TokenKind.Text, code & 0x1fu, out token),
            >= 0xe0 => Integer((sbyte)code, out token),
            0xc0 => true,
            0xc2 or 0xc3 => Bool(code == 0xc3, out token),
            0xca or 0xcb => TryReadFloat(code, out token),
            >= 0xcc and <= 0xd3 => TryReadInteger(code, out token),
            _ => TryReadSized(code, out token),
        };
    }

    /// <summary>Passes over one whole value.</summary>
    /// <param name="depth">How many arrays and maps may lie inside one another.</param>
    public bool TrySkip(int depth)
    {
        if (!TryRead(out var token)) return false;
        if (token.Kind is not (TokenKind.Array or TokenKind.Map)) return true;
        if (depth == 0) return false;
        var values = token.Kind == TokenKind.Map ? token.Count * 2L : token.Count;
        for (long i = 0; i < values; i++)
        {
            if (!TrySkip(depth - 1)) return false;
        }

        return true;
    }

    private static bool Integer(double value, out WireToken token)
    {
        token = new WireToken { Kind = TokenKind.Integer, Number = value };
        return true;
    }

    private static bool Bool(bool value, out WireToken token)
    {
        token = new WireToken { Kind = TokenKind.Bool, Number = value ? 1 : 0 };
        return true;
    }

    private bool TryReadSized(byte code, out WireToken token)
    {
        token = new WireToken { Kind = TokenKind.Nil };
        if (code is >= 0xd4 and <= 0xd8) return Extension(1u << (code - 0xd4), out token);

        var width = code switch
        {
            0xc4 or 0xc7 or 0xd9 => 1,
            0xc5 or 0xc8 or 0xda or 0xdc or 0xde => 2,
            0xc6 or 0xc9 or 0xdb or 0xdd or 0xdf => 4,
            _ => 0,
        };
        if (width == 0 || !TryTake((uint)width, out var bytes)) return false;
        var length = width switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        };
        return code switch
        {
            >= 0xc4 and <= 0xc6 => Content(TokenKind.Binary, length, out token),
            >= 0xc7 and <= 0xc9 => Extension(length, out token),
            >= 0xd9 and <= 0xdb => Content(TokenKind.Text, length, out token),
            0xdc or 0xdd => Container(TokenKind.Array, length, out token),
            _ => Container(TokenKind.Map, length, out token),
        };
    }

    private bool TryReadInteger(byte code, out WireToken token)
    {
        token = new WireToken { Kind = TokenKind.Nil };
        if (!TryTake(1u << ((code - 0xcc) & 3), out var bytes)) return false;
        return Integer(
            code switch
            {
                0xcc => bytes[0],
                0xcd => BinaryPrimitives.ReadUInt16BigEndian(bytes),
                0xce => BinaryPrimitives.ReadUInt32BigEndian(bytes),
                0xcf => BinaryPrimitives.ReadUInt64BigEndian(bytes),
                0xd0 => (sbyte)bytes[0],
                0xd1 => BinaryPrimitives.ReadInt16BigEndian(bytes),
                0xd2 => BinaryPrimitives.ReadInt32BigEndian(bytes),
                _ => BinaryPrimitives.ReadInt64BigEndian(bytes),
            },
            out token);
    }

    private bool TryReadFloat(byte code, out WireToken token)
    {
        token = new WireToken { Kind = TokenKind.Nil };
        if (!TryTake(code == 0xca ? 4u : 8u, out var bytes)) return false;
        token = new WireToken
        {
            Kind = TokenKind.Float,
            Number = code == 0xca ? BinaryPrimitives.ReadSingleBigEndian(bytes) : BinaryPrimitives.ReadDoubleBigEndian(bytes),
        };
        return true;
    }

    private bool Content(TokenKind kind, uint length, out WireToken token)
    {
        var complete = TryTake(length, out var bytes);
        token = new WireToken { Kind = kind, Content = bytes };
        return complete;
    }

    private bool Extension(uint length, out WireToken token)
    {
        token = new WireToken { Kind = TokenKind.Nil };
        if (!TryTake(1, out var type) || !TryTake(length, out var bytes)) return false;
        token = new WireToken { Kind = TokenKind.Extension, Number = (sbyte)type[0], Content = bytes };
        return true;
    }

    // An element takes at least one byte: a header that announces more than is left is refused before it is believed.
    private readonly bool Container(TokenKind kind, uint count, out WireToken token)
    {
        token = new WireToken { Kind = kind, Count = count };
        return (kind == TokenKind.Map ? count * 2L : count) <= _bytes.Length - Position;
    }

    private bool TryTake(uint length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (length > (uint)(_bytes.Length - Position)) return false;
        bytes = _bytes.Slice(Position, (int)length);
        Position += (int)length;
        return true;
    }
}
