using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using MessagePack;

namespace TypedSocketRedis.CompilerServices;

/// <summary>The texts of an enum that is sent as text, for values that are not the text of one member; used by generated code.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
/// <remarks>The rules are those of <c>System.Text.Json</c>: a combination of flags is a list of texts, <c>"Read, Write"</c>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EnumTexts<TEnum>
    where TEnum : struct, Enum
{
    private readonly bool _isFlags;
    private readonly (TEnum Value, string Text)[] _members;

    private readonly Dictionary<TEnum, string> _texts = [];

    // Members with more bits come first, so that a list is as short as possible.
    private readonly (ulong Bits, byte[] Text)[] _flags;

    /// <summary>Creates the texts of an enum.</summary>
    /// <param name="isFlags"><see langword="true"/> if values can be combined.</param>
    /// <param name="members">The members with their texts, in the order of their declarations.</param>
    public EnumTexts(bool isFlags, (TEnum Value, string Text)[] members)
    {
        _isFlags = isFlags;
        _members = members;
        foreach (var (value, text) in members) _texts.TryAdd(value, text);
        _flags = [.. _texts.Select(m => (Bits: Bits(m.Key), Text: Encoding.UTF8.GetBytes(m.Value))).Where(m => m.Bits != 0)
            .OrderByDescending(m => BitOperations.PopCount(m.Bits)).ThenBy(m => m.Bits)];
    }

    private static ReadOnlySpan<byte> Separator => ", "u8;

    /// <summary>Writes the key of a dictionary: its text, that of a combination of flags, or its number as text.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The key.</param>
    public void WriteKey(ref MessagePackWriter writer, TEnum value)
    {
        if (_texts.TryGetValue(value, out var text)) writer.Write(text);
        else if (!_isFlags || !TryWrite(ref writer, value)) writer.Write(value.ToString("D"));
    }

    /// <summary>Writes a combination of flags as a list of texts.</summary>
    /// <param name="writer">The output.</param>
    /// <param name="value">The value.</param>
    /// <returns><see langword="false"/> if a bit has no text; then nothing was written.</returns>
    public bool TryWrite(ref MessagePackWriter writer, TEnum value)
    {
        var (left, length) = (Bits(value), -Separator.Length);
        foreach (var (bits, text) in _flags)
        {
            if ((left & bits) != bits) continue;
            left &= ~bits;
            length += Separator.Length + text.Length;
        }

        if (left != 0 || length < 0) return false;
        writer.WriteStringHeader(length);
        left = Bits(value);
        foreach (var (bits, text) in _flags)
        {
            if ((left & bits) != bits) continue;
            left &= ~bits;
            writer.WriteRaw(text);
            if (left != 0) writer.WriteRaw(Separator);
        }

        return true;
    }

    /// <summary>Parses a text that no member has exactly: one in another case, a list of flags, or a number.</summary>
    /// <param name="name">The text in UTF-8.</param>
    /// <returns>The value.</returns>
    /// <exception cref="EventDataException">It is none of them.</exception>
    public TEnum Parse(ReadOnlySpan<byte> name)
    {
        var text = Encoding.UTF8.GetString(name);
        if (TryFind(text, out var value) || EnumReader.TryParseNumber(text, out value)) return value;
        if (!_isFlags || !text.Contains(',')) throw Unknown(text);
        var all = 0UL;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!TryFind(part, out value)) throw Unknown(text);
            all |= Bits(value);
        }

        return FromBits(all);
    }

    // The text of a member, otherwise the name of one. Those that differ by case only are found by their exact text.
    private bool TryFind(string text, out TEnum value)
    {
        var found = 0;
        value = default;
        foreach (var member in _members)
        {
            if (!string.Equals(member.Text, text, StringComparison.OrdinalIgnoreCase)) continue;
            value = member.Value;
            if (member.Text == text) return true;
            found++;
        }

        return found == 1 || (found == 0 && EnumReader.TryParseName(text, out value));
    }

    private EventDataException Unknown(string text) => EnumReader.Unknown(_texts.Values, text);

    // With the sign extended, as in System.Text.Json, whose order of members follows from the number of their bits.
    private static ulong Bits(TEnum value) => Type.GetTypeCode(typeof(TEnum)) switch
    {
        TypeCode.SByte => (ulong)Unsafe.BitCast<TEnum, sbyte>(value),
        TypeCode.Byte => Unsafe.BitCast<TEnum, byte>(value),
        TypeCode.Int16 => (ulong)Unsafe.BitCast<TEnum, short>(value),
        TypeCode.UInt16 => Unsafe.BitCast<TEnum, ushort>(value),
        TypeCode.Int32 => (ulong)Unsafe.BitCast<TEnum, int>(value),
        TypeCode.UInt32 => Unsafe.BitCast<TEnum, uint>(value),
        _ => Unsafe.BitCast<TEnum, ulong>(value),
    };

    private static TEnum FromBits(ulong bits) => Unsafe.SizeOf<TEnum>() switch
    {
        sizeof(byte) => Unsafe.BitCast<byte, TEnum>((byte)bits),
        sizeof(ushort) => Unsafe.BitCast<ushort, TEnum>((ushort)bits),
        sizeof(uint) => Unsafe.BitCast<uint, TEnum>((uint)bits),
        _ => Unsafe.BitCast<ulong, TEnum>(bits),
    };
}
