using System.ComponentModel;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis;

/// <summary>A target to which the events of a contract can be sent. The generated methods extend it.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEventTarget<TEvents>
{
    /// <summary>Sends an event without awaiting its delivery; never blocks, and never throws for a failed delivery.</summary>
    /// <param name="data">The encoded event, valid until the call returns.</param>
    void Send(EventData data);

    /// <summary>Sends an event; completes when local queues contain it and Redis, if configured, has accepted it.</summary>
    /// <param name="data">The encoded event, valid until the method returns its task.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The event is sent in any case.</param>
    /// <returns>A task that completes when the event is handed over.</returns>
    ValueTask SendAsync(EventData data, CancellationToken cancellationToken);

    /// <summary>Sends an event and requests an acknowledgement from its only receiver.</summary>
    /// <typeparam name="T">The type of the acknowledgement.</typeparam>
    /// <param name="data">The encoded event, valid until the call returns.</param>
    /// <param name="read">The reader of the acknowledgement.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The acknowledgement. The task fails with an <see cref="AckException"/> if it is not received, and with an
    /// <see cref="InvalidOperationException"/> if there are several receivers.</returns>
    /// <exception cref="NotSupportedException">The target cannot receive acknowledgements.</exception>
    Task<T> SendWithAckAsync<T>(EventData data, AckReader<T> read, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Acknowledgements are not supported by this target.");
}

/// <summary>A target with several receivers. The generated methods of events with acknowledgements extend it.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBroadcastTarget<TEvents> : IEventTarget<TEvents>
{
    /// <summary>Sends an event and requests an acknowledgement from every receiver.</summary>
    /// <typeparam name="T">The type of the acknowledgement.</typeparam>
    /// <param name="data">The encoded event, valid until the call returns.</param>
    /// <param name="read">The reader of an acknowledgement.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The acknowledgements.</returns>
    /// <exception cref="NotSupportedException">The target cannot receive acknowledgements.</exception>
    Acks<T> SendWithAck<T>(EventData data, AckReader<T> read, CancellationToken cancellationToken);
}
