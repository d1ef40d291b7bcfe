namespace TypedSocketRedis.CompilerServices;

/// <summary>Reports exceptions that <c>async void</c> handlers throw after their first <c>await</c>, which would end the process.</summary>
/// <remarks>
/// The runtime posts such an exception to the context that was current when the handler was called. There is one for each call, and none
/// is used again: code that captured it can report long after the handler has returned.
/// </remarks>
/// <param name="name">The event that is handled.</param>
/// <param name="sender">The socket that the event came from, or null if it came from none.</param>
/// <param name="failed">The receiver of exceptions.</param>
internal sealed class AsyncVoidContext(string name, object? sender, AsyncVoidFailure failed) : SynchronizationContext
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
        catch (Exception exception)
        {
            failed(sender, name, exception);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}

/// <summary>Reports the exception of an <c>async void</c> handler.</summary>
/// <param name="sender">The socket that the event came from, or null if it came from none.</param>
/// <param name="name">The event.</param>
/// <param name="exception">The exception.</param>
internal delegate void AsyncVoidFailure(object? sender, string name, Exception exception);
