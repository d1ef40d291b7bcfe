using System.Threading.Channels;

namespace TypedSocketRedis.Broadcasting;

/// <summary>A bounded queue of notifications, which are handled on a pool thread, one after the other in their order.</summary>
/// <typeparam name="T">The type of the notifications.</typeparam>
/// <param name="handle">The handler of a notification, which does not throw.</param>
/// <param name="overflowed">The callback that reports the number of dropped notifications; runs on a pool thread.</param>
internal sealed class NotificationQueue<T>(Func<T, Task> handle, Action<long> overflowed)
{
    /// <summary>The maximum number of queued notifications.</summary>
    public const int MaxWaiting = 10_000;

    private readonly Channel<T> _waiting = Channel.CreateBounded<T>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private long _dropped;
    private volatile bool _ended;

    /// <summary>Starts to handle notifications, without the execution context of the caller.</summary>
    /// <returns>The queue.</returns>
    public NotificationQueue<T> Start()
    {
        ThreadPool.UnsafeQueueUserWorkItem(static queue => _ = queue.RunAsync(), this, preferLocal: false);
        return this;
    }

    /// <summary>Adds a notification, or drops it if too many are queued; never blocks, never throws.</summary>
    public void Add(T notification)
    {
        if (_waiting.Writer.TryWrite(notification) || _ended) return;
        if (Interlocked.Increment(ref _dropped) == 1)
            ThreadPool.UnsafeQueueUserWorkItem(static queue => queue.ReportDropped(), this, preferLocal: false);
    }

    /// <summary>Drops the queued notifications, and those added later.</summary>
    public void End()
    {
        _ended = true;
        _waiting.Writer.TryComplete();
    }

    private void ReportDropped() => overflowed(Interlocked.Exchange(ref _dropped, 0));

    private async Task RunAsync()
    {
        await foreach (var notification in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (_ended) return;
            await handle(notification).ConfigureAwait(false);
        }
    }
}
