using System.ComponentModel;
using MessagePack;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Encodes one event into pooled memory; generated code writes to it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct EventDataWriter
{
    /// <summary>The writer of the arguments, in order, after <see cref="Begin"/>.</summary>
    public MessagePackWriter Writer;

    private EventDataWriter(PooledBuffer buffer) => Writer = new MessagePackWriter(buffer);

    /// <summary>Writes the event's name.</summary>
    /// <param name="name">Its name, UTF-8.</param>
    /// <param name="arguments">The number of arguments that follow.</param>
    public void Begin(ReadOnlySpan<byte> name, int arguments)
    {
        Writer.WriteArrayHeader(1 + arguments);
        ValueWriter.Name(ref Writer, name);
    }

    /// <summary>Encodes an event.</summary>
    /// <param name="buffer">The buffer for the event. Must be empty.</param>
    /// <param name="e">The event.</param>
    /// <returns>The encoded event; its memory is valid until the buffer is disposed.</returns>
    internal static EventData Encode<TEvents, TEvent>(PooledBuffer buffer, in TEvent e)
        where TEvents : class
        where TEvent : struct, ISocketEvent<TEvents>
    {
        var writer = new EventDataWriter(buffer);
        e.Write(ref writer);
        writer.Writer.Flush();
        PrototypeKey.Remove(buffer);
        return new EventData(buffer.WrittenMemory);
    }

    /// <summary>Writes an event by name.</summary>
    internal void Write(string name, SocketArguments arguments)
    {
        AnyEventWriter.CheckName(name);
        Writer.WriteArrayHeader(1 + arguments.Count);
        Writer.Write(name);
        Writer.WriteRaw(arguments.Raw.Span);
    }
}
