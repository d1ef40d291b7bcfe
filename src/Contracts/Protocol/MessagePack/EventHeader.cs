using System.Text;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Protocol;

/// <summary>The start of <c>[event, ...args]</c>: the event's name and the offset of its arguments.</summary>
internal readonly ref struct EventHeader
{
    private EventHeader(ReadOnlySpan<byte> name, bool isNumber, double number, int argumentCount, int argumentsOffset)
    {
        Name = name;
        (IsNumber, Number, ArgumentCount, ArgumentsOffset) = (isNumber, number, argumentCount, argumentsOffset);
    }

    /// <summary>The name in UTF-8, or empty if it is a number.</summary>
    public ReadOnlySpan<byte> Name { get; }

    public bool IsNumber { get; }

    public double Number { get; }

    public int ArgumentCount { get; }

    /// <summary>The offset of the first argument in the event's bytes; their length if there is none.</summary>
    public int ArgumentsOffset { get; }

    public string NameText => IsNumber ? JsNumber.Text(Number) : Encoding.UTF8.GetString(Name);

    /// <summary>Reads the header; the arguments are not checked.</summary>
    /// <returns><see langword="true"/> if it is an array with a name that is text, bytes read as text, or a finite number, and not
    /// reserved.</returns>
    public static bool TryRead(EventData data, out EventHeader header) => TryRead(data.Span, out header);

    /// <inheritdoc cref="TryRead(EventData, out EventHeader)"/>
    public static bool TryRead(ReadOnlySpan<byte> data, out EventHeader header) =>
        TryReadAny(data, out header) && (header.IsNumber || !IsReserved(header.Name));

    /// <summary>Reads the header of an event that is not for clients; names that are reserved for clients are allowed.</summary>
    public static bool TryReadAny(ReadOnlySpan<byte> data, out EventHeader header)
    {
        header = default;
        try
        {
            var cursor = new MessagePackCursor(data);
            cursor.Read();
            if (cursor.Kind != MessagePackKind.Array || cursor.Count == 0) return false;
            var arguments = cursor.Count - 1;
            cursor.Read();
            var number = cursor.Kind switch
            {
                MessagePackKind.Integer => cursor.Integer,
                MessagePackKind.Unsigned => (ulong)cursor.Integer,
                MessagePackKind.Float => cursor.Number,
                _ => double.NaN,
            };
            var isNumber = double.IsFinite(number);
            if (!isNumber && cursor.Kind is not (MessagePackKind.Text or MessagePackKind.Bytes)) return false;
            header = new EventHeader(isNumber ? default : cursor.Bytes, isNumber, isNumber ? number : 0, arguments, cursor.Offset);
            return true;
        }
        catch (ProtocolException)
        {
            return false;
        }
    }

    /// <summary>Returns whether a name is that of an event of the library itself, on the client or on the server.</summary>
    public static bool IsReserved(ReadOnlySpan<byte> name) => name.Length switch
    {
        7 => name.SequenceEqual("connect"u8),
        10 => name.SequenceEqual("disconnect"u8),
        11 => name.SequenceEqual("newListener"u8),
        13 => name.SequenceEqual("connect_error"u8) || name.SequenceEqual("disconnecting"u8),
        14 => name.SequenceEqual("removeListener"u8),
        _ => false,
    };

    public static ProtocolException Refused() =>
        new(ProtocolReason.Event, "An event is an array whose first element is a number or a name that is not reserved.");
}
