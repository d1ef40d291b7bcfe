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

    /// <summary>Returns an implementation that sends the commands, for a client in a test.</summary>
    /// <param name="target">The client.</param>
    /// <returns>The implementation.</returns>
    /// <exception cref="NotSupportedException">The events are not commands.</exception>
    public virtual TEvents CreateClient(ICommandTarget target) =>
        throw new NotSupportedException($"{typeof(TEvents)} has no commands of clients.");
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

/// <summary>A client in a test, through which generated code sends the commands of a contract.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICommandTarget
{
    /// <summary>Sends a command without a result.</summary>
    /// <typeparam name="TCommands">The contract.</typeparam>
    /// <typeparam name="TCommand">The command.</typeparam>
    /// <param name="command">The command with its arguments.</param>
    /// <param name="cancellationToken">The token that ends the wait.</param>
    /// <returns>A task that completes when the server has acknowledged the command.</returns>
    Task SendAsync<TCommands, TCommand>(TCommand command, CancellationToken cancellationToken)
        where TCommands : class
        where TCommand : struct, ISocketEvent<TCommands>;

    /// <summary>Sends a command with a result.</summary>
    /// <typeparam name="TCommands">The contract.</typeparam>
    /// <typeparam name="TCommand">The command.</typeparam>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="command">The command with its arguments.</param>
    /// <param name="cancellationToken">The token that ends the wait.</param>
    /// <returns>A task with the result, which the server sends as the acknowledgement.</returns>
    Task<T> SendAsync<TCommands, TCommand, T>(TCommand command, CancellationToken cancellationToken)
        where TCommands : class
        where TCommand : struct, ISocketEvent<TCommands, T>;
}
