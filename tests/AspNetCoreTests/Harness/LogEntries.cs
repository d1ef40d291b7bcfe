using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>A logger provider that keeps the log entries of a server.</summary>
internal sealed class LogEntries : ILoggerProvider
{
    // Each server of these tests is the only node, and says so at its start.
    private const int ServerWithoutAdapter = 2117;

    private readonly ConcurrentQueue<Entry> _entries = new();

    /// <summary>Returns the exceptions of the entries with an event id, in order.</summary>
    public IReadOnlyList<Exception?> Of(int id) => [.. _entries.Where(entry => entry.Id == id).Select(entry => entry.Exception)];

    /// <summary>Returns the texts of the entries with an event id and a level, in order.</summary>
    public IReadOnlyList<string> Texts(int id, LogLevel level) =>
        [.. _entries.Where(entry => entry.Id == id && entry.Level == level).Select(entry => entry.Text)];

    /// <summary>Gets the entries of level <see cref="LogLevel.Error"/> and above, of every category.</summary>
    public IReadOnlyList<string> Errors =>
        [.. _entries.Where(entry => entry.Level >= LogLevel.Error)
            .Select(entry => $"{entry.Category}[{entry.Id}] {entry.Text} {entry.Exception}")];

    /// <summary>Gets the library's own entries above <see cref="LogLevel.Debug"/>, without that of the start.</summary>
    public IReadOnlyList<string> Own => [.. _entries
        .Where(entry => entry.Level > LogLevel.Debug && entry.Id != ServerWithoutAdapter)
        .Where(entry => entry.Category.StartsWith("TypedSocketRedis", StringComparison.Ordinal))
        .Select(entry => $"{entry.Category}[{entry.Id}] {entry.Text} {entry.Exception}")];

    /// <summary>Gets the library's own entries of all levels.</summary>
    public IReadOnlyList<string> Everything => [.. _entries
        .Where(entry => entry.Category.StartsWith("TypedSocketRedis", StringComparison.Ordinal))
        .Select(entry => $"{entry.Category}[{entry.Id}] {entry.Text} {entry.Exception}")];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _entries);

    public void Dispose()
    {
    }

    private sealed record Entry(LogLevel Level, string Category, int Id, string Text, Exception? Exception);

    private sealed class Logger(string category, ConcurrentQueue<Entry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
            string> formatter) =>
            entries.Enqueue(new Entry(logLevel, category, eventId.Id, formatter(state, exception), exception));
    }
}
