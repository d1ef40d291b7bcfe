using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>Decodes the events of a contract and calls an implementation of it; generated code derives from it.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventDispatcher<TEvents>
{
    /// <summary>The names of the contract's events on the wire.</summary>
    public abstract IReadOnlyList<string> Events { get; }

    /// <summary>Handles one event.</summary>
    /// <param name="handler">Whose method is called.</param>
    /// <param name="incoming">One of <see cref="Events"/>.</param>
    /// <returns>The acknowledgement, a MessagePack array; empty when the result was not asked for.</returns>
    /// <exception cref="EventDataException">The arguments are not those of the contract; the message may be shown to who sent them.</exception>
    public abstract ValueTask<ReadOnlyMemory<byte>> DispatchAsync(TEvents handler, IncomingEvent incoming);
}

/// <summary>Something whose events an implementation of a contract can handle; the generated <c>Handle…</c> methods extend it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEventReceiver
{
    /// <summary>Handles the events of a contract, all with one object.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <param name="dispatcher">Decodes the events.</param>
    /// <param name="handler">Handles them.</param>
    void Handle<TEvents>(EventDispatcher<TEvents> dispatcher, TEvents handler) where TEvents : class;
}

/// <summary>Something whose events are handled with one object for each socket; the generated <c>Handle…</c> methods extend it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISocketEventReceiver : IEventReceiver
{
    /// <summary>Handles the events of a contract, those of each socket with an object of its own.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <typeparam name="THandler">Is made from the application's services.</typeparam>
    /// <param name="dispatcher">Decodes the events.</param>
    void Handle<TEvents, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(EventDispatcher<TEvents> dispatcher)
        where TEvents : class
        where THandler : class, TEvents;
}
