using System.Runtime.CompilerServices;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Describes why Redis is not connected, in words and as an exception.</summary>
internal static class RedisReason
{
    /// <summary>
    /// Returns the reason in one line: the text of the server or the system, without the client library's words around it.
    /// </summary>
    public static string Text(Exception? reason)
    {
        if (reason is null) return "the reason is not known";
        if (reason is RedisServerException or TimeoutException or IOException { InnerException: not AuthenticationException })
            return reason.Message;
        var innermost = reason;
        while (innermost.InnerException is { } inner) innermost = inner;

        // The client library's own text ends with counters that differ each time.
        return innermost is RedisConnectionException { FailureType: var type } ? $"the connection failed ({type})" : innermost.Message;
    }

    /// <summary>Returns the exception of a log entry that has the reason as text: none, unless the level Debug is enabled.</summary>
    public static Exception? Details(ILogger logger, Exception? reason) => logger.IsEnabled(LogLevel.Debug) ? reason : null;

    /// <summary>Returns <c>true</c> for an exception of the client library about a command that cannot be sent or fails.</summary>
    /// <remarks><see cref="RedisCommandException"/>, for a command that the connection or its configuration does not allow, is no
    /// <see cref="RedisException"/>.</remarks>
    public static bool IsFailure(Exception exception) =>
        exception is RedisException or RedisCommandException or ObjectDisposedException or TimeoutException;

    /// <summary>Returns <c>true</c> if connecting again cannot help: a credential or certificate has to be changed first.</summary>
    public static bool IsPermanent(Exception? reason)
    {
        for (var one = reason; one is not null; one = one.InnerException)
        {
            if (one is AuthenticationException or RedisTlsException) return true;
            if (one is RedisServerException && IsRefusal(one.Message)) return true;
            if (one is RedisConnectionException && one.InnerException is { } inner
                && inner.Message.Contains("NOAUTH", StringComparison.Ordinal)) return true;
        }

        return false;
    }

    /// <summary>Creates the exception that is thrown instead of waiting for a disconnected Redis.</summary>
    public static RedisConnectionException NotConnected(Exception? reason) => new(
        IsPermanent(reason) ? ConnectionFailureType.AuthenticationFailure : ConnectionFailureType.UnableToConnect,
        CommandFlags.None,
        reason is null ? "Redis is not connected." : $"Redis is not connected: {Text(reason)}",
        reason);

    /// <summary>Returns the configuration of an application's connection, or null if it is not available.</summary>
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
        || message.StartsWith("NOPERM", StringComparison.Ordinal)
            || (message.StartsWith("ERR", StringComparison.Ordinal) && message.Contains("AUTH", StringComparison.Ordinal));

    // There is no public access to it; if it is removed, the features that need it are disabled.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_RawConfig")]
    private static extern ConfigurationOptions RawConfig(ConnectionMultiplexer multiplexer);
}
