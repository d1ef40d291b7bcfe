using Microsoft.Extensions.Logging;

namespace TypedSocketRedis.Tests;

/// <summary>Waits for the log entry by which a namespace says that its subscription hears itself: from then on nothing is lost.</summary>
/// <param name="namespaces">How many namespaces have to say so.</param>
internal sealed class HearingLog(int namespaces) : ILoggerProvider, ILogger
{
    private const int SubscriptionVerified = 1207;

    private readonly TaskCompletionSource<bool> _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing = namespaces;

    public Task AllAsync() => Patience.ForAsync(_all.Task, () => "every namespace to hear itself over Redis");

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
