using System.ComponentModel;

namespace TypedSocketRedis.CompilerServices;

/// <summary>A receiver of the events of a contract. The events are its generated extension methods.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEventTarget<TEvents>
    where TEvents : class
{
    /// <summary>Sends an event without awaiting its delivery; never blocks, and never throws for a failed delivery.</summary>
    /// <typeparam name="TEvent">The type of the event.</typeparam>
    /// <param name="e">The event.</param>
    /// <exception cref="ArgumentException">An argument of the event cannot be sent.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    void Send<TEvent>(TEvent e)
        where TEvent : struct, ISocketEvent<TEvents>;

    /// <summary>Sends an event; completes when local queues contain it and Redis, if configured, has accepted it.</summary>
    /// <typeparam name="TEvent">The type of the event.</typeparam>
    /// <param name="e">The event.</param>
    /// <param name="cancellationToken">The token that cancels the wait. The event is sent in any case.</param>
    /// <returns>A task that completes when the event is handed over; it fails if Redis does not accept the event.</returns>
    /// <exception cref="ArgumentException">An argument of the event cannot be sent.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    ValueTask SendAsync<TEvent>(TEvent e, CancellationToken cancellationToken)
        where TEvent : struct, ISocketEvent<TEvents>;
}

/// <summary>Receivers of the events of a contract, each of which acknowledges for itself.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBroadcastTarget<TEvents> : IEventTarget<TEvents>
    where TEvents : class
{
    /// <summary>Sends an event and requests an acknowledgement from every receiver.</summary>
    /// <typeparam name="TEvent">The type of the event.</typeparam>
    /// <typeparam name="T">The type of the acknowledgement.</typeparam>
    /// <param name="e">The event.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The acknowledgements.</returns>
    /// <exception cref="ArgumentException">An argument of the event cannot be sent.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    Acks<T> SendWithAck<TEvent, T>(TEvent e, CancellationToken cancellationToken)
        where TEvent : struct, ISocketEvent<TEvents, T>;
}
