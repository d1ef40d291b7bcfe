using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>The handlers of one socket's events besides those of its namespace; most sockets have none.</summary>
/// <param name="server">The server.</param>
/// <param name="place">The namespace of the socket.</param>
internal sealed class SocketListeners(ServerContext server, HandlerPlace place)
{
    private ImmutableArray<Func<SocketEvent, Func<Task>, Task>> _middlewares = [];
    private OutgoingHandlers? _outgoing;

    public HandlerSet Handlers { get; } = new();

    public ImmutableArray<Func<SocketEvent, Func<Task>, Task>> Middlewares => _middlewares;

    public Registration On(string name, Func<EventArguments, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Handlers.Add(name, async (_, incoming) =>
        {
            await handler(incoming.Arguments).ConfigureAwait(false);
            return default;
        });
    }

    public Registration On(string name, Func<EventArguments, Task<EventArguments>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Handlers.Add(name, async (_, incoming) => (await handler(incoming.Arguments).ConfigureAwait(false)).ToArray());
    }

    public Registration OnAny(Func<string, EventArguments, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Handlers.AddAny((_, name, arguments) => handler(name, arguments));
    }

    /// <param name="handler">The handler.</param>
    /// <param name="failed">The receiver of the handler's exceptions, with the name of the event.</param>
    public Registration OnAnyOutgoing(Func<string, EventArguments, Task> handler, Action<string, Exception> failed)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Outgoing().Add(handler, failed);
    }

    /// <inheritdoc cref="OnAnyOutgoing(Func{string, EventArguments, Task}, Action{string, Exception})"/>
    public Registration OnAnyOutgoing(Action<string, EventArguments> handler, Action<string, Exception> failed)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Outgoing().Add(handler, failed);
    }

    public void Use(Func<SocketEvent, Func<Task>, Task> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        ImmutableInterlocked.Update(ref _middlewares, static (all, added) => all.Add(added), middleware);
    }

    /// <summary>Handles the events of a contract with one object.</summary>
    public void Handle<TEvents>(EventDispatcher<TEvents> dispatcher, TEvents handler)
        where TEvents : class
    {
        ArgumentNullException.ThrowIfNull(handler);
        foreach (var name in dispatcher.Events) Handlers.Add(name, (_, incoming) => dispatcher.DispatchAsync(handler, incoming));
    }

    /// <summary>Passes an event that is sent to the client to the handlers of outgoing events.</summary>
    public void Sending(ref SentEvent sent) => Volatile.Read(ref _outgoing)?.Sending(ref sent);

    private OutgoingHandlers Outgoing() =>
        _outgoing ?? Interlocked.CompareExchange(ref _outgoing, new OutgoingHandlers(server, place), null) ?? _outgoing;
}
