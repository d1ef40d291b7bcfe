namespace TypedSocketRedis;

/// <summary>Takes down how many connections Redis passed an awaited event to; see <see cref="Broadcast{TEvents}.WithReceipt"/>.</summary>
/// <example><code>
/// var receipt = new EmitReceipt();
/// await io.Of&lt;IClockEvents&gt;().To("utc").WithReceipt(receipt).PriceChanged(price);
/// if (receipt.Connections == 0) …      // no server heard it
/// </code></example>
public sealed class EmitReceipt
{
    private const long None = -1;

    private long _connections = None;

    /// <summary>The subscribing connections Redis passed the last event to: one for each server that listens, the sending one included.</summary>
    /// <value>
    /// Null before an awaited event has completed, where no Redis is involved, and when <c>To</c> had an empty list of rooms.
    /// </value>
    public long? Connections => Interlocked.Read(ref _connections) is var connections and not None ? connections : null;

    internal void Clear() => Interlocked.Exchange(ref _connections, None);

    internal async Task TakeAsync(Task<long> published) => Interlocked.Exchange(ref _connections, await published.ConfigureAwait(false));
}
