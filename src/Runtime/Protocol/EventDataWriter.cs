using System.ComponentModel;
using MessagePack;

namespace TypedSocketRedis.Protocol;

/// <summary>Encodes one event into pooled memory; generated code is its caller.</summary>
/// <remarks>
/// <code>
/// var data = new EventDataWriter([0x92, 0xA4, ..."time"u8]);
/// try { …formatters write to data.Writer…; target.Send(data.Finish()); }
/// finally { data.Dispose(); }
/// </code>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct EventDataWriter : IDisposable
{
    private readonly PooledBuffer _buffer;

    /// <summary>Where the arguments are written, in order.</summary>
    public MessagePackWriter Writer;

    /// <summary>Starts an event.</summary>
    /// <param name="head">The MessagePack array header for name and arguments, and the name as a MessagePack string.</param>
    public EventDataWriter(ReadOnlySpan<byte> head)
    {
        _buffer = PooledBuffer.Rent();
        Writer = new MessagePackWriter(_buffer);
        Writer.WriteRaw(head);
    }

    /// <summary>Ends the event.</summary>
    /// <returns>The encoded event; its memory is valid until <see cref="Dispose"/>.</returns>
    public EventData Finish()
    {
        Writer.Flush();
        return new EventData(_buffer.WrittenMemory);
    }

    /// <summary>Gives the memory back.</summary>
    public readonly void Dispose() => _buffer?.Dispose();
}
