using System.Runtime.CompilerServices;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis;

/// <summary>
/// The acknowledgements of an event that was sent to several receivers. Await it to get all of them, or enumerate it to get each as it
/// arrives.
/// </summary>
/// <remarks>
/// <para>The event was sent once, when the method returned this object; awaiting and enumerating only read, any number of times and in
/// any order.</para>
/// <para>The wait ends when every receiver has acknowledged or disconnected, at the latest after the timeout of
/// <see cref="IBroadcast{TEvents}.WithTimeout"/>. Default: 10 seconds.</para>
/// <list type="bullet">
/// <item><c>await</c> returns all acknowledgements, or throws an <see cref="AckException{T}"/> with those that were received.</item>
/// <item><see cref="ToResultAsync"/> returns the acknowledgements received and the number of missing ones.</item>
/// <item><c>await foreach</c> returns each as it arrives and ends with the wait.</item>
/// </list>
/// </remarks>
/// <typeparam name="T">The type of the acknowledgement.</typeparam>
/// <example><code>
/// IReadOnlyList&lt;Vote&gt; all = await clock.To("a").WithTimeout(TimeSpan.FromSeconds(2)).Who("?");
/// </code></example>
public sealed class Acks<T> : IAsyncEnumerable<T>
{
    private readonly AckCollector<T> _collector;

    internal Acks(AckCollector<T> collector) => _collector = collector;

    /// <summary>Returns the awaiter of all acknowledgements.</summary>
    /// <returns>The awaiter.</returns>
    public TaskAwaiter<IReadOnlyList<T>> GetAwaiter() => ToListAsync().GetAwaiter();

    /// <summary>Returns a task for all acknowledgements, which can be combined with others.</summary>
    /// <returns>The acknowledgements, in the order in which they were received.</returns>
    /// <exception cref="AckException{T}">
    /// Not every receiver acknowledged; the exception contains the received acknowledgements.
    /// </exception>
    /// <exception cref="OperationCanceledException">The event's cancellation token canceled the wait.</exception>
    public Task<IReadOnlyList<T>> ToListAsync() => _collector.AllAsync();

    /// <summary>Awaits the end of the wait, even if not every receiver has acknowledged.</summary>
    /// <returns>The acknowledgements that were received, and the number of missing ones.</returns>
    /// <exception cref="OperationCanceledException">The event's cancellation token canceled the wait.</exception>
    public Task<AckResult<T>> ToResultAsync() => _collector.ResultAsync();

    /// <summary>Enumerates the acknowledgements as they arrive, starting with the first.</summary>
    /// <param name="cancellationToken">The token that cancels the enumeration. The wait continues.</param>
    /// <returns>The acknowledgements. The enumeration ends with the wait, also if it timed out.</returns>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        _collector.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
}
