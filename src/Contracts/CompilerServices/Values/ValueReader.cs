using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using MessagePack;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Reads single values in every form in which JavaScript peers send them; called by generated code.</summary>
/// <remarks>
/// Nil reads as the type's default. A value of another kind, or out of range, throws <see cref="EventDataException"/>; input
/// that ends too early throws <see cref="EndOfStreamException"/>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ValueReader
{
    private const double TwoTo63 = 9223372036854775808.0;

    // Not UTF-8, so that it equals no property's name.
    private static ReadOnlySpan<byte> NoKey => [0xFF];

    /// <summary>The date of a value that was not received: the default of <see cref="DateTime"/>, as UTC so that it can be sent.</summary>
    public static DateTime NoDate => new(0, DateTimeKind.Utc);

    /// <summary>Returns a date that was not received as UTC if it is the default of <see cref="DateTime"/>, which has no kind.</summary>
    /// <param name="value">The date that the payload's type has by itself.</param>
    /// <returns>The date.</returns>
    public static DateTime WithKind(DateTime value) => value == default ? NoDate : value;

    /// <summary>Enters an array.</summary>
    /// <param name="reader">The input.</param>
    /// <param name="options">The options whose security limits the depth in addition to the protocol's limit, or null for that limit
    /// alone.</param>
    /// <returns>The number of elements, of which each has at least one byte left in the input.</returns>
    public static int ReadArrayHeader(ref MessagePackReader reader, MessagePackSerializerOptions? options)
    {
        if (reader.NextMessagePackType != MessagePackType.Array) throw Unexpected(ref reader, "an array");
        Enter(ref reader, options);
        return Count(ref reader);
    }

    /// <summary>Enters an object.</summary>
    /// <param name="reader">The input.</param>
    /// <param name="options">The options whose security limits the depth in addition to the protocol's limit, or null for that limit
    /// alone.</param>
    /// <returns>The number of properties, of which each has at least two bytes left in the input.</returns>
    public static int ReadMapHeader(ref MessagePackReader reader, MessagePackSerializerOptions? options)
    {
        if (reader.NextMessagePackType != MessagePackType.Map) throw Unexpected(ref reader, "an object");
        Enter(ref reader, options);
        return Count(ref reader);
    }

    /// <summary>Leaves the array or object entered last.</summary>
    /// <param name="reader">The input.</param>
    public static void Leave(ref MessagePackReader reader) => reader.Depth--;

    /// <summary>Reads the name of a property.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The name in UTF-8, valid as long as the input; a key that is not text equals no name.</returns>
    public static ReadOnlySpan<byte> ReadKey(ref MessagePackReader reader)
    {
        if (reader.NextMessagePackType != MessagePackType.String)
        {
            Skip(ref reader);
            return NoKey;
        }

        // The span form does not check a length of 32 bits, which no name of a property has.
        if (reader.NextCode == MessagePackCode.Str32) return Encoding.UTF8.GetBytes(reader.ReadString() ?? "");
        return reader.TryReadStringSpan(out var key) ? key : (reader.ReadStringSequence() ?? default).ToArray();
    }

    /// <summary>Reads the key of a dictionary.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The text; for a number, its text in JavaScript.</returns>
    public static string ReadTextKey(ref MessagePackReader reader) => reader.NextMessagePackType switch
    {
        MessagePackType.String => reader.ReadString() ?? "",
        MessagePackType.Integer when reader.NextCode == MessagePackCode.UInt64 =>
            reader.ReadUInt64().ToString(CultureInfo.InvariantCulture),
        MessagePackType.Integer => reader.ReadInt64().ToString(CultureInfo.InvariantCulture),
        _ => throw Unexpected(ref reader, "a text key"),
    };

    /// <summary>Skips one value of any kind and depth, without recursion.</summary>
    /// <param name="reader">The input.</param>
    public static void Skip(ref MessagePackReader reader)
    {
        for (var left = 1L; left > 0; left--)
        {
            switch (reader.NextMessagePackType)
            {
                case MessagePackType.Array: left += Count(ref reader); break;
                case MessagePackType.Map: left += 2L * Count(ref reader); break;
                case MessagePackType.Unknown: throw Unexpected(ref reader, "a value");
                default: reader.Skip(); break;
            }
        }
    }

    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The value.</returns>
    public static bool ReadBoolean(ref MessagePackReader reader) => reader.NextMessagePackType switch
    {
        MessagePackType.Boolean => reader.ReadBoolean(),
        MessagePackType.Nil => reader.TryReadNil() && false,
        _ => throw Unexpected(ref reader, "true or false"),
    };

    /// <summary>Reads an integer.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The value.</returns>
    public static byte ReadByte(ref MessagePackReader reader) => IntegerReader.Read<byte>(ref reader);

    /// <inheritdoc cref="ReadByte"/>
    public static sbyte ReadSByte(ref MessagePackReader reader) => IntegerReader.Read<sbyte>(ref reader);

    /// <inheritdoc cref="ReadByte"/>
    public static short ReadInt16(ref MessagePackReader reader) => IntegerReader.Read<short>(ref reader);

    /// <inheritdoc cref="ReadByte"/>
    public static ushort ReadUInt16(ref MessagePackReader reader) => IntegerReader.Read<ushort>(ref reader);

    /// <inheritdoc cref="ReadByte"/>
    public static int ReadInt32(ref MessagePackReader reader) => IntegerReader.Read<int>(ref reader);

    /// <inheritdoc cref="ReadByte"/>
    public static uint ReadUInt32(ref MessagePackReader reader) => IntegerReader.Read<uint>(ref reader);

    /// <inheritdoc cref="ReadByte"/>
    public static long ReadInt64(ref MessagePackReader reader) => IntegerReader.Read<long>(ref reader);

    /// <inheritdoc cref="ReadByte"/>
    public static ulong ReadUInt64(ref MessagePackReader reader) => IntegerReader.Read<ulong>(ref reader);

    /// <inheritdoc cref="ReadByte"/>
    public static nint ReadIntPtr(ref MessagePackReader reader) => IntegerReader.Read<nint>(ref reader);

    /// <inheritdoc cref="ReadByte"/>
    public static nuint ReadUIntPtr(ref MessagePackReader reader) => IntegerReader.Read<nuint>(ref reader);

    /// <summary>Reads a number.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The value, rounded to 32 bits of floating point.</returns>
    public static float ReadSingle(ref MessagePackReader reader) => (float)ReadDouble(ref reader);

    /// <summary>Reads a number.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The value.</returns>
    public static double ReadDouble(ref MessagePackReader reader) => reader.NextMessagePackType switch
    {
        MessagePackType.Float => reader.ReadDouble(),
        MessagePackType.Integer when reader.NextCode == MessagePackCode.UInt64 => reader.ReadUInt64(),
        MessagePackType.Integer => reader.ReadInt64(),
        MessagePackType.Nil => ReadNil(ref reader),
        _ => throw Unexpected(ref reader, "a number"),
    };

    /// <summary>Reads a decimal from text or a number.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The value.</returns>
    public static decimal ReadDecimal(ref MessagePackReader reader)
    {
        const string expected = "a decimal number, as text or as a number";
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.String:
                var text = reader.ReadString();
                return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    ? value
                    : throw new EventDataException(expected, FoundValue.Text(text));
            case MessagePackType.Integer when reader.NextCode == MessagePackCode.UInt64:
                return reader.ReadUInt64();
            case MessagePackType.Integer:
                return reader.ReadInt64();
            case MessagePackType.Float:
                var number = reader.ReadDouble();
                return Math.Abs(number) < (double)decimal.MaxValue
                    ? (decimal)number
                    : throw new EventDataException(expected, "the number " + JsNumber.Text(number));
            case MessagePackType.Nil:
                return ReadNil(ref reader);
            default:
                throw Unexpected(ref reader, expected);
        }
    }

    /// <summary>Reads text of exactly one character.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The character.</returns>
    public static char ReadChar(ref MessagePackReader reader) => ReadString(ref reader) switch
    {
        null => default,
        { Length: 1 } text => text[0],
        var text => throw new EventDataException("text of one character", FoundValue.Text(text)),
    };

    /// <summary>Reads text.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The text; null for nil.</returns>
    public static string? ReadString(ref MessagePackReader reader) => reader.NextMessagePackType switch
    {
        MessagePackType.String or MessagePackType.Nil => reader.ReadString(),
        _ => throw Unexpected(ref reader, "text"),
    };

    /// <summary>Reads an identifier from its text, in any of the usual forms.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The identifier.</returns>
    public static Guid ReadGuid(ref MessagePackReader reader) => ReadString(ref reader) switch
    {
        null => default,
        var text when Guid.TryParse(text, out var value) => value,
        var text => throw new EventDataException("an identifier such as 00000000-0000-0000-0000-000000000000", FoundValue.Text(text)),
    };

    /// <summary>Reads a duration from a number of milliseconds.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The duration, rounded to 100 ns.</returns>
    public static TimeSpan ReadTimeSpan(ref MessagePackReader reader)
    {
        var ticks = Math.Round(ReadDouble(ref reader) * TimeSpan.TicksPerMillisecond);
        return ticks is >= -TwoTo63 and < TwoTo63
            ? new TimeSpan((long)ticks)
            : throw new EventDataException("a duration in milliseconds that TimeSpan can hold", "a number out of range");
    }

    /// <summary>Reads an instant: a timestamp, ISO 8601 text, or milliseconds since 1970.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The instant, in UTC.</returns>
    public static DateTime ReadDateTime(ref MessagePackReader reader) =>
        reader.TryReadNil() ? default : InstantReader.Read(ref reader).UtcDateTime;

    /// <summary>Reads an instant: a timestamp, ISO 8601 text, or milliseconds since 1970.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The instant; text keeps its offset, everything else is in UTC.</returns>
    public static DateTimeOffset ReadDateTimeOffset(ref MessagePackReader reader) =>
        reader.TryReadNil() ? default : InstantReader.Read(ref reader);

    /// <summary>Reads binary.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The bytes in a new array; null for nil.</returns>
    public static byte[]? ReadBytes(ref MessagePackReader reader)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Binary: return reader.ReadBytes()?.ToArray();
            case MessagePackType.Nil: reader.ReadNil(); return null;
            // The form of an ArrayBuffer in old JavaScript encoders.
            case MessagePackType.Extension when reader.CreatePeekReader().ReadExtensionFormatHeader().TypeCode == 0:
                return reader.ReadExtensionFormat().Data.ToArray();
            default: throw Unexpected(ref reader, "binary");
        }
    }

    /// <summary>Reads binary.</summary>
    /// <param name="reader">The input.</param>
    /// <returns>The bytes in new memory; empty for nil.</returns>
    public static ReadOnlyMemory<byte> ReadMemory(ref MessagePackReader reader) => ReadBytes(ref reader);

    /// <inheritdoc cref="ReadMemory"/>
    public static Memory<byte> ReadWritableMemory(ref MessagePackReader reader) => ReadBytes(ref reader);

    /// <inheritdoc cref="ReadMemory"/>
    public static ArraySegment<byte> ReadSegment(ref MessagePackReader reader) => ReadBytes(ref reader) ?? [];

    /// <summary>Returns the exception for a value of another kind than expected.</summary>
    internal static EventDataException Unexpected(ref MessagePackReader reader, string expected) =>
        new(expected, FoundValue.Describe(ref reader));

    /// <summary>Enters one more level and checks the depth.</summary>
    internal static void Enter(ref MessagePackReader reader, MessagePackSerializerOptions? options)
    {
        // All options use reflection and would cause warnings in a native program.
        var limit = options is null ? ValueWriter.MaxDepth : Math.Min(ValueWriter.MaxDepth, options.Security.MaximumObjectGraphDepth);
        if (reader.Depth >= limit)
            throw new EventDataException($"a payload of at most {reader.Depth} levels", "a deeper one");
        reader.Depth++;
    }

    /// <summary>Reads the header of an array or map, without entering it.</summary>
    internal static int Count(ref MessagePackReader reader)
    {
        try
        {
            return reader.NextMessagePackType == MessagePackType.Array ? reader.ReadArrayHeader() : reader.ReadMapHeader();
        }
        catch (OverflowException e)
        {
            // A count of 2^31 or more; the reader checks all others against the remaining bytes.
            throw new EventDataException("as many values as the input promises", "the end of the input", e);
        }
    }

    private static int ReadNil(ref MessagePackReader reader)
    {
        reader.ReadNil();
        return 0;
    }
}
