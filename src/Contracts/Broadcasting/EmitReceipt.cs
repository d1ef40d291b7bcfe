namespace TypedSocketRedis;

/// <summary>
/// Records the number of connections to which Redis passed an awaited event; see <see cref="IBroadcast{TEvents}.WithReceipt"/>.
/// </summary>
/// <example><code>
/// var receipt = new EmitReceipt();
/// await io.Of&lt;IClockEvents&gt;().To("utc").WithReceipt(receipt).PriceChanged(price);
/// if (receipt.Connections == 0) …      // no server received it
/// </code></example>
public sealed class EmitReceipt
{
    private const long None = -1;

    private long _connections = None;

    /// <summary>
    /// The number of subscribed connections to which Redis passed the last event: one for each subscribed server, including the sending
    /// one.
    /// </summary>
    /// <value>Null before an awaited event has completed, if Redis is not used, and if <c>To</c> had an empty list of rooms.</value>
    public long? Connections => Interlocked.Read(ref _connections) is var connections and not None ? connections : null;

    internal void Clear() => Interlocked.Exchange(ref _connections, None);

    internal async Task TakeAsync(Task<long> published) => Interlocked.Exchange(ref _connections, await published.ConfigureAwait(false));
}
