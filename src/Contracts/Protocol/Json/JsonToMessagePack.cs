using System.Buffers.Text;
using System.Text.Json;
using MessagePack;

namespace TypedSocketRedis.Protocol;

/// <summary>Converts UTF-8 JSON to the MessagePack bytes that a Node peer encodes for the parsed text.</summary>
/// <remarks>
/// Every number is a double first: integral ones take the shortest integer form (1.0 and 1e3 too, -0 is 0), those beyond
/// 64 bits and all others are float64. Properties keep the text's order, repeated ones included;
/// <c>__proto__</c> is dropped, see <see cref="PrototypeKey"/>.
/// </remarks>
internal ref struct JsonToMessagePack
{
    private static readonly byte[] PlaceholderName = [MessagePackCode.MinFixStr | 12, .. "_placeholder"u8];
    private static readonly byte[] PrototypeName = [MessagePackCode.MinFixStr | 9, .. "__proto__"u8];
    private static readonly byte[] NumberName = [MessagePackCode.MinFixStr | 3, .. "num"u8];

    private readonly DeferredMessagePackWriter _draft;
    private readonly int _depth;
    private readonly int _attachments;
    private Utf8JsonReader _reader;

    private JsonToMessagePack(ReadOnlySpan<byte> json, DeferredMessagePackWriter draft, int attachments, int depth)
    {
        (_draft, _attachments, _depth) = (draft, attachments, depth);
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = depth + 2 });
    }

    /// <summary>Converts one value.</summary>
    /// <param name="json">The JSON of exactly one value.</param>
    /// <param name="limits">The limits of depth and size.</param>
    /// <param name="attachments">The values of placeholders, or null if placeholders are ordinary objects.</param>
    /// <exception cref="ProtocolException">The text is not JSON, exceeds a limit, or refers to a missing attachment.</exception>
    public static byte[] Convert(ReadOnlySpan<byte> json, Limits limits, IReadOnlyList<ReadOnlyMemory<byte>>? attachments = null)
    {
        using var draft = Read(json, limits, attachments?.Count ?? 0);
        return draft.ToArray(attachments ?? [], SizeLimit(limits));
    }

    /// <summary>Reads one value whose attachments can arrive later.</summary>
    /// <param name="json">The JSON of exactly one value.</param>
    /// <param name="limits">The limits of depth and size.</param>
    /// <param name="attachments">The number of attachments; 0 leaves placeholders as ordinary objects.</param>
    /// <returns>The value, which the caller must dispose.</returns>
    public static DeferredMessagePackWriter Read(ReadOnlySpan<byte> json, Limits limits, int attachments)
    {
        if (json.Length > limits.PacketBytes)
            throw new ProtocolException(ProtocolReason.Size, $"The text is larger than {limits.PacketBytes} bytes.");
        var draft = DeferredMessagePackWriter.Rent();
        try
        {
            var converter = new JsonToMessagePack(json, draft, attachments, limits.Depth);
            converter.Next();
            converter.Value(0);
            converter.End();
            return draft;
        }
        catch (JsonException e)
        {
            draft.Dispose();
            throw new ProtocolException(ProtocolReason.Json, "The text is not valid JSON.", e);
        }
        catch (ProtocolException)
        {
            draft.Dispose();
            throw;
        }
    }

    /// <summary>Returns the maximum size of a packet in MessagePack, in bytes; a short number of JSON can take more bytes there.</summary>
    public static long SizeLimit(Limits limits) => Math.Min(3L * limits.PacketBytes, System.Array.MaxLength);

    private void Next()
    {
        if (!_reader.Read()) throw new ProtocolException(ProtocolReason.Json, "The JSON text ends early.");
    }

    private void End()
    {
        if (_reader.Read()) throw new ProtocolException(ProtocolReason.Json, "Something follows the JSON value.");
    }

    private void Value(int depth)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.Null: Byte(MessagePackCode.Nil); break;
            case JsonTokenType.False: Byte(MessagePackCode.False); break;
            case JsonTokenType.True: Byte(MessagePackCode.True); break;
            case JsonTokenType.Number: Number(); break;
            case JsonTokenType.String: JsonString.Write(ref _reader, _draft.Content); break;
            case JsonTokenType.StartArray: Array(depth); break;
            default: Object(depth); break;
        }
    }

    private void Array(int depth)
    {
        if (depth >= _depth) throw MessagePackCursor.TooDeep();
        var mark = _draft.Open(MessagePackKind.Array);
        var count = 0;
        for (Next(); _reader.TokenType != JsonTokenType.EndArray; Next())
        {
            Value(depth + 1);
            count++;
        }

        _draft.Close(mark, count);
    }

    private void Object(int depth)
    {
        // A placeholder adds no depth, because it represents bytes.
        if (depth > _depth) throw MessagePackCursor.TooDeep();
        var mark = _draft.Open(MessagePackKind.Map);
        var count = 0;
        var isPlaceholder = false;
        var number = double.NaN;
        for (Next(); _reader.TokenType != JsonTokenType.EndObject; Next())
        {
            var nameAt = _draft.Content.WrittenCount;
            JsonString.Write(ref _reader, _draft.Content);
            if (IsName(nameAt, PrototypeName))
            {
                Drop(nameAt);
                continue;
            }

            var isFlag = _attachments > 0 && IsName(nameAt, PlaceholderName);
            var isNumber = _attachments > 0 && IsName(nameAt, NumberName);
            Next();
            if (isFlag) isPlaceholder = _reader.TokenType == JsonTokenType.True;
            if (isNumber) number = _reader.TokenType == JsonTokenType.Number ? _reader.GetDouble() : double.NaN;
            Value(depth + 1);
            count++;
        }

        if (isPlaceholder) Attachment(mark, number);
        else if (depth >= _depth) throw MessagePackCursor.TooDeep();
        else _draft.Close(mark, count);
    }

    // Decoders of MessagePack would assign the property as the object's prototype.
    private void Drop(int nameAt)
    {
        _draft.Content.Truncate(nameAt);
        Next();
        _reader.Skip();
    }

    // The reader's own comparison throws if an escape is an unpaired surrogate, so the written name is compared.
    private readonly bool IsName(int offset, ReadOnlySpan<byte> name) => _draft.Content.WrittenSpan[offset..].SequenceEqual(name);

    private readonly void Attachment(int mark, double number)
    {
        if (!(number >= 0 && number < _attachments) || Math.Truncate(number) != number)
        {
            throw new ProtocolException(ProtocolReason.Attachments, "illegal attachments");
        }

        _draft.ReplaceByAttachment(mark, (int)number);
    }

    private readonly void Number()
    {
        var text = _reader.ValueSpan;
        if (text.Length < 16 && Utf8Parser.TryParse(text, out long whole, out var used) && used == text.Length) Integer(whole);
        else Double(_reader.GetDouble());
    }

    private readonly void Double(double value)
    {
        if (Math.Truncate(value) == value)
        {
            if (value is >= 0 and < 18446744073709551616.0)
            {
                Unsigned((ulong)value);
                return;
            }

            if (value is < 0 and >= -9223372036854775808.0)
            {
                Integer((long)value);
                return;
            }
        }

        var to = _draft.Content.GetSpan(9);
        MessagePackPrimitives.TryWrite(to, value, out var written);
        _draft.Content.Advance(written);
    }

    private readonly void Integer(long value)
    {
        var to = _draft.Content.GetSpan(9);
        MessagePackPrimitives.TryWrite(to, value, out var written);
        _draft.Content.Advance(written);
    }

    private readonly void Unsigned(ulong value)
    {
        var to = _draft.Content.GetSpan(9);
        MessagePackPrimitives.TryWrite(to, value, out var written);
        _draft.Content.Advance(written);
    }

    private readonly void Byte(byte value)
    {
        _draft.Content.GetSpan(1)[0] = value;
        _draft.Content.Advance(1);
    }
}
