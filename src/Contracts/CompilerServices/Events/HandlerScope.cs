using System.ComponentModel;

namespace TypedSocketRedis.CompilerServices;

/// <summary>The scope of the call of a handler without a task, which reports exceptions of <c>async void</c> handlers; used by generated
/// code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HandlerScope : IDisposable
{
    private readonly AsyncVoidContext? _context;
    private readonly SynchronizationContext? _before;

    /// <summary>Begins the scope.</summary>
    /// <param name="incoming">The event.</param>
    public HandlerScope(IncomingEvent incoming)
        : this(incoming.Failed is { } failed ? new AsyncVoidContext(incoming.Name, incoming.Sender, failed) : null)
    {
    }

    internal HandlerScope(AsyncVoidContext? context)
    {
        if (context is null) return;
        _before = SynchronizationContext.Current;
        _context = context;
        SynchronizationContext.SetSynchronizationContext(_context);
    }

    /// <summary>Ends the scope.</summary>
    public void Dispose()
    {
        if (_context is not null) SynchronizationContext.SetSynchronizationContext(_before);
    }
}
