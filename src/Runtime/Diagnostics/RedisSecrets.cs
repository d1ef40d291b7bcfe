using System.Collections.Immutable;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Removes the passwords of a connection from texts and exceptions that are about to be logged, thrown or reported.</summary>
/// <remarks>Redis itself quotes a password: before version 6, or with AUTH renamed, it replies "unknown command … with args beginning
/// with".</remarks>
internal sealed class RedisSecrets
{
    private const string Mask = "*****";

    // Passwords that change are kept, because what Redis or an exception quotes may be one of before.
    private const int MaxSecrets = 16;

    private readonly ConfigurationOptions? _options;
    private ImmutableArray<string> _secrets = [];

    /// <summary>Creates the secrets of a configuration; null has none.</summary>
    public RedisSecrets(ConfigurationOptions? options)
    {
        _options = options;
        Refresh();
    }

    /// <summary>Returns the text with each secret masked.</summary>
    public string Clean(string text) =>
        Refresh().Aggregate(text, static (cleaned, secret) => cleaned.Replace(secret, Mask, StringComparison.Ordinal));

    /// <summary>Returns the exception, or a copy without the secret and without inner exceptions.</summary>
    public Exception Clean(Exception exception)
    {
        var secrets = Refresh();
        if (secrets.IsEmpty) return exception;
        var text = exception.ToString();
        if (!secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal))) return exception;
        return exception switch
        {
            RedisServerException { Kind: var kind, Flags: var flags } => new RedisServerException(kind, flags, Clean(exception.Message)),
            RedisConnectionException { FailureType: var type } =>
                new RedisConnectionException(type, CommandFlags.None, Clean(exception.Message)),
            TimeoutException => new TimeoutException(Clean(exception.Message)),
            _ => new RedisException(Clean(exception.Message)),
        };
    }

    /// <summary>Adds the passwords of now, which the application can change, and returns all.</summary>
    private ImmutableArray<string> Refresh()
    {
        string?[] passwords;
        try
        {
            passwords = [_options?.Password, _options?.SentinelPassword];
        }
        catch (Exception)
        {
            // The provider of the password is the application's; its failure is reported by the connection that needs it.
            return _secrets;
        }

        var added = passwords
            .Where(password => !string.IsNullOrEmpty(password))
            .SelectMany(password => new[] { password!, Uri.EscapeDataString(password!) })
            .Except(_secrets, StringComparer.Ordinal)
            .ToArray();
        if (added.Length > 0)
        {
            ImmutableInterlocked.Update(ref _secrets, all =>
                [.. all.Concat(added).Distinct(StringComparer.Ordinal).TakeLast(MaxSecrets).OrderByDescending(secret => secret.Length)]);
        }

        return _secrets;
    }
}
