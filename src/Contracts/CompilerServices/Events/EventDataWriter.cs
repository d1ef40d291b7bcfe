using System.ComponentModel;
using MessagePack;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Encodes one event into pooled memory; called by generated code.</summary>
/// <remarks>
/// <code>
/// var data = new EventDataWriter("time"u8, 1);
/// try { …formatters write to data.Writer…; target.Send(data.Finish()); }
/// finally { data.Dispose(); }
/// </code>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct EventDataWriter : IDisposable
{
    private readonly PooledBuffer _buffer;

    /// <summary>The writer of the arguments, in order.</summary>
    public MessagePackWriter Writer;

    /// <summary>Creates a writer and writes the event's name.</summary>
    /// <param name="name">Its name, UTF-8.</param>
    /// <param name="arguments">The number of arguments that follow.</param>
    public EventDataWriter(ReadOnlySpan<byte> name, int arguments)
    {
        _buffer = PooledBuffer.Rent();
        Writer = new MessagePackWriter(_buffer);
        Writer.WriteArrayHeader(1 + arguments);
        ValueWriter.Name(ref Writer, name);
    }

    /// <summary>Completes the event.</summary>
    /// <returns>The encoded event; its memory is valid until <see cref="Dispose"/>.</returns>
    public EventData Finish()
    {
        Writer.Flush();
        PrototypeKey.Remove(_buffer);
        return new EventData(_buffer.WrittenMemory);
    }

    /// <summary>Returns the memory to the pool.</summary>
    public readonly void Dispose() => _buffer?.Dispose();
}
