using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace TypedSocketRedis.Engine;

/// <summary>Reads a client's messages from the received bytes, and joins fragments (RFC 6455 sections 5.4 to 5.6).</summary>
/// <remarks>
/// It never waits: the caller passes it the bytes that have arrived. Between messages it holds no memory, and the memory of a message
/// grows with the bytes that have arrived, not with the length that a frame announces.
/// </remarks>
/// <param name="maxMessage">The maximum size of a message, in bytes, before and after it is expanded.</param>
/// <param name="deflates">True if the client may compress messages.</param>
internal sealed class WebSocketFrameReader(int maxMessage, bool deflates)
{
    // Frames up to this size are awaited completely and read in place.
    private const int MaxInPlace = 4096;

    private WebSocketFrameHeader _frame;
    private int _left;
    private byte[]? _message;
    private int _length;
    private WebSocketOpcode _opcode;
    private bool _isCompressed;
    private bool _inFrame;
    private bool _handedOut;

    /// <summary>Reads the next message or control frame from the input.</summary>
    /// <param name="input">The bytes that have arrived; the bytes read are sliced off. Its memory is written to, because masks are
    /// removed in place.</param>
    /// <param name="message">The message, valid until the next call and only as long as the input is.</param>
    /// <returns>False if the message is not complete yet.</returns>
    /// <exception cref="WebSocketViolation">The client violated the protocol.</exception>
    public bool TryRead(ref ReadOnlySequence<byte> input, out WebSocketMessage message)
    {
        if (_handedOut) ForgetMessage();
        message = default;
        while (_inFrame || TryReadHeader(ref input))
        {
            if (_message is null && _frame is { IsFinal: true, Length: <= MaxInPlace })
            {
                if (input.Length < _frame.Length) return false;
                message = Deliver(_frame.Opcode, Whole(ref input), _frame.IsCompressed);
                return true;
            }

            if (_frame.IsControl)
            {
                if (input.Length < _frame.Length) return false;
                message = Deliver(_frame.Opcode, Control(ref input), isCompressed: false);
                return true;
            }

            if (!TryAppend(ref input)) return false;
            if (!_frame.IsFinal) continue;
            _handedOut = true;
            message = Deliver(_opcode, _message.AsMemory(0, _length), _isCompressed);
            return true;
        }

        return false;
    }

    /// <summary>Returns the memory of an incomplete message to the pool.</summary>
    public void Release() => ForgetMessage();

    private WebSocketMessage Deliver(WebSocketOpcode opcode, ReadOnlyMemory<byte> payload, bool isCompressed)
    {
        if (isCompressed) payload = Expand(payload);

        // Section 8.1: a text that is not UTF-8 fails the connection; section 5.6: only a whole message has to be UTF-8.
        return opcode != WebSocketOpcode.Text || Utf8.IsValid(payload.Span)
            ? new WebSocketMessage(opcode, payload)
            : throw new WebSocketViolation(WebSocketViolation.InvalidData, "A text message is not UTF-8.");
    }

    private ReadOnlyMemory<byte> Expand(ReadOnlyMemory<byte> payload)
    {
        var expanded = Deflate.Expand(payload.Span, maxMessage, out var length);
        ForgetMessage();
        (_message, _handedOut) = (expanded, true);
        return expanded.AsMemory(0, length);
    }

    private bool TryReadHeader(ref ReadOnlySequence<byte> input)
    {
        Span<byte> bytes = stackalloc byte[WebSocketFrameHeader.MaxLength];
        var available = (int)Math.Min(input.Length, bytes.Length);
        if (available < 2) return false;
        input.Slice(0, available).CopyTo(bytes);
        var length = WebSocketFrameHeader.LengthOf(bytes[1]);
        if (available < length) return false;

        _frame = WebSocketFrameHeader.Parse(bytes[..length], deflates);
        if (!_frame.IsControl) Check(_frame);
        _left = (int)_frame.Length;
        _inFrame = true;
        input = input.Slice(length);
        return true;
    }

    private void Check(WebSocketFrameHeader header)
    {
        // Section 5.4: fragments after the first one are continuations, and nothing else is one.
        if (header.Opcode == WebSocketOpcode.Continuation != (_message is not null))
            throw new WebSocketViolation(WebSocketViolation.ProtocolError, "A fragment is out of place.");

        // Section 10.4: an implementation limits the size of a message; section 7.4.1: 1009 is the code.
        if (header.Length > maxMessage - _length)
            throw new WebSocketViolation(WebSocketViolation.TooBig, "A message is larger than allowed.");
    }

    /// <summary>Returns the payload of a complete frame: in place, or copied to the reader's memory if it spans segments.</summary>
    private ReadOnlyMemory<byte> Whole(ref ReadOnlySequence<byte> input)
    {
        _inFrame = false;
        var payload = input.Slice(0, _frame.Length);
        input = input.Slice(_frame.Length);
        Memory<byte> bytes;
        if (payload.IsSingleSegment)
        {
            bytes = MemoryMarshal.AsMemory(payload.First);
        }
        else
        {
            _message = ArrayPool<byte>.Shared.Rent((int)payload.Length);
            _handedOut = true;
            bytes = _message.AsMemory(0, (int)payload.Length);
            payload.CopyTo(bytes.Span);
        }

        _frame.Unmask(bytes.Span);
        return bytes;
    }

    // Section 5.4: a control frame can arrive between the fragments of a message, whose memory must stay unchanged.
    private byte[] Control(ref ReadOnlySequence<byte> input)
    {
        _inFrame = false;
        var payload = input.Slice(0, _frame.Length).ToArray();
        input = input.Slice(_frame.Length);
        _frame.Unmask(payload);
        return payload;
    }

    /// <summary>Appends the arrived bytes of the frame to the message; returns true at the end of the frame.</summary>
    private bool TryAppend(ref ReadOnlySequence<byte> input)
    {
        if (_message is null)
        {
            (_opcode, _isCompressed) = (_frame.Opcode, _frame.IsCompressed);
            _message = ArrayPool<byte>.Shared.Rent(MaxInPlace);
        }

        var count = (int)Math.Min(_left, input.Length);
        Reserve(count);
        input.Slice(0, count).CopyTo(_message.AsSpan(_length));
        input = input.Slice(count);
        _length += count;
        _left -= count;
        if (_left > 0) return false;

        _inFrame = false;
        var length = (int)_frame.Length;
        _frame.Unmask(_message.AsSpan(_length - length, length));
        return true;
    }

    private void Reserve(int count)
    {
        if (_message!.Length - _length >= count) return;
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(_length + (long)count, Math.Min(maxMessage, _message.Length * 2L)));
        _message.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_message);
        _message = larger;
    }

    private void ForgetMessage()
    {
        if (_message is not null) ArrayPool<byte>.Shared.Return(_message);
        _message = null;
        _length = 0;
        _handedOut = false;
    }
}
