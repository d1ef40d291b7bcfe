namespace TypedSocketRedis.Namespaces;

/// <summary>Reports exceptions that <c>async void</c> handlers throw after their first <c>await</c>, which would end the process.</summary>
/// <remarks>The runtime posts such an exception to the context that was current when the handler was called.</remarks>
/// <param name="failed">The receiver of exceptions.</param>
internal sealed class AsyncVoidContext(Action<Exception> failed) : SynchronizationContext
{
    public override SynchronizationContext CreateCopy() => this;

    public override void Send(SendOrPostCallback d, object? state)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            d(state);
        }
        catch (Exception exception)
        {
            failed(exception);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static work => work.Context.Send(work.Callback, work.State), (Context: this, Callback: d, State: state), preferLocal: false);
}
