using System.Runtime.CompilerServices;
using System.Security.Authentication;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Says why Redis is not connected, in words and as an exception.</summary>
internal static class RedisReason
{
    /// <summary>The reason in one line: what the server or the system said, without the client library's words around it.</summary>
    public static string Text(Exception? reason)
    {
        if (reason is null) return "the reason is not known";
        if (reason is RedisServerException or TimeoutException or IOException { InnerException: not AuthenticationException }) return reason.Message;
        var innermost = reason;
        while (innermost.InnerException is { } inner) innermost = inner;

        // The client library's own text ends with counters that differ each time.
        return innermost is RedisConnectionException { FailureType: var type } ? $"the connection failed ({type})" : innermost.Message;
    }

    /// <summary>Returns <c>true</c> if an exception is one that the client library throws when a command cannot be sent or fails.</summary>
    /// <remarks><see cref="RedisCommandException"/>, for a command that the connection or its configuration does not allow, is no <see cref="RedisException"/>.</remarks>
    public static bool IsFailure(Exception exception) =>
        exception is RedisException or RedisCommandException or ObjectDisposedException or TimeoutException;

    /// <summary>Whether connecting again cannot help: a credential or certificate has to be changed first.</summary>
    public static bool IsPermanent(Exception? reason)
    {
        for (var one = reason; one is not null; one = one.InnerException)
        {
            if (one is AuthenticationException or RedisTlsException) return true;
            if (one is RedisServerException && IsRefusal(one.Message)) return true;
            if (one is RedisConnectionException && one.InnerException is { } inner && inner.Message.Contains("NOAUTH", StringComparison.Ordinal)) return true;
        }

        return false;
    }

    /// <summary>What is thrown instead of waiting for a Redis that is away.</summary>
    public static RedisConnectionException NotConnected(Exception? reason) => new(
        IsPermanent(reason) ? ConnectionFailureType.AuthenticationFailure : ConnectionFailureType.UnableToConnect,
        CommandFlags.None,
        reason is null ? "Redis is not connected." : $"Redis is not connected: {Text(reason)}",
        reason);

    /// <summary>What a connection of the application was made with; null when it does not say.</summary>
    public static ConfigurationOptions? OptionsOf(IConnectionMultiplexer multiplexer)
    {
        try
        {
            return multiplexer is ConnectionMultiplexer known ? RawConfig(known) : ConfigurationOptions.Parse(multiplexer.Configuration);
        }
        catch (Exception exception) when (exception is MissingMethodException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    private static bool IsRefusal(string message) =>
        message.StartsWith("WRONGPASS", StringComparison.Ordinal) || message.StartsWith("NOAUTH", StringComparison.Ordinal)
        || message.StartsWith("NOPERM", StringComparison.Ordinal) || (message.StartsWith("ERR", StringComparison.Ordinal) && message.Contains("AUTH", StringComparison.Ordinal));

    // There is no public way to it; should it go away, what it is used for goes without.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_RawConfig")]
    private static extern ConfigurationOptions RawConfig(ConnectionMultiplexer multiplexer);
}
