using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using MessagePack;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <content>Conversions from what can be sent.</content>
public readonly partial struct SocketArgument
{
    /// <summary>Creates an array; called for collection expressions.</summary>
    /// <param name="items">The elements.</param>
    /// <returns>The argument.</returns>
    public static SocketArgument Array(ReadOnlySpan<SocketArgument> items)
    {
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(items.Length);
        foreach (var item in items) DynamicWriter.WriteSocketArgument(ref writer, item, depth: 2);
        return Written(buffer, ref writer);
    }

    /// <summary>Creates an argument of any type, written with JSON metadata of the application.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="type">The metadata, for example of a source-generated <c>JsonSerializerContext</c>.</param>
    /// <returns>The argument.</returns>
    /// <exception cref="ArgumentNullException">The metadata is null.</exception>
    /// <exception cref="ArgumentException">The value is nested more than 64 levels deep, or larger than 64 MiB.</exception>
    public static SocketArgument Json<T>(T value, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        try
        {
            return new SocketArgument(0, JsonToMessagePack.Convert(JsonSerializer.SerializeToUtf8Bytes(value, type), Limits.Outgoing));
        }
        catch (ProtocolException e)
        {
            throw new ArgumentException($"The value cannot be sent: {e.Message}", nameof(value), e);
        }
    }

    /// <summary>Creates an argument of a type with a generated formatter: a payload of a contract, or a type with
    /// <see cref="SocketPayloadAttribute"/>.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="value">The value.</param>
    /// <returns>The argument.</returns>
    /// <exception cref="InvalidOperationException">The type has no generated formatter.</exception>
    /// <exception cref="ArgumentException">The value cannot be sent.</exception>
    public static SocketArgument Payload<T>(T value) => Make(value, PayloadFormatters.Write);

    /// <summary>Converts text, or null.</summary>
    /// <param name="text">The value.</param>
    public static implicit operator SocketArgument(string? text) => Make(text, static (ref w, v) => ValueWriter.Write(ref w, v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(char value) => Make(value, static (ref w, v) => ValueWriter.Write(ref w, v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(bool value) => Make(value, static (ref w, v) => w.Write(v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(byte value) => Make(value, static (ref w, v) => w.Write(v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(ushort value) => Make(value, static (ref w, v) => w.Write(v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(int value) => Make(value, static (ref w, v) => ValueWriter.Write(ref w, (long)v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(uint value) => Make(value, static (ref w, v) => w.Write(v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(long value) => Make(value, static (ref w, v) => ValueWriter.Write(ref w, v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(ulong value) => Make(value, static (ref w, v) => ValueWriter.Write(ref w, v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(float value) => Make(value, static (ref w, v) => ValueWriter.Write(ref w, (double)v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(double value) => Make(value, static (ref w, v) => ValueWriter.Write(ref w, v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(decimal value) => Make(value, static (ref w, v) => ValueWriter.Write(ref w, v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(Guid value) => Make(value, static (ref w, v) => ValueWriter.Write(ref w, v));

    /// <summary>Converts a date; it must be in UTC or local time.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(DateTime value) =>
        Make(value, static (ref w, v) => ValueWriter.Write(ref w, v, "A date without a contract"));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(DateTimeOffset value) => Make(value, static (ref w, v) => ValueWriter.Write(ref w, v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(DateOnly value) =>
        Make(value, static (ref w, v) => FrameworkWriter.WriteDateOnly(ref w, v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(TimeOnly value) =>
        Make(value, static (ref w, v) => FrameworkWriter.WriteTimeOnly(ref w, v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(TimeSpan value) => Make(value, static (ref w, v) => ValueWriter.Write(ref w, v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(Half value) => Make(value, static (ref w, v) => FrameworkWriter.WriteHalf(ref w, v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(Int128 value) => Make(value, static (ref w, v) => FrameworkWriter.WriteInt128(ref w, v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(UInt128 value) =>
        Make(value, static (ref w, v) => FrameworkWriter.WriteUInt128(ref w, v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(BigInteger value) =>
        Make(value, static (ref w, v) => FrameworkWriter.WriteBigInteger(ref w, v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(Rune value) => Make(value, static (ref w, v) => FrameworkWriter.WriteRune(ref w, v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(Uri? value) => Make(value, static (ref w, v) => FrameworkWriter.WriteUri(ref w, v));

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(Version? value) =>
        Make(value, static (ref w, v) => FrameworkWriter.WriteVersion(ref w, v));

    /// <summary>Converts the id of a socket, as text.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(SocketId value) => Make(value, static (ref w, v) => w.Write(v.ToString()));

    /// <summary>Converts bytes, which are copied, or null.</summary>
    /// <param name="bytes">The value.</param>
    public static implicit operator SocketArgument(byte[]? bytes) => Make(bytes, static (ref w, v) => w.Write(v));

    /// <summary>Converts bytes, which are copied.</summary>
    /// <param name="bytes">The value.</param>
    public static implicit operator SocketArgument(Memory<byte> bytes) => Make(bytes, static (ref w, v) => w.Write(v.Span));

    /// <summary>Converts bytes, which are copied.</summary>
    /// <param name="bytes">The value.</param>
    public static implicit operator SocketArgument(ReadOnlyMemory<byte> bytes) => Make(bytes, static (ref w, v) => w.Write(v.Span));

    /// <summary>Converts an array, or null.</summary>
    /// <param name="values">The value.</param>
    public static implicit operator SocketArgument(string?[]? values) =>
        Make(values, static (ref w, v) => WriteAll(
            ref w, v, static (ref one, item) => one.Write(item)));

    /// <summary>Converts an array, or null.</summary>
    /// <param name="values">The value.</param>
    public static implicit operator SocketArgument(int[]? values) =>
        Make(values, static (ref w, v) => WriteAll(
            ref w, v, static (ref one, item) => ValueWriter.Write(ref one, (long)item)));

    /// <summary>Converts an array, or null.</summary>
    /// <param name="values">The value.</param>
    public static implicit operator SocketArgument(double[]? values) =>
        Make(values, static (ref w, v) => WriteAll(
            ref w, v, static (ref one, item) => ValueWriter.Write(ref one, item)));

    /// <summary>Converts an array, or null.</summary>
    /// <param name="values">The value.</param>
    public static implicit operator SocketArgument(SocketArgument[]? values) =>
        Make(values, static (ref w, v) => WriteAll(
            ref w, v, static (ref one, item) => DynamicWriter.WriteSocketArgument(ref one, item, depth: 2)));

    /// <summary>Converts JSON.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(JsonElement value) =>
        Make(value, static (ref w, v) => DynamicWriter.WriteJsonElement(ref w, v, depth: 1));

    /// <summary>Converts JSON, or null.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(JsonNode? value) =>
        Make(value, static (ref w, v) => DynamicWriter.WriteJsonNode(ref w, v, depth: 1));

    /// <summary>Converts a value, or null.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(bool? value) => value is { } one ? one : default(SocketArgument);

    /// <summary>Converts a value, or null.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(int? value) => value is { } one ? one : default(SocketArgument);

    /// <summary>Converts a value, or null.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(long? value) => value is { } one ? one : default(SocketArgument);

    /// <summary>Converts a value, or null.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(double? value) => value is { } one ? one : default(SocketArgument);

    /// <summary>Converts a value, or null.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(decimal? value) => value is { } one ? one : default(SocketArgument);

    /// <summary>Converts a value, or null.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(Guid? value) => value is { } one ? one : default(SocketArgument);

    /// <summary>Converts a value, or null.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(DateTime? value) => value is { } one ? one : default(SocketArgument);

    /// <summary>Converts a value, or null.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator SocketArgument(DateTimeOffset? value) => value is { } one ? one : default(SocketArgument);

    private static SocketArgument Make<T>(T value, AckWriter<T> write)
    {
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        write(ref writer, value);
        return Written(buffer, ref writer);
    }

    private static SocketArgument Written(PooledBuffer buffer, ref MessagePackWriter writer)
    {
        writer.Flush();
        PrototypeKey.Remove(buffer);
        return new SocketArgument(0, buffer.WrittenSpan.ToArray());
    }

    private static void WriteAll<T>(ref MessagePackWriter writer, T[]? values, AckWriter<T> write)
    {
        if (values is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(values.Length);
        foreach (var value in values) write(ref writer, value);
    }
}
