using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace TypedSocketRedis.Engine;

/// <summary>A session id of 120 random bits. It is a secret: any holder of the id can act as the client.</summary>
/// <remarks>Wire: 20 characters of <c>A-Za-z0-9-_</c>; different texts are different ids.</remarks>
/// <param name="High">The first 64 bits.</param>
/// <param name="Low">The remaining 56 bits.</param>
internal readonly record struct SessionId(ulong High, ulong Low)
{
    private const int Bytes = 15;
    private const int Characters = 20;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static SessionId Create()
    {
        Span<byte> bytes = stackalloc byte[2 * sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes[..Bytes]);
        return Read(bytes);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out SessionId id)
    {
        Span<byte> bytes = stackalloc byte[2 * sizeof(ulong)];

        // The decoder throws on characters outside base64, and skips white space.
        var isId = text.Length == Characters && !text.ContainsAnyExcept(Alphabet)
            && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == Bytes;
        id = isId ? Read(bytes) : default;
        return isId;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], Low);
        return Base64Url.EncodeToString(bytes[..Bytes]);
    }

    private static SessionId Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]));
}
