using System.Buffers;
using System.Buffers.Binary;
using MessagePack;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Reads an instant in each of the forms that Socket.IO peers write.</summary>
internal static class InstantReader
{
    private const sbyte Timestamp = -1;

    // The form of encoders before the timestamp existed: 64 bits of milliseconds.
    private const sbyte LegacyDate = 0;

    public static DateTimeOffset Read(ref MessagePackReader reader)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Extension: return FromExtension(reader.ReadExtensionFormat());
            case MessagePackType.String: return FromText(reader.ReadString());
            case MessagePackType.Integer or MessagePackType.Float: return FromMilliseconds(ValueReader.ReadDouble(ref reader));
            default: throw ValueReader.Unexpected(ref reader, "a date");
        }
    }

    private static DateTimeOffset FromText(string? text) =>
        IsoInstant.TryParse(text, out var value) ? value : throw new EventDataException(IsoInstant.Expected, FoundValue.Text(text));

    private static DateTimeOffset FromMilliseconds(double milliseconds) =>
        milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds)
            : throw OutOfRange();

    private static DateTimeOffset FromExtension(ExtensionResult extension)
    {
        Span<byte> data = stackalloc byte[12];
        if (extension.Data.Length > data.Length) throw NotADate(extension);
        data = data[..(int)extension.Data.Length];
        extension.Data.CopyTo(data);

        return (extension.TypeCode, data.Length) switch
        {
            (Timestamp, 4) => FromSeconds(BinaryPrimitives.ReadUInt32BigEndian(data), 0),
            (Timestamp, 8) when BinaryPrimitives.ReadUInt64BigEndian(data) is var packed =>
                FromSeconds((long)(packed & 0x3_FFFF_FFFF), packed >> 34),
            (Timestamp, 12) => FromSeconds(BinaryPrimitives.ReadInt64BigEndian(data[4..]), BinaryPrimitives.ReadUInt32BigEndian(data)),
            (LegacyDate, 8) => FromMilliseconds(BinaryPrimitives.ReadInt64BigEndian(data)),
            _ => throw NotADate(extension),
        };
    }

    private static DateTimeOffset FromSeconds(long seconds, ulong nanoseconds)
    {
        if (nanoseconds > 999_999_999
            || seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds() || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            throw OutOfRange();
        return DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks((long)nanoseconds / TimeSpan.NanosecondsPerTick);
    }

    private static EventDataException NotADate(ExtensionResult extension) =>
        new("a date", $"extension {extension.TypeCode} of {extension.Data.Length} bytes");

    private static EventDataException OutOfRange() => new("a date of the years 1 to 9999", "one out of range");
}
