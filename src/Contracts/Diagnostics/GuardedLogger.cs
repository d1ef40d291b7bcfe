using Microsoft.Extensions.Logging;

namespace TypedSocketRedis.Broadcasting;

/// <summary>A logger whose providers can throw without effect on the code that logs.</summary>
/// <remarks>Log entries are written by timers, pool threads and steps of the shutdown, where an exception of a provider would end the
/// process.</remarks>
/// <param name="inner">The logger of the application.</param>
internal sealed class GuardedLogger(ILogger inner) : ILogger
{
    /// <summary>Wraps a logger, unless it is already wrapped.</summary>
    public static ILogger Of(ILogger logger) => logger as GuardedLogger ?? new GuardedLogger(logger);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        try
        {
            return inner.BeginScope(state);
        }
        catch (Exception)
        {
            return null;
        }
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // The exception cannot be reported anywhere else.
        }
    }
}

/// <summary>A log scope whose provider can throw without effect on the code that ends it.</summary>
/// <param name="inner">The scope, or null for none.</param>
internal readonly struct GuardedScope(IDisposable? inner) : IDisposable
{
    public void Dispose()
    {
        try
        {
            inner?.Dispose();
        }
        catch (Exception)
        {
            // A provider threw, which must not affect the caller.
        }
    }
}
