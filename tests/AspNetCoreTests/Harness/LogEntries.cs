using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>Keeps what a server logs.</summary>
internal sealed class LogEntries : ILoggerProvider
{
    private readonly ConcurrentQueue<(int Id, Exception? Exception)> _entries = new();

    /// <summary>The exceptions of one kind of entry, in order.</summary>
    public IReadOnlyList<Exception?> Of(int id) => [.. _entries.Where(entry => entry.Id == id).Select(entry => entry.Exception)];

    public ILogger CreateLogger(string categoryName) => new Logger(_entries);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<(int Id, Exception? Exception)> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue((eventId.Id, exception));
    }
}
