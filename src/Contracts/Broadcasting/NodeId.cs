using System.Security.Cryptography;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The id of the publisher of a message, which is one adapter of one process; on the wire <c>uid</c>.</summary>
internal readonly record struct NodeId
{
    private const int Length = 6;
    private const int LongLength = 16;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private readonly string? _value;

    private NodeId(string value) => _value = value;

    /// <summary>The uid that all emitters share. Only requests with a response name an id of the emitter's own, for the response.</summary>
    public static NodeId Emitter { get; } = new("emitter");

    /// <summary>Creates an id of 36 random bits, six characters of <c>A-Za-z0-9-_</c>, in the form of classic adapters.</summary>
    public static NodeId Create() => new(RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>Creates an id of 64 random bits, 16 hexadecimal digits, in the form of sharded adapters.</summary>
    public static NodeId CreateLong() => new(RandomNumberGenerator.GetHexString(LongLength, lowercase: true));

    public override string ToString() => _value ?? "";
}
