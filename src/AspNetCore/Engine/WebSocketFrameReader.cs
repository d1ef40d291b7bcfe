using System.Buffers;
using System.Text.Unicode;

namespace TypedSocketRedis.Engine;

/// <summary>Reads a client's frames from the upgraded connection and joins fragments to messages.</summary>
/// <remarks>
/// While nothing comes in it waits with an empty read and holds no buffer. A message's memory grows with the bytes that
/// really arrived, not with the length a frame announces.
/// </remarks>
/// <param name="stream">The upgraded connection.</param>
/// <param name="maxMessage">The largest message, in bytes.</param>
internal sealed class WebSocketFrameReader(Stream stream, int maxMessage) : IDisposable
{
    private const int BufferSize = 4096;

    private byte[]? _buffer;
    private int _start;
    private int _end;
    private byte[]? _message;
    private int _length;
    private WebSocketOpcode _opcode;
    private bool _handedOut;

    /// <summary>Reads on to the next message or control frame.</summary>
    /// <returns>It, or null when the connection has ended.</returns>
    /// <exception cref="WebSocketViolation">The client broke the protocol.</exception>
    public async ValueTask<WebSocketMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_handedOut) ForgetMessage();
        while (true)
        {
            if (!await FillAsync(2, cancellationToken).ConfigureAwait(false)) return null;
            var headerLength = WebSocketFrameHeader.LengthOf(_buffer![_start + 1]);
            if (!await FillAsync(headerLength, cancellationToken).ConfigureAwait(false)) return null;
            var header = WebSocketFrameHeader.Parse(_buffer.AsSpan(_start, headerLength));
            _start += headerLength;
            if (!header.IsControl) Check(header);

            // Whole messages that fit are read where they are.
            if (header.IsControl || (header.IsFinal && _message is null && header.Length <= BufferSize))
            {
                var length = (int)header.Length;
                if (!await FillAsync(length, cancellationToken).ConfigureAwait(false)) return null;
                header.Unmask(_buffer.AsSpan(_start, length));
                var payload = _buffer.AsMemory(_start, length);
                _start += length;
                return Deliver(header.Opcode, payload);
            }

            if (!await AppendAsync(header, cancellationToken).ConfigureAwait(false)) return null;
            if (!header.IsFinal) continue;
            _handedOut = true;
            return Deliver(_opcode, _message.AsMemory(0, _length));
        }
    }

    public void Dispose()
    {
        ForgetMessage();
        ReturnBuffer();
    }

    private static WebSocketMessage Deliver(WebSocketOpcode opcode, ReadOnlyMemory<byte> payload) =>
        opcode != WebSocketOpcode.Text || Utf8.IsValid(payload.Span)
            ? new WebSocketMessage(opcode, payload)
            : throw new WebSocketViolation(WebSocketViolation.InvalidText, "A text message is not UTF-8.");

    private void Check(WebSocketFrameHeader header)
    {
        if (header.Opcode == WebSocketOpcode.Continuation != (_message is not null))
            throw new WebSocketViolation(WebSocketViolation.ProtocolError, "A fragment is out of place.");
        if (header.Length > maxMessage - _length)
            throw new WebSocketViolation(WebSocketViolation.TooBig, "A message is larger than allowed.");
    }

    private async ValueTask<bool> AppendAsync(WebSocketFrameHeader header, CancellationToken cancellationToken)
    {
        if (_message is null)
        {
            _opcode = header.Opcode;
            _message = ArrayPool<byte>.Shared.Rent(BufferSize);
        }

        var from = _length;
        for (var left = (int)header.Length; left > 0;)
        {
            if (!await FillAsync(1, cancellationToken).ConfigureAwait(false)) return false;
            var count = Math.Min(left, _end - _start);
            Reserve(count);
            _buffer.AsSpan(_start, count).CopyTo(_message.AsSpan(_length));
            _start += count;
            _length += count;
            left -= count;
        }

        header.Unmask(_message.AsSpan(from, _length - from));
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

    /// <summary>Sees to it that so many bytes, at most a buffer's length, lie together; false at the connection's end.</summary>
    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellationToken)
    {
        while (_end - _start < count)
        {
            if (_start == _end)
            {
                ReturnBuffer();
                await stream.ReadAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false);
                _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
            }
            else if (_buffer!.Length - _start < count)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0) return false;
            _end += read;
        }

        return true;
    }

    private void ReturnBuffer()
    {
        if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        (_start, _end) = (0, 0);
    }

    private void ForgetMessage()
    {
        if (_message is not null) ArrayPool<byte>.Shared.Return(_message);
        _message = null;
        _length = 0;
        _handedOut = false;
    }
}
