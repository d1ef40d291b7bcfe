namespace TypedSocketRedis.Namespaces;

/// <summary>Reports exceptions that <c>async void</c> handlers throw after their first <c>await</c>, which would end the process.</summary>
/// <remarks>The runtime posts such an exception to the context that was current when the handler was called.</remarks>
/// <param name="failed">The receiver of exceptions.</param>
internal sealed class AsyncVoidContext(Action<Exception> failed) : SynchronizationContext
{
    /// <summary>Calls a handler in this context; throws what the handler throws before its first <c>await</c>.</summary>
    public void Call<T>(Action<T> handler, T argument)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            handler(argument);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override SynchronizationContext CreateCopy() => this;

    public override void Send(SendOrPostCallback d, object? state) => Run(d, state);

    public override void Post(SendOrPostCallback d, object? state) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static work => work.Context.Run(work.Callback, work.State), (Context: this, Callback: d, State: state), preferLocal: false);

    private void Run(SendOrPostCallback callback, object? state)
    {
        try
        {
            Call(static work => work.callback(work.state), (callback, state));
        }
        catch (Exception exception)
        {
            failed(exception);
        }
    }
}
