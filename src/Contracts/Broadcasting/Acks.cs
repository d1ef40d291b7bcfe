using System.Runtime.CompilerServices;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis;

/// <summary>The acknowledgements of an event that went to many; await it for all, or enumerate it as they come.</summary>
/// <remarks>
/// <para>The event was sent, once, when the method returned this; awaiting and enumerating only read, in any number and order.</para>
/// <para>The wait ends when every receiver has acknowledged or is gone, at the latest after the timeout of
/// <see cref="Broadcast{TEvents}.WithTimeout"/>, 10 seconds without one.</para>
/// <list type="bullet">
/// <item><c>await</c> gives all acknowledgements, or throws an <see cref="AckException{T}"/> that carries those that came.</item>
/// <item><see cref="ToResultAsync"/> gives what came and says how many are missing.</item>
/// <item><c>await foreach</c> gives them as they come and ends with the wait.</item>
/// </list>
/// </remarks>
/// <typeparam name="T">The acknowledgement.</typeparam>
/// <example><code>
/// IReadOnlyList&lt;Answer&gt; all = await clock.To("a").WithTimeout(TimeSpan.FromSeconds(2)).Who("?");
/// </code></example>
public sealed class Acks<T> : IAsyncEnumerable<T>
{
    private readonly AckCollector<T> _collector;

    internal Acks(AckCollector<T> collector) => _collector = collector;

    /// <summary>Awaits all acknowledgements.</summary>
    /// <returns>What <c>await</c> needs.</returns>
    public TaskAwaiter<IReadOnlyList<T>> GetAwaiter() => ToListAsync().GetAwaiter();

    /// <summary>Awaits all acknowledgements, as a task to combine with others.</summary>
    /// <returns>The acknowledgements, in the order they came.</returns>
    /// <exception cref="AckException{T}">Not every receiver acknowledged; the exception carries the acknowledgements that came.</exception>
    /// <exception cref="OperationCanceledException">The event's cancellation token ended the wait.</exception>
    public Task<IReadOnlyList<T>> ToListAsync() => _collector.AllAsync();

    /// <summary>Awaits the end of the wait, whoever has acknowledged by then.</summary>
    /// <returns>The acknowledgements that came, and how many are missing.</returns>
    /// <exception cref="OperationCanceledException">The event's cancellation token ended the wait.</exception>
    public Task<AckResult<T>> ToResultAsync() => _collector.ResultAsync();

    /// <summary>Reads the acknowledgements as they come, from the first.</summary>
    /// <param name="cancellationToken">Ends this reading, not the wait.</param>
    /// <returns>The acknowledgements; they end with the wait, also when it timed out.</returns>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        _collector.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
}
