using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TypedSocketRedis.Engine;

/// <summary>A session id of 120 random bits. It is a secret: any holder of the id can act as the client.</summary>
/// <remarks>
/// <para>Wire: 20 characters of <c>A-Za-z0-9-_</c>; different texts are different ids.</para>
/// <para>An id of the application has another text, and its bits are a hash of that text, so that it takes no more memory in tables. The
/// last of these bits is set, which it never is in an id of this server.</para>
/// </remarks>
/// <param name="High">The first 64 bits.</param>
/// <param name="Low">The remaining 56 bits.</param>
internal readonly record struct SessionId(ulong High, ulong Low)
{
    /// <summary>The maximum length of an id of the application, in characters.</summary>
    public const int MaxCharacters = 128;

    private const int Bytes = 15;
    private const int Characters = 20;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    // The characters that need no escapes in URLs (RFC 3986 section 2.3), and are allowed in cookies.
    private static readonly SearchValues<char> ApplicationAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~");

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

    /// <summary>Reads an id of this server or of the application.</summary>
    /// <param name="text">The id.</param>
    /// <param name="id">The id.</param>
    /// <param name="isOwn">Set to true if <see cref="ToString"/> returns the text.</param>
    /// <returns>False if the text is empty, too long, or has characters that are not allowed.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out SessionId id, out bool isOwn)
    {
        isOwn = TryParse(text, out id);
        if (isOwn) return true;
        if (text.Length is 0 or > MaxCharacters || text.ContainsAnyExcept(ApplicationAlphabet)) return false;
        Span<byte> ascii = stackalloc byte[MaxCharacters];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(ascii[..Encoding.ASCII.GetBytes(text, ascii)], hash);
        id = Read(hash);
        id = id with { Low = id.Low | 1 };
        return true;
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
