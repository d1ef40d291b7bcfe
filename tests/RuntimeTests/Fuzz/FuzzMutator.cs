using System.Buffers.Binary;
using System.Text;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>The change from a recorded message to a fuzzed one.</summary>
internal enum FuzzChange
{
    Unchanged,
    Truncated,
    Overwritten,
    BitsFlipped,
    Inserted,
    Removed,
    Spliced,
    Overstated,
    Repeated,
    Random,
}

/// <summary>Creates malformed messages from recorded ones. The same seed creates the same messages.</summary>
/// <remarks>All messages share one buffer that the next message overwrites, so that code that keeps a borrowed one fails.</remarks>
internal sealed class FuzzMutator(Random random)
{
    private const int Largest = 32 * 1024;

    private static readonly byte[] Significant =
    [
        0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC4, 0xC6,
        0xC7, 0xC9, 0xCB, 0xCF, 0xD3, 0xD4, 0xD8, 0xDB, 0xDD, 0xDF, 0xE0, 0xFF,
        .. "{}[]\",:\\u-0e/#*"u8,
    ];

    private static readonly byte[] Headers = [0xC6, 0xC9, 0xDB, 0xDD, 0xDF];
    private static readonly FuzzChange[] Changes = Enum.GetValues<FuzzChange>();

    private readonly byte[] _memory = new byte[Largest];
    private int _length;

    /// <summary>Gets the change of the last message.</summary>
    public FuzzChange Change { get; private set; }

    /// <summary>Returns the next message.</summary>
    /// <param name="samples">The samples, for changes that need another one.</param>
    /// <param name="sample">The sample to change.</param>
    /// <param name="requestId">The id of a pending request for responses, or null to keep the recorded one.</param>
    /// <returns>The message, valid until the next call.</returns>
    public ReadOnlyMemory<byte> Next(FuzzSample[] samples, FuzzSample sample, string? requestId)
    {
        Start(sample.Bytes, requestId);
        Change = Changes[random.Next(Changes.Length)];
        switch (Change)
        {
            case FuzzChange.Truncated: _length = random.Next(_length + 1); break;
            case FuzzChange.Overwritten: Repeat(4, at => _memory[at] = AnyByte()); break;
            case FuzzChange.BitsFlipped: Repeat(3, at => _memory[at] ^= (byte)(1 << random.Next(8))); break;
            case FuzzChange.Inserted: Insert(random.Next(1, 9)); break;
            case FuzzChange.Removed: Remove(random.Next(1, 9)); break;
            case FuzzChange.Spliced: Splice(samples[random.Next(samples.Length)].Bytes); break;
            case FuzzChange.Overstated: Overstate(); break;
            case FuzzChange.Repeated: Multiply(); break;
            case FuzzChange.Random: Invent(); break;
        }

        return _memory.AsMemory(0, _length);
    }

    private void Start(byte[] bytes, string? requestId)
    {
        _length = bytes.Length;
        bytes.CopyTo(_memory, 0);
        if (requestId is null) return;
        var at = _memory.AsSpan(0, _length).IndexOf(Encoding.ASCII.GetBytes(FuzzSample.RequestId));
        if (at >= 0) Encoding.ASCII.GetBytes(requestId).CopyTo(_memory, at);
    }

    private byte AnyByte() => random.Next(2) == 0 ? (byte)random.Next(256) : Significant[random.Next(Significant.Length)];

    private void Repeat(int most, Action<int> change)
    {
        for (var times = random.Next(1, most + 1); times > 0 && _length > 0; times--) change(random.Next(_length));
    }

    private void Insert(int count)
    {
        var at = random.Next(_length + 1);
        Buffer.BlockCopy(_memory, at, _memory, at + count, _length - at);
        for (var i = 0; i < count; i++) _memory[at + i] = AnyByte();
        _length += count;
    }

    private void Remove(int count)
    {
        count = Math.Min(count, _length);
        var at = random.Next(_length - count + 1);
        Buffer.BlockCopy(_memory, at + count, _memory, at, _length - at - count);
        _length -= count;
    }

    private void Splice(byte[] other)
    {
        _length = random.Next(_length + 1);
        var tail = other.AsSpan(random.Next(other.Length + 1));
        tail.CopyTo(_memory.AsSpan(_length));
        _length += tail.Length;
    }

    /// <summary>Writes the header of a string, binary or collection with a random length at a random position.</summary>
    private void Overstate()
    {
        if (_length < 5) return;
        var at = random.Next(_length - 4);
        _memory[at] = Headers[random.Next(Headers.Length)];
        BinaryPrimitives.WriteUInt32BigEndian(_memory.AsSpan(at + 1), (uint)random.NextInt64(1L << random.Next(1, 33)));
    }

    /// <summary>Repeats a part many times, which can cause deep nesting.</summary>
    private void Multiply()
    {
        if (_length == 0) return;
        var at = random.Next(_length);
        var piece = _memory.AsSpan(at, Math.Min(random.Next(1, 9), _length - at)).ToArray();
        var tail = _memory.AsSpan(at, _length - at).ToArray();
        _length = at;
        for (var times = random.Next(2, 400); times > 0 && _length + piece.Length + tail.Length <= Largest; times--)
        {
            piece.CopyTo(_memory, _length);
            _length += piece.Length;
        }

        tail.CopyTo(_memory, _length);
        _length += tail.Length;
    }

    private void Invent()
    {
        _length = random.Next(random.Next(8) == 0 ? 2000 : 65);
        random.NextBytes(_memory.AsSpan(0, _length));
        if (_length > 0 && random.Next(3) == 0) _memory[0] = (byte)'{';
    }
}
