using System.Text;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Protocol;

/// <summary>Converts MessagePack to UTF-8 JSON, with the values that <c>JSON.stringify</c> writes.</summary>
/// <remarks>
/// <para>Integers above 2^53 become the digits of the nearest double; NaN, infinities and dates outside JavaScript's range
/// become null; an undefined property and <c>__proto__</c> are omitted; an unknown extension becomes <c>[type,bytes]</c>.</para>
/// <para>Only the list of attachments is allocated, if there are any.</para>
/// </remarks>
internal ref struct Transcoder
{
    private readonly ReadOnlyMemory<byte> _source;
    private readonly BinaryForm _binaries;
    private MessagePackCursor _cursor;
    private JsonText _text;
    private List<ReadOnlyMemory<byte>>? _attachments;

    private Transcoder(ReadOnlyMemory<byte> source, PooledBuffer to, Limits limits, BinaryForm binaries)
    {
        if (source.Length > limits.PacketBytes)
        {
            throw new ProtocolException(ProtocolReason.Size,
                $"{source.Length} bytes of MessagePack where {limits.PacketBytes} are allowed.");
        }

        (_source, _binaries) = (source, binaries);
        _cursor = new MessagePackCursor(source.Span);
        _text = new JsonText(to, limits.PacketBytes);
    }

    /// <summary>Writes one value.</summary>
    /// <param name="messagePack">The MessagePack of exactly one value.</param>
    /// <param name="to">The buffer to append the JSON to; its content is undefined after an exception.</param>
    /// <param name="limits">The limits of depth, and of the bytes of input and output.</param>
    /// <param name="binaries">The representation of binary values.</param>
    /// <returns>The attachments in document order, slices of the input, or null if there are none.</returns>
    /// <exception cref="ProtocolException">The input is malformed or exceeds a limit.</exception>
    public static List<ReadOnlyMemory<byte>>? Write(
        ReadOnlyMemory<byte> messagePack, PooledBuffer to, Limits limits, BinaryForm binaries = BinaryForm.Attachment)
    {
        var transcoder = new Transcoder(messagePack, to, limits, binaries);
        transcoder._cursor.Read();
        transcoder.Value(limits.Depth);
        return transcoder.Finish();
    }

    /// <summary>Writes an event, <c>[event, ...args]</c>; a binary name becomes text.</summary>
    /// <exception cref="ProtocolException">The input is malformed, exceeds a limit, or its name is not allowed.</exception>
    public static List<ReadOnlyMemory<byte>>? WriteEvent(EventData data, PooledBuffer to, Limits limits)
    {
        if (!EventHeader.TryRead(data, out var header)) throw EventHeader.Refused();
        var transcoder = new Transcoder(data.Memory, to, limits, BinaryForm.Attachment);
        transcoder._text.Byte((byte)'[');
        if (header.IsNumber) transcoder._text.Number(header.Number);
        else transcoder._text.String(header.Name);
        transcoder._cursor = new MessagePackCursor(data.Span, header.ArgumentsOffset);
        for (var i = 0; i < header.ArgumentCount; i++)
        {
            transcoder._text.Byte((byte)',');
            transcoder._cursor.Read();
            transcoder.Value(limits.Depth - 1);
        }

        transcoder._text.Byte((byte)']');
        return transcoder.Finish();
    }

    private List<ReadOnlyMemory<byte>>? Finish()
    {
        _cursor.End();
        _text.Flush();
        return _attachments;
    }

    private void Value(int depth)
    {
        switch (_cursor.Kind)
        {
            case MessagePackKind.Nil or MessagePackKind.Undefined: _text.Raw("null"u8); break;
            case MessagePackKind.Boolean: _text.Raw(_cursor.Integer != 0 ? "true"u8 : "false"u8); break;
            case MessagePackKind.Integer: _text.Number(_cursor.Integer); break;
            case MessagePackKind.Unsigned: _text.Number((double)(ulong)_cursor.Integer); break;
            case MessagePackKind.Float: _text.Number(_cursor.Number); break;
            case MessagePackKind.Text: _text.String(_cursor.Bytes); break;
            case MessagePackKind.Bytes: Binary(); break;
            case MessagePackKind.Date: _text.Date(_cursor.Number); break;
            case MessagePackKind.Array: Array(depth); break;
            case MessagePackKind.Map: Map(depth); break;
            default: Extension(); break;
        }
    }

    private void Array(int depth)
    {
        if (depth <= 0) throw MessagePackCursor.TooDeep();
        var count = _cursor.Count;
        _text.Byte((byte)'[');
        for (var i = 0; i < count; i++)
        {
            if (i > 0) _text.Byte((byte)',');
            _cursor.Read();
            Value(depth - 1);
        }

        _text.Byte((byte)']');
    }

    private void Map(int depth)
    {
        if (depth <= 0) throw MessagePackCursor.TooDeep();
        var count = _cursor.Count;
        var separator = (byte)'{';
        for (var i = 0; i < count; i++)
        {
            var keyAt = _cursor.Offset;
            _cursor.Read();
            var isText = _cursor.Kind == MessagePackKind.Text;
            var key = _cursor.Bytes;
            if (!isText) SkipKey(keyAt, depth - 1);
            if (isText ? PrototypeKey.Is(key) : IsOtherPrototypeKey(keyAt, depth - 1))
            {
                _cursor.Skip(depth - 1);
                continue;
            }

            _cursor.Read();
            if (_cursor.Kind == MessagePackKind.Undefined) continue;

            _text.Byte(separator);
            separator = (byte)',';
            if (isText) _text.String(key);
            else OtherKey(keyAt, depth - 1);
            _text.Byte((byte)':');
            Value(depth - 1);
        }

        if (separator == (byte)'{') _text.Byte(separator);
        _text.Byte((byte)'}');
    }

    // The key is skipped first and written later, because an undefined value removes both.
    private void SkipKey(int offset, int depth)
    {
        _cursor = new MessagePackCursor(_source.Span, offset);
        _cursor.Skip(depth);
    }

    private readonly bool IsOtherPrototypeKey(int offset, int depth)
    {
        var cursor = new MessagePackCursor(_source.Span, offset);
        using var key = PooledBuffer.Rent();
        MapKey.Write(ref cursor, key, depth);
        return PrototypeKey.Is(key.WrittenSpan);
    }

    private void OtherKey(int offset, int depth)
    {
        var cursor = new MessagePackCursor(_source.Span, offset);
        using var key = PooledBuffer.Rent();
        MapKey.Write(ref cursor, key, depth);
        _text.String(key.WrittenSpan);
    }

    private void Extension()
    {
        _text.Byte((byte)'[');
        _text.Number(_cursor.Integer);
        _text.Byte((byte)',');
        Binary();
        _text.Byte((byte)']');
    }

    private void Binary()
    {
        var bytes = _cursor.Bytes;
        if (_binaries == BinaryForm.Buffer)
        {
            SpellOut(bytes);
            return;
        }

        if (_binaries == BinaryForm.Base64)
        {
            _text.Byte((byte)'"');
            _text.Raw(Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes)));
            _text.Byte((byte)'"');
            return;
        }

        _attachments ??= [];
        _text.Raw("{\"_placeholder\":true,\"num\":"u8);
        _text.Number(_attachments.Count);
        _text.Byte((byte)'}');
        _attachments.Add(_source.Slice(_cursor.Offset - bytes.Length, bytes.Length));
    }

    private void SpellOut(ReadOnlySpan<byte> bytes)
    {
        _text.Raw("{\"type\":\"Buffer\",\"data\":["u8);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (i > 0) _text.Byte((byte)',');
            _text.Number(bytes[i]);
        }

        _text.Raw("]}"u8);
    }
}
