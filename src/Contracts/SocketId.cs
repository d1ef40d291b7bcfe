using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace TypedSocketRedis;

/// <summary>The public id of one socket in one namespace: exactly 20 characters of <c>A-Za-z0-9-_</c>.</summary>
/// <remarks>It is also the name of the room that contains only that socket. It is not a secret.</remarks>
public readonly record struct SocketId : IParsable<SocketId>
{
    private const int RandomBytes = 15;

    // Ids of other servers can have any form; the room of such a socket must fit a room name.
    private const int MaxLength = 256;

    private readonly string? _value;

    private SocketId(string value) => _value = value;

    /// <summary>Returns the id as text, which is empty for the default value.</summary>
    public override string ToString() => _value ?? "";

    /// <summary>Reads an id, for example one that was stored, or that a client of another server sent.</summary>
    /// <param name="s">The id as text, 1 to 256 characters without white space or control characters.</param>
    /// <param name="provider">Ignored.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    /// <exception cref="FormatException">The text is not an id.</exception>
    public static SocketId Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out var id)
            ? id : throw new FormatException("The id of a socket has 1 to 256 characters without white space or control characters.");
    }

    /// <summary>Reads an id if the text is one.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Ignored.</param>
    /// <param name="result">The id, or the default value.</param>
    /// <returns><see langword="true"/> if the text is an id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SocketId result)
    {
        var isId = s is { Length: > 0 and <= MaxLength } && !s.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
        result = isId ? new SocketId(s!) : default;
        return isId;
    }

    /// <summary>Returns the id of a socket of another node, whose ids can have any form.</summary>
    internal static SocketId Of(string value) => new(value);

    /// <summary>Creates an id from 120 random bits.</summary>
    internal static SocketId Create()
    {
        Span<byte> random = stackalloc byte[RandomBytes];
        RandomNumberGenerator.Fill(random);
        return new SocketId(Base64Url.EncodeToString(random));
    }
}
