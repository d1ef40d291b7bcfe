using System.Collections.Concurrent;

namespace TypedSocketRedis.Protocol;

/// <summary>Reports what <c>async void</c> handlers throw after their first <c>await</c>, which would end the process.</summary>
/// <remarks>The runtime posts such an exception to the context that was current when the handler was called.</remarks>
/// <param name="name">The event that is handled.</param>
/// <param name="failed">Receives the event and the exception.</param>
internal sealed class AsyncVoidContext(string name, Action<string, Exception> failed) : SynchronizationContext
{
    public override SynchronizationContext CreateCopy() => this;

    public override void Send(SendOrPostCallback d, object? state) => Run(d, state);

    public override void Post(SendOrPostCallback d, object? state) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static work => work.Context.Run(work.Callback, work.State), (Context: this, Callback: d, State: state), preferLocal: false);

    private void Run(SendOrPostCallback callback, object? state)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken.IsCancellationRequested)
        {
            // The handler stopped because its client has disconnected.
        }
        catch (Exception exception)
        {
            failed(name, exception);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}

/// <summary>The contexts of the events that one receiver handles.</summary>
/// <param name="failed">Receives the event and the exception.</param>
internal sealed class AsyncVoidContexts(Action<string, Exception> failed)
{
    private ConcurrentDictionary<string, AsyncVoidContext>? _all;

    /// <summary>The context of an event that the application has a handler of.</summary>
    public AsyncVoidContext Of(string name) =>
        (_all ?? Interlocked.CompareExchange(ref _all, new(StringComparer.Ordinal), null) ?? _all).GetOrAdd(
            name, static (added, failed) => new AsyncVoidContext(added, failed), failed);
}
