using System.Runtime.InteropServices;
using System.Text;
using MessagePack;
using MessagePack.Formatters;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>One argument of an incoming event; each method reads it as one type and throws if it has another.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct SocketArgument
{
    // A default value, which has no bytes, is read as nil.
    private static readonly byte[] Nil = [0xC0];
    private static readonly byte[] EmptyMapBytes = [0x80];

    private readonly int _index;
    private readonly string? _path;
    private readonly ReadOnlyMemory<byte> _raw;

    internal SocketArgument(int index, ReadOnlyMemory<byte> raw, string? path = null) => (_index, _raw, _path) = (index, raw, path);

    /// <summary>Null.</summary>
    public static SocketArgument Null => default;

    /// <summary>An object without properties, <c>{}</c>.</summary>
    public static SocketArgument EmptyMap { get; } = new(0, EmptyMapBytes);

    /// <summary>The kind of the argument.</summary>
    public ArgumentKind Kind => Cursor().Kind switch
    {
        MessagePackKind.Nil or MessagePackKind.Undefined => ArgumentKind.Null,
        MessagePackKind.Boolean => ArgumentKind.Boolean,
        MessagePackKind.Integer or MessagePackKind.Unsigned or MessagePackKind.Float => ArgumentKind.Number,
        MessagePackKind.Text => ArgumentKind.Text,
        MessagePackKind.Bytes => ArgumentKind.Bytes,
        MessagePackKind.Date => ArgumentKind.Date,
        MessagePackKind.Map => ArgumentKind.Map,
        _ => ArgumentKind.Array,
    };

    /// <summary>The argument in MessagePack, one whole value, without a copy.</summary>
    public ReadOnlyMemory<byte> Raw => _raw.IsEmpty ? Nil : _raw;

    /// <summary>Gets one property of an object, for example <c>socket.Handshake.Auth["token"]</c>.</summary>
    /// <param name="name">The property's name on the wire.</param>
    /// <returns>The property, the last of several, without a copy; <see cref="Null"/> if there is none, where JavaScript has
    /// undefined.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="FormatException">The argument is not an object, or is malformed.</exception>
    public SocketArgument this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            try
            {
                return new SocketArgument(_index, Find(name), _path is null ? name : $"{_path}.{name}");
            }
            catch (ProtocolException e)
            {
                throw new FormatException($"{Place()}: {e.Message}", e);
            }
        }
    }

    /// <summary>Creates an argument from a value.</summary>
    /// <param name="value">A value that docs/types.md lists for <c>object</c>.</param>
    /// <returns>The argument.</returns>
    /// <exception cref="ArgumentException">The value has another type; for payloads use the overload with a resolver.</exception>
    public static SocketArgument From(object? value)
    {
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        DynamicWriter.WriteObject(ref writer, value, depth: 1);
        writer.Flush();
        PrototypeKey.Remove(buffer);
        return new SocketArgument(0, buffer.WrittenSpan.ToArray());
    }

    /// <summary>Creates an argument from a payload, in the form of a contract's event.</summary>
    /// <typeparam name="T">A payload type of a contract.</typeparam>
    /// <param name="value">The payload.</param>
    /// <param name="resolver">The resolver of the type: the generated <c>SocketEventsResolver.Instance</c> of the contract's assembly. Its
    /// formatters are called without options, because generated ones need none.</param>
    /// <returns>The argument.</returns>
    /// <exception cref="ArgumentNullException">The resolver is null.</exception>
    /// <exception cref="ArgumentException">The resolver has no formatter for the type.</exception>
    public static SocketArgument From<T>(T value, IFormatterResolver resolver)
    {
        var formatter = Formatter<T>(resolver);
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        formatter.Serialize(ref writer, value, EventDataReader.Options);
        writer.Flush();
        PrototypeKey.Remove(buffer);
        return new SocketArgument(0, buffer.WrittenSpan.ToArray());
    }

    /// <summary>Creates an argument from JSON.</summary>
    /// <param name="json">One JSON value, for example <c>{"people":3}</c>.</param>
    /// <returns>The argument.</returns>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="FormatException">The text is not JSON, is nested more than 64 levels deep, or is larger than 64 MiB.</exception>
    public static SocketArgument FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return new SocketArgument(0, JsonToMessagePack.Convert(Encoding.UTF8.GetBytes(json), Limits.Outgoing));
        }
        catch (ProtocolException e)
        {
            throw new FormatException($"An argument must be one JSON value: {e.Message}", e);
        }
    }

    /// <summary>Reads a payload, in the form of a contract's event.</summary>
    /// <typeparam name="T">A payload type of a contract.</typeparam>
    /// <param name="resolver">The resolver of the type: the generated <c>SocketEventsResolver.Instance</c> of the contract's assembly. Its
    /// formatters are called without options, because generated ones need none.</param>
    /// <returns>The payload.</returns>
    /// <exception cref="ArgumentNullException">The resolver is null.</exception>
    /// <exception cref="ArgumentException">The resolver has no formatter for the type.</exception>
    /// <exception cref="EventDataException">The argument does not have the payload's form.</exception>
    public T Read<T>(IFormatterResolver resolver)
    {
        var formatter = Formatter<T>(resolver);
        var reader = new MessagePackReader(Raw);
        return formatter.Deserialize(ref reader, EventDataReader.Options);
    }

    /// <summary>Reads the value as its own kind.</summary>
    /// <returns>
    /// Null, <see cref="bool"/>, <see cref="long"/>, <see cref="ulong"/> if larger, <see cref="double"/>, <see cref="string"/>,
    /// <see cref="DateTime"/> in UTC, <c>byte[]</c>, <c>List&lt;object?&gt;</c> or <c>Dictionary&lt;string, object?&gt;</c>;
    /// all copied to new memory.
    /// </returns>
    /// <exception cref="EventDataException">The argument is malformed, or nested more than 64 levels deep.</exception>
    public object? GetValue()
    {
        var reader = new MessagePackReader(Raw);
        return DynamicReader.ReadObject(ref reader, null);
    }

    /// <summary>Reads text.</summary>
    /// <returns>The text; bytes that are not UTF-8 appear as U+FFFD.</returns>
    /// <exception cref="FormatException">The argument has another kind.</exception>
    public string GetString()
    {
        var cursor = Cursor();
        return cursor.Kind == MessagePackKind.Text ? Encoding.UTF8.GetString(cursor.Bytes) : throw Unexpected("text");
    }

    /// <summary>Reads a number without a fraction.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The argument has another kind, has a fraction, or does not fit 64 bits.</exception>
    public long GetInt64()
    {
        var cursor = Cursor();
        if (cursor.Kind == MessagePackKind.Integer) return cursor.Integer;
        var isWhole = cursor.Kind == MessagePackKind.Float && Math.Truncate(cursor.Number) == cursor.Number;
        if (isWhole && cursor.Number is >= -9223372036854775808.0 and < 9223372036854775808.0)
        {
            return (long)cursor.Number;
        }

        throw Unexpected("a 64-bit integer");
    }

    /// <summary>Reads a number.</summary>
    /// <returns>The number; an integer above 2^53 is rounded.</returns>
    /// <exception cref="FormatException">The argument has another kind.</exception>
    public double GetDouble()
    {
        var cursor = Cursor();
        return cursor.Kind switch
        {
            MessagePackKind.Integer => cursor.Integer,
            MessagePackKind.Unsigned => (ulong)cursor.Integer,
            MessagePackKind.Float => cursor.Number,
            _ => throw Unexpected("a number"),
        };
    }

    /// <summary>Reads true or false.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="FormatException">The argument has another kind.</exception>
    public bool GetBoolean()
    {
        var cursor = Cursor();
        return cursor.Kind == MessagePackKind.Boolean ? cursor.Integer != 0 : throw Unexpected("a boolean");
    }

    /// <summary>Reads binary data.</summary>
    /// <returns>The bytes, a slice of the event's memory.</returns>
    /// <exception cref="FormatException">The argument has another kind.</exception>
    public ReadOnlyMemory<byte> GetBytes()
    {
        var cursor = Cursor();
        return cursor.Kind == MessagePackKind.Bytes
            ? Raw.Slice(cursor.Offset - cursor.Bytes.Length, cursor.Bytes.Length)
            : throw Unexpected("bytes");
    }

    /// <summary>Reads a date, or its ISO 8601 text in JSON.</summary>
    /// <remarks>Text with a time of day needs <c>Z</c> or an offset from UTC; a date alone is midnight in UTC.</remarks>
    /// <returns>The date and time in UTC, to the millisecond if it was sent as a date.</returns>
    /// <exception cref="FormatException">The argument has another kind, or lies outside the years 1 to 9999.</exception>
    public DateTime GetDateTime()
    {
        var cursor = Cursor();
        if (cursor.Kind == MessagePackKind.Date)
        {
            var ticks = DateTime.UnixEpoch.Ticks + (cursor.Number * TimeSpan.TicksPerMillisecond);
            if (ticks >= 0 && ticks <= DateTime.MaxValue.Ticks)
                return DateTime.UnixEpoch.AddTicks((long)cursor.Number * TimeSpan.TicksPerMillisecond);
        }
        else if (cursor.Kind == MessagePackKind.Text)
        {
            if (cursor.Bytes.Length <= IsoInstant.MaxLength && IsoInstant.TryParse(GetString(), out var moment)) return moment.UtcDateTime;
            throw Unexpected(IsoInstant.Expected);
        }

        throw Unexpected("a date of the years 1 to 9999, as a date or in ISO 8601");
    }

    /// <summary>Writes the argument as JSON, as <c>JSON.stringify</c> does in Node.</summary>
    /// <returns>The text; bytes in it appear as <c>{"type":"Buffer","data":[1,2]}</c>, dates as ISO 8601 text.</returns>
    /// <exception cref="FormatException">The argument is malformed, or its JSON is larger than 64 MiB.</exception>
    public string ToJson()
    {
        try
        {
            using var buffer = PooledBuffer.Rent();
            Transcoder.Write(Raw, buffer, Limits.Outgoing, BinaryForm.Buffer);
            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        catch (ProtocolException e)
        {
            throw new FormatException($"{Place()}: {e.Message}", e);
        }
    }

    private static IMessagePackFormatter<T> Formatter<T>(IFormatterResolver resolver)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        return resolver.GetFormatter<T>() ?? throw new ArgumentException(
            $"{resolver.GetType()} has no formatter for {typeof(T)}: use the SocketEventsResolver of the assembly with its contract.",
                nameof(resolver));
    }

    private MessagePackCursor Cursor()
    {
        var cursor = new MessagePackCursor(Raw.Span);
        cursor.Read();
        return cursor;
    }

    private ReadOnlyMemory<byte> Find(string name)
    {
        var key = Encoding.UTF8.GetBytes(name);
        var cursor = Cursor();
        if (cursor.Kind != MessagePackKind.Map) throw Unexpected("a map");
        ReadOnlyMemory<byte> found = default;
        for (var pairs = cursor.Count; pairs > 0; pairs--)
        {
            var peek = cursor;
            peek.Read();
            var isIt = peek.Kind == MessagePackKind.Text && peek.Bytes.SequenceEqual(key);
            cursor.Skip(Limits.Default.Depth);
            var start = cursor.Offset;
            cursor.Skip(Limits.Default.Depth);
            if (isIt) found = Raw[start..cursor.Offset];
        }

        return found;
    }

    private string Place() => _path is null ? $"Argument {_index}" : $"Argument {_index}, {_path}";

    private FormatException Unexpected(string expected) =>
        new($"{Place()}: expected {expected}, found {Found()}.");

    private string Found() => Kind switch
    {
        ArgumentKind.Null => "null",
        ArgumentKind.Boolean => "a boolean",
        ArgumentKind.Number => $"the number {JsNumber.Text(GetDouble())}",
        ArgumentKind.Text => "text",
        ArgumentKind.Bytes => "bytes",
        ArgumentKind.Date => double.IsNaN(Cursor().Number) ? "an invalid date" : "a date",
        ArgumentKind.Array => "an array",
        _ => "a map",
    };
}
