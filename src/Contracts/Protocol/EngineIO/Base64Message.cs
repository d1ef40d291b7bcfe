using System.Buffers.Text;

namespace TypedSocketRedis.Protocol;

/// <summary>The text form of a binary message: <c>b</c> and base64.</summary>
internal static class Base64Message
{
    /// <summary>Returns the length of the text form, in bytes.</summary>
    /// <param name="payload">The length of the message, in bytes.</param>
    /// <exception cref="OverflowException">The text form does not fit an array.</exception>
    public static int LengthOf(int payload) => checked(1 + Base64.GetMaxEncodedToUtf8Length(payload));

    /// <summary>Returns the length of the text form of protocol 3, <c>b4</c> and base64, in bytes.</summary>
    /// <param name="payload">The length of the message, in bytes.</param>
    /// <exception cref="OverflowException">The text form does not fit an array.</exception>
    public static int LegacyLengthOf(int payload) => checked(1 + LengthOf(payload));

    /// <summary>Writes the text form of protocol 3 and returns its length.</summary>
    /// <param name="payload">The message.</param>
    /// <param name="to">The output. Must have at least <see cref="LegacyLengthOf"/> bytes.</param>
    public static int WriteLegacy(ReadOnlySpan<byte> payload, Span<byte> to)
    {
        to[0] = (byte)'b';
        to[1] = (byte)'4';
        Base64.EncodeToUtf8(payload, to[2..], out _, out var written);
        return 2 + written;
    }

    /// <summary>Writes the text form and returns its length.</summary>
    /// <param name="payload">The message.</param>
    /// <param name="to">The output. Must have at least <see cref="LengthOf"/> bytes.</param>
    public static int Write(ReadOnlySpan<byte> payload, Span<byte> to)
    {
        to[0] = (byte)'b';
        Base64.EncodeToUtf8(payload, to[1..], out _, out var written);
        return 1 + written;
    }
}
