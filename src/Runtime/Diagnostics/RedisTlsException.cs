namespace TypedSocketRedis.Redis;

/// <summary>The server and the configuration disagree about TLS; connecting again cannot help.</summary>
/// <param name="message">The disagreement, and the option to change.</param>
internal sealed class RedisTlsException(string message) : IOException(message)
{
    /// <summary>The server expects TLS and the configuration does not use it.</summary>
    public static RedisTlsException Missing() => new("The server expects TLS: use ssl=true or rediss://.");

    /// <summary>The configuration uses TLS and the server does not.</summary>
    public static RedisTlsException Unexpected() =>
        new("The server does not use TLS: remove ssl=true, or use redis:// in place of rediss://.");
}
