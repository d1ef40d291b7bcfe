using System.ComponentModel;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>Something the events of a contract can be sent to; the generated methods extend it.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEventTarget<TEvents>
{
    /// <summary>Sends an event and awaits nothing; never blocks and never throws for what happens behind it.</summary>
    /// <param name="data">The encoded event, lent for this call.</param>
    void Send(EventData data);

    /// <summary>Sends an event; completes when local queues hold it and Redis, if there is one, accepted it.</summary>
    /// <param name="data">The encoded event, lent until the method returns its task.</param>
    /// <param name="cancellationToken">Ends the wait, not the sending.</param>
    /// <returns>The hand-over.</returns>
    ValueTask SendAsync(EventData data, CancellationToken cancellationToken);

    /// <summary>Sends an event whose only receiver is to acknowledge it.</summary>
    /// <typeparam name="T">The acknowledgement.</typeparam>
    /// <param name="data">The encoded event, lent for this call.</param>
    /// <param name="read">Reads the acknowledgement.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The acknowledgement; fails with an <see cref="AckException"/> when it does not come, and with an
    /// <see cref="InvalidOperationException"/> when there are several receivers.</returns>
    /// <exception cref="NotSupportedException">The target sends only.</exception>
    Task<T> AskAsync<T>(EventData data, AnswerReader<T> read, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Acknowledgements are not supported by this target.");
}

/// <summary>A target of many receivers; the generated methods of events that are acknowledged extend it.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBroadcastTarget<TEvents> : IEventTarget<TEvents>
{
    /// <summary>Sends an event that every receiver is to acknowledge.</summary>
    /// <typeparam name="T">The acknowledgement.</typeparam>
    /// <param name="data">The encoded event, lent for this call.</param>
    /// <param name="read">Reads an acknowledgement.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The acknowledgements, as they come.</returns>
    /// <exception cref="NotSupportedException">Nobody's acknowledgement could come back here.</exception>
    Acks<T> Ask<T>(EventData data, AnswerReader<T> read, CancellationToken cancellationToken);
}
