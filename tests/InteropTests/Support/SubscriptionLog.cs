using Microsoft.Extensions.Logging;

namespace TypedSocketRedis.Tests;

/// <summary>A log that waits until the subscription of each namespace is verified; from then on no message is lost.</summary>
/// <param name="namespaces">The number of namespaces.</param>
internal sealed class SubscriptionLog(int namespaces) : ILoggerProvider, ILogger
{
    private const int SubscriptionVerified = 1207;

    private readonly TaskCompletionSource<bool> _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing = namespaces;

    public Task AllAsync() => Patience.ForAsync(_all.Task, () => "every namespace to receive its own probe over Redis");

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == SubscriptionVerified && Interlocked.Decrement(ref _missing) == 0) _all.TrySetResult(true);
    }

    public void Dispose()
    {
    }
}
