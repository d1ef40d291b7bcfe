using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MessagePack;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>One argument of an event: of one that is sent, to which every type that can be sent converts, or of a received one.</summary>
/// <remarks>
/// <para>A collection expression is one argument, an array. Values of other types are sent with <see cref="Json"/> or
/// <see cref="Payload"/>.</para>
/// <para>Each method reads a received argument as one type and throws if it has another.</para>
/// </remarks>
[StructLayout(LayoutKind.Auto)]
[CollectionBuilder(typeof(SocketArgument), nameof(Array))]
public readonly partial struct SocketArgument
{
    // A default value, which has no bytes, is read as nil.
    private static readonly byte[] Nil = [0xC0];
    private static readonly byte[] EmptyObjectBytes = [0x80];

    // The first number that does not fit a decimal.
    private const double MaxDecimal = 7.9228162514264338e28;

    private readonly int _index;
    private readonly string? _path;
    private readonly ReadOnlyMemory<byte> _raw;

    internal SocketArgument(int index, ReadOnlyMemory<byte> raw, string? path = null) => (_index, _raw, _path) = (index, raw, path);

    /// <summary>Null.</summary>
    public static SocketArgument Null => default;

    /// <summary>An object without properties, <c>{}</c>.</summary>
    public static SocketArgument EmptyObject { get; } = new(0, EmptyObjectBytes);

    /// <summary>Gets a value indicating whether the argument is an object without properties.</summary>
    internal bool IsEmptyObject => Raw.Span.SequenceEqual(EmptyObjectBytes);

    /// <summary>The kind of the argument.</summary>
    public ArgumentKind Kind => Cursor().Kind switch
    {
        MessagePackKind.Nil or MessagePackKind.Undefined => ArgumentKind.Null,
        MessagePackKind.Boolean => ArgumentKind.Boolean,
        MessagePackKind.Integer or MessagePackKind.Unsigned or MessagePackKind.Float => ArgumentKind.Number,
        MessagePackKind.Text => ArgumentKind.Text,
        MessagePackKind.Bytes => ArgumentKind.Bytes,
        MessagePackKind.Date => ArgumentKind.Date,
        MessagePackKind.Map => ArgumentKind.Object,
        _ => ArgumentKind.Array,
    };

    /// <summary>The argument in MessagePack, one whole value, without a copy.</summary>
    internal ReadOnlyMemory<byte> Raw => _raw.IsEmpty ? Nil : _raw;

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
    public string GetString() => TryGetString(out var value) ? value : throw Unexpected("text");

    /// <summary>Reads a number without a fraction.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The argument has another kind, has a fraction, or does not fit 64 bits.</exception>
    public long GetInt64() => TryGetInt64(out var value) ? value : throw Unexpected("a 64-bit integer");

    /// <summary>Reads a number.</summary>
    /// <returns>The number; an integer above 2^53 is rounded.</returns>
    /// <exception cref="FormatException">The argument has another kind.</exception>
    public double GetDouble() => TryGetDouble(out var value) ? value : throw Unexpected("a number");

    /// <summary>Reads true or false.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="FormatException">The argument has another kind.</exception>
    public bool GetBoolean() => TryGetBoolean(out var value) ? value : throw Unexpected("a boolean");

    /// <summary>Reads binary data.</summary>
    /// <returns>The bytes, a slice of the event's memory.</returns>
    /// <exception cref="FormatException">The argument has another kind.</exception>
    public ReadOnlyMemory<byte> GetBytes() => TryGetBytes(out var value) ? value : throw Unexpected("bytes");

    /// <summary>Reads a date, or its ISO 8601 text in JSON.</summary>
    /// <remarks>Text with a time of day needs <c>Z</c> or an offset from UTC; a date alone is midnight in UTC.</remarks>
    /// <returns>The date and time in UTC, to the millisecond if it was sent as a date.</returns>
    /// <exception cref="FormatException">The argument has another kind, or lies outside the years 1 to 9999.</exception>
    public DateTime GetDateTime() => TryGetDateTime(out var value) ? value
        : throw Unexpected(Kind == ArgumentKind.Text ? IsoInstant.Expected : "a date of the years 1 to 9999, as a date or in ISO 8601");

    /// <summary>Reads a number without a fraction.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The argument has another kind, has a fraction, or does not fit 32 bits.</exception>
    public int GetInt32() => TryGetInt32(out var value) ? value : throw Unexpected("a 32-bit integer");

    /// <summary>Reads a number, or its text, which JavaScript sends for numbers that it cannot represent.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The argument has another kind, or does not fit a decimal.</exception>
    public decimal GetDecimal() => TryGetDecimal(out var value) ? value : throw Unexpected("a decimal number");

    /// <summary>Reads a GUID from its text.</summary>
    /// <returns>The GUID.</returns>
    /// <exception cref="FormatException">The argument has another kind, or its text is not a GUID with hyphens.</exception>
    public Guid GetGuid() => TryGetGuid(out var value) ? value : throw Unexpected("a GUID");

    /// <summary>Reads text if the argument is text.</summary>
    /// <param name="value">The text, or null.</param>
    /// <returns><see langword="true"/> if the argument is text.</returns>
    public bool TryGetString([NotNullWhen(true)] out string? value)
    {
        var cursor = Cursor();
        value = cursor.Kind == MessagePackKind.Text ? Encoding.UTF8.GetString(cursor.Bytes) : null;
        return value is not null;
    }

    /// <summary>Reads a number if the argument is one without a fraction that fits 32 bits.</summary>
    /// <param name="value">The number, or 0.</param>
    /// <returns><see langword="true"/> if the argument is such a number.</returns>
    public bool TryGetInt32(out int value)
    {
        var isWhole = TryGetInt64(out var number) && number is >= int.MinValue and <= int.MaxValue;
        value = isWhole ? (int)number : 0;
        return isWhole;
    }

    /// <summary>Reads a number if the argument is one without a fraction that fits 64 bits.</summary>
    /// <param name="value">The number, or 0.</param>
    /// <returns><see langword="true"/> if the argument is such a number.</returns>
    public bool TryGetInt64(out long value)
    {
        var cursor = Cursor();
        var isFloat = cursor.Kind == MessagePackKind.Float && Math.Truncate(cursor.Number) == cursor.Number
            && cursor.Number is >= -9223372036854775808.0 and < 9223372036854775808.0;
        value = isFloat ? (long)cursor.Number : cursor.Kind == MessagePackKind.Integer ? cursor.Integer : 0;
        return isFloat || cursor.Kind == MessagePackKind.Integer;
    }

    /// <summary>Reads a number if the argument is one.</summary>
    /// <param name="value">The number, or 0; an integer above 2^53 is rounded.</param>
    /// <returns><see langword="true"/> if the argument is a number.</returns>
    public bool TryGetDouble(out double value)
    {
        var cursor = Cursor();
        value = cursor.Kind switch
        {
            MessagePackKind.Integer => cursor.Integer,
            MessagePackKind.Unsigned => (ulong)cursor.Integer,
            MessagePackKind.Float => cursor.Number,
            _ => 0,
        };
        return cursor.Kind is MessagePackKind.Integer or MessagePackKind.Unsigned or MessagePackKind.Float;
    }

    /// <summary>Reads a number, or its text, if the argument is one that fits a decimal.</summary>
    /// <param name="value">The number, or 0.</param>
    /// <returns><see langword="true"/> if the argument is such a number.</returns>
    public bool TryGetDecimal(out decimal value)
    {
        var cursor = Cursor();
        value = 0;
        switch (cursor.Kind)
        {
            case MessagePackKind.Integer:
                value = cursor.Integer;
                return true;
            case MessagePackKind.Unsigned:
                value = (ulong)cursor.Integer;
                return true;
            case MessagePackKind.Float when Math.Abs(cursor.Number) < MaxDecimal:
                value = (decimal)cursor.Number;
                return true;
            default:
                return cursor.Kind == MessagePackKind.Text
                    && decimal.TryParse(cursor.Bytes, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        }
    }

    /// <summary>Reads a GUID if the argument is the text of one, with hyphens.</summary>
    /// <param name="value">The GUID, or <see cref="Guid.Empty"/>.</param>
    /// <returns><see langword="true"/> if the argument is a GUID.</returns>
    public bool TryGetGuid(out Guid value)
    {
        value = default;
        return TryGetString(out var text) && Guid.TryParseExact(text, "D", out value);
    }

    /// <summary>Reads a date, or its ISO 8601 text in JSON, if the argument is one.</summary>
    /// <remarks>As <see cref="GetDateTime"/>.</remarks>
    /// <param name="value">The date and time in UTC, or the default.</param>
    /// <returns><see langword="true"/> if the argument is a date of the years 1 to 9999.</returns>
    public bool TryGetDateTime(out DateTime value)
    {
        var cursor = Cursor();
        value = default;
        if (cursor.Kind == MessagePackKind.Date)
        {
            var ticks = DateTime.UnixEpoch.Ticks + (cursor.Number * TimeSpan.TicksPerMillisecond);
            if (!(ticks >= 0 && ticks <= DateTime.MaxValue.Ticks)) return false;
            value = DateTime.UnixEpoch.AddTicks((long)cursor.Number * TimeSpan.TicksPerMillisecond);
            return true;
        }

        if (cursor.Kind != MessagePackKind.Text || cursor.Bytes.Length > IsoInstant.MaxLength
            || !IsoInstant.TryParse(Encoding.UTF8.GetString(cursor.Bytes), out var moment)) return false;
        value = moment.UtcDateTime;
        return true;
    }

    /// <summary>Reads binary data if the argument is binary.</summary>
    /// <param name="value">The bytes, a slice of the event's memory, or an empty one.</param>
    /// <returns><see langword="true"/> if the argument is binary.</returns>
    public bool TryGetBytes(out ReadOnlyMemory<byte> value)
    {
        var cursor = Cursor();
        var isBytes = cursor.Kind == MessagePackKind.Bytes;
        value = isBytes ? Raw.Slice(cursor.Offset - cursor.Bytes.Length, cursor.Bytes.Length) : default;
        return isBytes;
    }

    /// <summary>Reads true or false if the argument is one of them.</summary>
    /// <param name="value">The value, or false.</param>
    /// <returns><see langword="true"/> if the argument is a boolean.</returns>
    public bool TryGetBoolean(out bool value)
    {
        var cursor = Cursor();
        var isBoolean = cursor.Kind == MessagePackKind.Boolean;
        value = isBoolean && cursor.Integer != 0;
        return isBoolean;
    }

    /// <summary>Reads the elements of an array, without copies.</summary>
    /// <returns>The elements, in order.</returns>
    /// <exception cref="FormatException">The argument is not an array, or is malformed.</exception>
    public IReadOnlyList<SocketArgument> EnumerateArray()
    {
        var cursor = Cursor();
        if (cursor.Kind != MessagePackKind.Array) throw Unexpected("an array");
        var items = new List<SocketArgument>();
        for (var i = 0; i < cursor.Count; i++) items.Add(Next(ref cursor, $"[{i}]"));
        return items;
    }

    /// <summary>Reads the properties of an object, without copies.</summary>
    /// <returns>The properties, in order; a name can occur twice.</returns>
    /// <exception cref="FormatException">The argument is not an object, or is malformed.</exception>
    public IReadOnlyList<KeyValuePair<string, SocketArgument>> EnumerateObject()
    {
        var cursor = Cursor();
        if (cursor.Kind != MessagePackKind.Map) throw Unexpected("an object");
        var properties = new List<KeyValuePair<string, SocketArgument>>();
        for (var pairs = cursor.Count; pairs > 0; pairs--)
        {
            var name = Next(ref cursor, "a name").GetString();
            properties.Add(new(name, Next(ref cursor, $".{name}")));
        }

        return properties;
    }

    /// <summary>Reads a value with JSON metadata of the application.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="type">The metadata, for example of a source-generated <c>JsonSerializerContext</c>.</param>
    /// <returns>The value; bytes are read as base64 text.</returns>
    /// <exception cref="ArgumentNullException">The metadata is null.</exception>
    /// <exception cref="FormatException">The argument is malformed, or does not match the type.</exception>
    public T? Deserialize<T>(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        try
        {
            using var buffer = PooledBuffer.Rent();
            Transcoder.Write(Raw, buffer, Limits.Outgoing, BinaryForm.Base64);
            return JsonSerializer.Deserialize(buffer.WrittenSpan, type);
        }
        catch (Exception e) when (e is ProtocolException or JsonException)
        {
            throw new FormatException($"{Place()}: {e.Message}", e);
        }
    }

    /// <summary>Reads a type with a generated formatter: a payload of a contract, or a type with
    /// <see cref="SocketPayloadAttribute"/>.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The payload.</returns>
    /// <exception cref="InvalidOperationException">The type has no generated formatter.</exception>
    /// <exception cref="EventDataException">The argument does not have the payload's form.</exception>
    public T GetPayload<T>() => PayloadFormatters.Read<T>(Raw);

    /// <summary>Reads the elements of an array; required for collection expressions.</summary>
    /// <returns>The elements.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public IEnumerator<SocketArgument> GetEnumerator() => EnumerateArray().GetEnumerator();

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

    private MessagePackCursor Cursor()
    {
        var cursor = new MessagePackCursor(Raw.Span);
        cursor.Read();
        return cursor;
    }

    private SocketArgument Next(ref MessagePackCursor cursor, string name)
    {
        var start = cursor.Offset;
        try
        {
            cursor.Skip(Limits.Default.Depth);
        }
        catch (ProtocolException e)
        {
            throw new FormatException($"{Place()}: {e.Message}", e);
        }

        return new SocketArgument(_index, Raw[start..cursor.Offset], _path + name);
    }

    private ReadOnlyMemory<byte> Find(string name)
    {
        var key = Encoding.UTF8.GetBytes(name);
        var cursor = Cursor();
        if (cursor.Kind != MessagePackKind.Map) throw Unexpected("an object");
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
        _ => "an object",
    };
}
