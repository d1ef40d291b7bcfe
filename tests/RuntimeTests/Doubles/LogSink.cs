using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A logger that records texts, states, scopes and exceptions.</summary>
internal sealed class LogSink : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, int Id, string Text)> _entries = new();
    private readonly ConcurrentQueue<string> _all = new();

    /// <summary>Gets the lowest level that is recorded.</summary>
    public LogLevel Minimum { get; init; } = LogLevel.Trace;

    public IReadOnlyList<(LogLevel Level, int Id, string Text)> Entries => [.. _entries];

    /// <summary>Gets all recorded values as one string.</summary>
    public string All => string.Join('\n', _all);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        Keep(state);
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => logLevel >= Minimum;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
        string> formatter)
    {
        var text = formatter(state, exception);
        Keep(state);
        _all.Enqueue(text);
        _all.Enqueue($"{exception}");
        _entries.Enqueue((logLevel, eventId.Id, text));
    }

    public void Dispose()
    {
    }

    private void Keep<TState>(TState state)
    {
        _all.Enqueue($"{state}");
        if (state is not IEnumerable<KeyValuePair<string, object?>> pairs) return;
        foreach (var (name, value) in pairs) _all.Enqueue($"{name}={value}");
    }
}
