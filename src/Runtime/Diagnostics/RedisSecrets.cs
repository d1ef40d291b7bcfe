using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Removes the passwords of a connection from texts and exceptions that are about to be logged, thrown or reported.</summary>
/// <remarks>Redis itself quotes a password: before version 6, or with AUTH renamed, it replies "unknown command … with args beginning
/// with".</remarks>
internal sealed class RedisSecrets
{
    private const string Mask = "*****";

    private readonly string[] _secrets;

    /// <summary>Creates the secrets of a configuration; null has none.</summary>
    public RedisSecrets(ConfigurationOptions? options)
    {
        string?[] passwords = [options?.Password, options?.SentinelPassword];
        _secrets = [.. passwords
            .Where(password => !string.IsNullOrEmpty(password))
            .SelectMany(password => new[] { password!, Uri.EscapeDataString(password!) })
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(secret => secret.Length)];
    }

    /// <summary>Returns the text with each secret masked.</summary>
    public string Clean(string text) =>
        _secrets.Aggregate(text, static (cleaned, secret) => cleaned.Replace(secret, Mask, StringComparison.Ordinal));

    /// <summary>Returns the exception, or a copy without the secret and without inner exceptions.</summary>
    public Exception Clean(Exception exception)
    {
        if (_secrets.Length == 0) return exception;
        var text = exception.ToString();
        if (!Array.Exists(_secrets, secret => text.Contains(secret, StringComparison.Ordinal))) return exception;
        return exception switch
        {
            RedisServerException { Kind: var kind, Flags: var flags } => new RedisServerException(kind, flags, Clean(exception.Message)),
            RedisConnectionException { FailureType: var type } =>
                new RedisConnectionException(type, CommandFlags.None, Clean(exception.Message)),
            TimeoutException => new TimeoutException(Clean(exception.Message)),
            _ => new RedisException(Clean(exception.Message)),
        };
    }
}
