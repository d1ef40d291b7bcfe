using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TypedSocketRedis.CompilerServices;

/// <summary>Decodes the events of a contract and calls an implementation of it. Generated code derives from this class.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventDispatcher<TEvents>
    where TEvents : class
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

/// <summary>The generated dispatchers of contracts; generated code adds each when its assembly is loaded.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EventDispatchers
{
    /// <summary>Adds the dispatcher of a contract.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <param name="dispatcher">The dispatcher.</param>
    public static void Add<TEvents>(EventDispatcher<TEvents> dispatcher)
        where TEvents : class => Known<TEvents>.Dispatcher = dispatcher;

    /// <summary>Returns the dispatcher of a contract.</summary>
    /// <exception cref="InvalidOperationException">No dispatcher was generated for the contract.</exception>
    internal static EventDispatcher<TEvents> Of<TEvents>()
        where TEvents : class
    {
        // The assembly of the contract may not have run any of its code yet.
        if (Known<TEvents>.Dispatcher is null) RuntimeHelpers.RunModuleConstructor(typeof(TEvents).Module.ModuleHandle);
        return Known<TEvents>.Dispatcher ?? throw new InvalidOperationException(
            $"{typeof(TEvents)} cannot be handled: apply [SocketCommands] or [ServerEvents] to it, and reference "
            + "TypedSocketRedis.Contracts in its project.");
    }

    private static class Known<TEvents>
        where TEvents : class
    {
        public static EventDispatcher<TEvents>? Dispatcher;
    }
}
