using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A logger that records the entries of all categories.</summary>
internal sealed class RecordingLogger : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<int> _ids = new();
    private readonly ConcurrentDictionary<int, string> _texts = new();

    public IReadOnlyList<int> Ids => [.. _ids];

    public int Count(int id) => _ids.Count(one => one == id);

    /// <summary>Returns the text of the last entry with an id.</summary>
    public string Text(int id) => _texts[id];

    /// <summary>Returns the number of entries of each id, and the text of the last one.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine, _ids.CountBy(id => id).OrderBy(one => one.Key).Select(one => $"{one.Key} ({one.Value}): {Text(one.Key)}"));

    /// <summary>The categories that loggers were created for.</summary>
    public ConcurrentQueue<string> Categories { get; } = new();

    public ILogger CreateLogger(string categoryName)
    {
        Categories.Enqueue(categoryName);
        return this;
    }

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
        string> formatter)
    {
        _texts[eventId.Id] = formatter(state, exception);
        _ids.Enqueue(eventId.Id);
    }

    public void Dispose()
    {
    }
}
