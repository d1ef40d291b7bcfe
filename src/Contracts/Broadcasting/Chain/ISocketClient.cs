using System.ComponentModel;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis;

/// <summary>One client as the receiver of a contract's events. The events are its generated extension methods.</summary>
/// <remarks>
/// <para>Events sent to the client, and events broadcast to it, arrive in the order of the calls.</para>
/// <para>An event with a result returns a task for the client's acknowledgement. It fails with an <see cref="AckException"/> if the
/// client does not acknowledge in time, disconnects, or sends a value of another form.</para>
/// </remarks>
/// <typeparam name="TEvents">The contract, or <see cref="AnyEvents"/> for events without one.</typeparam>
public interface ISocketClient<TEvents> : IEventTarget<TEvents>
    where TEvents : class
{
    /// <summary>Allows the event to be dropped if the client is not ready to receive it.</summary>
    /// <returns>The changed receiver.</returns>
    ISocketClient<TEvents> Volatile();

    /// <summary>Allows or forbids the transport to compress the event.</summary>
    /// <param name="compress">True to allow compression, false to forbid it.</param>
    /// <returns>The changed receiver.</returns>
    ISocketClient<TEvents> Compress(bool compress);

    /// <summary>Sets the timeout for the acknowledgement. Default: 10 seconds.</summary>
    /// <param name="timeout">The time to wait for the acknowledgement after the event is sent. Must be positive and at most one
    /// day.</param>
    /// <returns>The changed receiver.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is not positive, or longer than one day.</exception>
    ISocketClient<TEvents> WithTimeout(TimeSpan timeout);

    /// <summary>Sends an event and requests its acknowledgement.</summary>
    /// <typeparam name="TEvent">The type of the event.</typeparam>
    /// <typeparam name="T">The type of the acknowledgement.</typeparam>
    /// <param name="e">The event.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The acknowledgement.</returns>
    /// <exception cref="ArgumentException">An argument of the event cannot be sent.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    Task<T> SendWithAckAsync<TEvent, T>(TEvent e, CancellationToken cancellationToken)
        where TEvent : struct, ISocketEvent<TEvents, T>;
}
