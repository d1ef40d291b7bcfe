using System.Runtime.InteropServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>The arguments of an incoming event, read on demand.</summary>
/// <remarks>The memory belongs to the event and is not used again: arguments may be kept.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly struct EventArguments
{
    private readonly ReadOnlyMemory<byte> _data;
    private readonly int _offset;

    private EventArguments(ReadOnlyMemory<byte> data, int offset, int count) => (_data, _offset, Count) = (data, offset, count);

    /// <summary>How many arguments there are.</summary>
    public int Count { get; }

    /// <summary>One argument.</summary>
    /// <param name="index">Its position, from 0.</param>
    /// <returns>The argument; reading it may still find that it has another form than expected.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer arguments.</exception>
    /// <exception cref="FormatException">The bytes before it are malformed.</exception>
    public EventArgument this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(index), index, $"Argument {index} was asked for, and there are {Count}.");
            }

            try
            {
                var cursor = new MessagePackCursor(_data.Span, _offset);
                for (var i = 0; i < index; i++) cursor.Skip(Limits.Default.Depth);
                var start = cursor.Offset;
                cursor.Skip(Limits.Default.Depth);
                return new EventArgument(index, _data[start..cursor.Offset]);
            }
            catch (ProtocolException e)
            {
                throw new FormatException($"Argument {index}: {e.Message}", e);
            }
        }
    }

    /// <summary>The arguments of an event, <c>[event, ...args]</c>.</summary>
    /// <exception cref="ProtocolException">The data is no event, or its name is not allowed.</exception>
    internal static EventArguments OfEvent(ReadOnlyMemory<byte> data) => EventHeader.TryRead(data.Span, out var header)
        ? new EventArguments(data, header.ArgumentsOffset, header.ArgumentCount)
        : throw EventHeader.Refused();

    /// <summary>The arguments of an acknowledgement, <c>[...args]</c>.</summary>
    /// <exception cref="ProtocolException">The data is no array.</exception>
    internal static EventArguments OfArray(ReadOnlyMemory<byte> data)
    {
        var cursor = new MessagePackCursor(data.Span);
        cursor.Read();
        return cursor.Kind == MessagePackKind.Array
            ? new EventArguments(data, cursor.Offset, cursor.Count)
            : throw new ProtocolException("ack", "The arguments of an acknowledgement are an array.");
    }
}
