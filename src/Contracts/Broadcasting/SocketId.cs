using System.Buffers.Text;
using System.Security.Cryptography;

namespace TypedSocketRedis;

/// <summary>The public id of one socket in one namespace: exactly 20 characters of <c>A-Za-z0-9-_</c>.</summary>
/// <remarks>It is also the name of the room that contains only that socket. It is not a secret.</remarks>
public readonly record struct SocketId
{
    private const int RandomBytes = 15;

    private readonly string? _value;

    private SocketId(string value) => _value = value;

    /// <summary>Returns the id as text, which is empty for the default value.</summary>
    public override string ToString() => _value ?? "";

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
