using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis;

/// <summary>Decodes the events of a contract and calls an implementation of it. Generated code derives from this class.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventDispatcher<TEvents>
{
    /// <summary>The names of the contract's events on the wire.</summary>
    public abstract IReadOnlyList<string> Events { get; }

    /// <summary>Handles one event.</summary>
    /// <param name="handler">The implementation whose method is called.</param>
    /// <param name="incoming">The event, which is one of <see cref="Events"/>.</param>
    /// <returns>The acknowledgement, a MessagePack array, or empty if no acknowledgement was requested.</returns>
    /// <exception cref="EventDataException">The arguments do not match the contract. The message can be sent to the sender of the
    /// event.</exception>
    public abstract ValueTask<ReadOnlyMemory<byte>> DispatchAsync(TEvents handler, IncomingEvent incoming);
}

/// <summary>A receiver of events that an implementation of a contract can handle. The generated <c>Handle…</c> methods extend it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEventReceiver
{
    /// <summary>Handles the events of a contract with one object.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <param name="dispatcher">The decoder of the events.</param>
    /// <param name="handler">The object that handles the events.</param>
    void Handle<TEvents>(EventDispatcher<TEvents> dispatcher, TEvents handler) where TEvents : class;
}

/// <summary>A receiver of events that can be handled with one object per socket. The generated <c>Handle…</c> methods extend it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISocketEventReceiver : IEventReceiver
{
    /// <summary>Handles the events of a contract with one object per socket.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <typeparam name="THandler">The type of the objects, which are created from the application's services.</typeparam>
    /// <param name="dispatcher">The decoder of the events.</param>
    void Handle<TEvents,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(EventDispatcher<TEvents> dispatcher)
        where TEvents : class
        where THandler : class, TEvents;
}
