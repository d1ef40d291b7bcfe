using TypedSocketRedis.Protocol;
using Xunit;

namespace TypedSocketRedis.Tests.Protocol;

public class PooledBufferTests
{
    [Fact]
    public void Data_written_in_parts_is_contiguous()
    {
        using var buffer = PooledBuffer.Rent();
        var expected = new List<byte>();
        for (var i = 0; i < 300; i++)
        {
            byte[] piece = [.. Enumerable.Repeat((byte)i, i * 7 % 50)];
            if (i % 2 == 0)
            {
                buffer.Write(piece);
            }
            else
            {
                piece.CopyTo(buffer.GetMemory(piece.Length));
                buffer.Advance(piece.Length);
            }

            expected.AddRange(piece);
        }

        Assert.Equal(expected.Count, buffer.WrittenCount);
        Assert.Equal(expected, buffer.WrittenSpan.ToArray());
        Assert.Equal(expected, buffer.WrittenMemory.ToArray());
    }

    [Fact]
    public void A_span_without_a_requested_size_is_never_empty()
    {
        using var buffer = PooledBuffer.Rent();
        for (var i = 0; i < 10_000; i++)
        {
            Assert.False(buffer.GetSpan().IsEmpty);
            buffer.GetSpan()[0] = (byte)i;
            buffer.Advance(1);
        }

        Assert.Equal((byte)(9_999 & 0xFF), buffer.WrittenSpan[^1]);
    }

    [Fact]
    public void Advancing_beyond_the_memory_is_rejected()
    {
        using var buffer = PooledBuffer.Rent();
        var room = buffer.GetSpan().Length;
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(room + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Truncate(1));
    }

    [Fact]
    public void Truncate_and_Clear_remove_the_end()
    {
        using var buffer = PooledBuffer.Rent();
        buffer.Write([1, 2, 3]);
        buffer.Truncate(1);
        buffer.Write([4]);
        Assert.Equal([1, 4], buffer.WrittenSpan.ToArray());
        buffer.Clear();
        Assert.True(buffer.WrittenSpan.IsEmpty);
    }

    [Fact]
    public void Nested_buffers_are_distinct_and_reused()
    {
        PooledBuffer first, second;
        using (first = PooledBuffer.Rent())
        using (second = PooledBuffer.Rent())
        {
            first.Write([1]);
            second.Write([2]);
            Assert.Equal([1], first.WrittenSpan.ToArray());
        }

        using var again = PooledBuffer.Rent();
        using var other = PooledBuffer.Rent();
        Assert.Same(first, again);
        Assert.Same(second, other);
        Assert.Equal(0, again.WrittenCount + other.WrittenCount);
    }

    [Fact]
    public void A_buffer_that_is_returned_twice_is_not_shared()
    {
        var buffer = PooledBuffer.Rent();
        buffer.Dispose();
        buffer.Dispose();
        using var first = PooledBuffer.Rent();
        using var second = PooledBuffer.Rent();
        Assert.NotSame(first, second);
    }

    [Fact]
    public void Nested_use_allocates_no_memory_after_the_first_use()
    {
        void Use()
        {
            using var a = PooledBuffer.Rent();
            using var b = PooledBuffer.Rent();
            using var c = PooledBuffer.Rent();
            foreach (var buffer in new ReadOnlySpan<PooledBuffer>([a, b, c])) buffer.GetSpan(100);
        }

        Use();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Use();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000);
    }

    [Fact]
    public void More_buffers_than_the_pool_keeps_can_be_used()
    {
        var buffers = Enumerable.Range(0, 20).Select(_ => PooledBuffer.Rent()).ToList();
        foreach (var (i, buffer) in buffers.Index()) buffer.Write([(byte)i]);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (byte)i), buffers.Select(buffer => buffer.WrittenSpan[0]));
        buffers.ForEach(buffer => buffer.Dispose());
        using var next = PooledBuffer.Rent();
        next.Write([1]);
        Assert.Equal(1, next.WrittenCount);
    }
}
