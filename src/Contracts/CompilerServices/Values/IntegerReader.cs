using System.Globalization;
using System.Numerics;
using MessagePack;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Reads an integer of any size in each form that peers write, without rounding or truncation.</summary>
internal static class IntegerReader
{
    private const double TwoTo63 = 9223372036854775808.0;
    private const double TwoTo64 = 18446744073709551616.0;

    public static T Read<T>(ref MessagePackReader reader)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Integer when reader.NextCode == MessagePackCode.UInt64: return Narrow<T>(reader.ReadUInt64());
            case MessagePackType.Integer: return Narrow<T>(reader.ReadInt64());
            case MessagePackType.Nil: reader.ReadNil(); return T.Zero;
            case MessagePackType.Float:
                var number = reader.ReadDouble();
                if (number == Math.Truncate(number))
                {
                    if (number is >= 0 and < TwoTo64) return Narrow<T>((ulong)number);
                    if (number is >= -TwoTo63 and < 0) return Narrow<T>((long)number);
                }

                throw OutOfRange<T>(JsNumber.Text(number));
            default: throw ValueReader.Unexpected(ref reader, Expected<T>());
        }
    }

    private static T Narrow<T>(long value)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var narrow = T.CreateTruncating(value);
        return long.CreateTruncating(narrow) == value && T.IsNegative(narrow) == value < 0 ? narrow
            : throw OutOfRange<T>(value.ToString(CultureInfo.InvariantCulture));
    }

    private static T Narrow<T>(ulong value)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var narrow = T.CreateTruncating(value);
        return ulong.CreateTruncating(narrow) == value && !T.IsNegative(narrow) ? narrow
            : throw OutOfRange<T>(value.ToString(CultureInfo.InvariantCulture));
    }

    private static string Expected<T>()
        where T : struct, IMinMaxValue<T> => string.Create(CultureInfo.InvariantCulture, $"an integer from {T.MinValue} to {T.MaxValue}");

    private static EventDataException OutOfRange<T>(string number)
        where T : struct, IMinMaxValue<T> => new(Expected<T>(), "the number " + number);
}
