using System.Buffers;

namespace TypedSocketRedis.Protocol;

/// <summary>A growing, contiguous buffer over pooled memory; a few instances are kept per thread.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int InitialSize = 1024;

    // Larger arrays return to the pool so that a thread does not keep the memory of one huge event.
    private const int MaxKept = 64 * 1024;

    // An emit uses one for the event and one for its text; handlers that emit can nest deeper.
    private const int MaxSpares = 4;

    [ThreadStatic]
    private static PooledBuffer? _spares;

    private PooledBuffer? _next;
    private int _position;
    private bool _isSpare;
    private byte[] _array = [];
    private int _written;

    public ReadOnlyMemory<byte> WrittenMemory => _array.AsMemory(0, _written);

    public ReadOnlySpan<byte> WrittenSpan => _array.AsSpan(0, _written);

    public int WrittenCount => _written;

    /// <summary>Returns a spare buffer of the thread, or a new one if all are in use.</summary>
    public static PooledBuffer Rent()
    {
        var buffer = _spares;
        if (buffer is null) return new PooledBuffer();
        _spares = buffer._next;
        buffer._next = null;
        buffer._isSpare = false;
        return buffer;
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_array.Length - _written), nameof(count));
        _written += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(_written);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_array.AsSpan(_written));
        _written += bytes.Length;
    }

    /// <summary>Overwrites bytes that were written.</summary>
    public void Overwrite(int position, ReadOnlySpan<byte> bytes) => bytes.CopyTo(_array.AsSpan(position, bytes.Length));

    /// <summary>Removes the written bytes after the first <paramref name="length"/>.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)_written, nameof(length));
        _written = length;
    }

    /// <summary>Removes the written bytes and keeps the memory.</summary>
    public void Clear() => _written = 0;

    /// <summary>Returns the buffer to the pool; a second call does nothing.</summary>
    public void Dispose()
    {
        if (_isSpare) return;
        _written = 0;
        var position = _spares is null ? 1 : _spares._position + 1;
        if (_array.Length > MaxKept || position > MaxSpares)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = [];
        }

        if (position > MaxSpares) return;
        (_next, _position, _isSpare) = (_spares, position, true);
        _spares = this;
    }

    private void Reserve(int sizeHint)
    {
        var needed = Math.Max(sizeHint, 1);
        if (_array.Length - _written >= needed) return;

        var size = Math.Max(checked(_written + needed), Math.Max(InitialSize, (int)Math.Min(Array.MaxLength, _array.Length * 2L)));
        var larger = ArrayPool<byte>.Shared.Rent(size);
        WrittenSpan.CopyTo(larger);
        if (_array.Length > 0) ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
