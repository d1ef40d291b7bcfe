using System.Runtime.InteropServices;
using System.Text;
using MessagePack;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>The arguments of an event or an acknowledgement, read on demand.</summary>
/// <remarks>The memory belongs to the event and is not reused, so arguments can be kept.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly struct SocketArguments
{
    private readonly ReadOnlyMemory<byte> _data;
    private readonly int _offset;

    private SocketArguments(ReadOnlyMemory<byte> data, int offset, int count) => (_data, _offset, Count) = (data, offset, count);

    /// <summary>The number of arguments.</summary>
    public int Count { get; }

    /// <summary>Gets one argument.</summary>
    /// <param name="index">Its position, from 0.</param>
    /// <returns>The argument; reading it can still throw if it has another form than expected.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer arguments.</exception>
    /// <exception cref="FormatException">The bytes before it are malformed.</exception>
    public SocketArgument this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(index), index, $"Argument {index} does not exist; there are {Count}.");
            }

            try
            {
                return new SocketArgument(index, RawOf(index));
            }
            catch (ProtocolException e)
            {
                throw new FormatException($"Argument {index}: {e.Message}", e);
            }
        }
    }

    /// <summary>Returns some of the arguments, without a copy: <c>arguments[1..]</c> are all but the first.</summary>
    /// <param name="start">The position of the first of them, from 0.</param>
    /// <param name="length">The number of arguments.</param>
    /// <returns>The arguments.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer arguments.</exception>
    /// <exception cref="FormatException">These arguments, or those before them, are malformed.</exception>
    public SocketArguments Slice(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Count - start);
        try
        {
            var cursor = new MessagePackCursor(_data.Span, _offset);
            for (var i = 0; i < start; i++) cursor.Skip(Limits.Default.Depth);
            var first = cursor.Offset;
            for (var i = 0; i < length; i++) cursor.Skip(Limits.Default.Depth);
            return new SocketArguments(_data[..cursor.Offset], first, length);
        }
        catch (ProtocolException e)
        {
            throw new FormatException($"Arguments {start} to {start + length}: {e.Message}", e);
        }
    }

    /// <summary>Creates several arguments, for example of an acknowledgement.</summary>
    /// <param name="arguments">The arguments, each of a type that converts to <see cref="SocketArgument"/>.</param>
    /// <returns>The arguments.</returns>
    public static SocketArguments Of(params ReadOnlySpan<SocketArgument> arguments)
    {
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(arguments.Length);
        foreach (var argument in arguments) writer.WriteRaw(argument.Raw.Span);
        writer.Flush();
        return OfArray(buffer.WrittenSpan.ToArray());
    }

    /// <summary>Reads all arguments, each as its own kind.</summary>
    /// <returns>The values, each as <see cref="SocketArgument.GetValue"/> returns it.</returns>
    /// <exception cref="EventDataException">An argument is malformed, or nested more than 64 levels deep.</exception>
    public IReadOnlyList<object?> GetValues()
    {
        var reader = new MessagePackReader(Raw);
        var values = new object?[Count];
        for (var i = 0; i < values.Length; i++) values[i] = DynamicReader.ReadObject(ref reader, null);
        return values;
    }

    /// <summary>Creates arguments, for example of an acknowledgement, from JSON.</summary>
    /// <param name="json">A JSON array of all of them, for example <c>["lobby",{"people":3}]</c>.</param>
    /// <returns>The arguments.</returns>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="FormatException">The text is not a JSON array, is nested more than 64 levels deep, or is larger than 64
    /// MiB.</exception>
    public static SocketArguments FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return OfArray(JsonToMessagePack.Convert(Encoding.UTF8.GetBytes(json), Limits.Outgoing));
        }
        catch (ProtocolException e)
        {
            throw new FormatException($"Arguments are a JSON array: {e.Message}", e);
        }
    }

    /// <summary>The arguments without the event's name, one MessagePack value after the other.</summary>
    internal ReadOnlyMemory<byte> Raw => _data[_offset..];

    /// <summary>The first argument in MessagePack, or empty if there is none.</summary>
    /// <exception cref="ProtocolException">The argument is malformed, or nested too deep.</exception>
    internal ReadOnlyMemory<byte> First => Count == 0 ? default : RawOf(0);

    private ReadOnlyMemory<byte> RawOf(int index)
    {
        var cursor = new MessagePackCursor(_data.Span, _offset);
        for (var i = 0; i < index; i++) cursor.Skip(Limits.Default.Depth);
        var start = cursor.Offset;
        cursor.Skip(Limits.Default.Depth);
        return _data[start..cursor.Offset];
    }

    /// <summary>Returns the arguments as one MessagePack array, <c>[...args]</c>, in new memory.</summary>
    internal ReadOnlyMemory<byte> ToArray()
    {
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(Count);
        writer.WriteRaw(Raw.Span);
        writer.Flush();
        PrototypeKey.Remove(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Returns the arguments of an event, <c>[event, ...args]</c>.</summary>
    /// <exception cref="ProtocolException">The data is not an event, or its name is not allowed.</exception>
    internal static SocketArguments OfEvent(ReadOnlyMemory<byte> data) => EventHeader.TryRead(data.Span, out var header)
        ? new SocketArguments(data, header.ArgumentsOffset, header.ArgumentCount)
        : throw EventHeader.Refused();

    /// <summary>Returns the arguments of an event whose header was read.</summary>
    internal static SocketArguments OfEvent(ReadOnlyMemory<byte> data, EventHeader header) =>
        new(data, header.ArgumentsOffset, header.ArgumentCount);

    /// <summary>Returns the arguments of an acknowledgement, <c>[...args]</c>.</summary>
    /// <exception cref="ProtocolException">The data is not an array.</exception>
    internal static SocketArguments OfArray(ReadOnlyMemory<byte> data)
    {
        var cursor = new MessagePackCursor(data.Span);
        cursor.Read();
        return cursor.Kind == MessagePackKind.Array
            ? new SocketArguments(data, cursor.Offset, cursor.Count)
            : throw new ProtocolException(ProtocolReason.Ack, "The arguments of an acknowledgement must be an array.");
    }
}
