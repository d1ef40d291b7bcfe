using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Namespaces;

/// <summary>The handlers of one socket's events besides those of its namespace; most sockets have none.</summary>
/// <param name="server">The server.</param>
/// <param name="place">The namespace of the socket.</param>
internal sealed class SocketListeners(ServerContext server, HandlerPlace place)
{
    private readonly HandlerList<Func<SocketEvent, Func<Task>, Task>> _middlewares = new();
    private OutgoingHandlers? _outgoing;
    private TransportHandlers? _transport;

    public HandlerSet Handlers { get; } = new();

    /// <summary>The handlers of events of the connection, or null for none.</summary>
    public TransportHandlers? Transport => Volatile.Read(ref _transport);

    public ImmutableArray<Func<SocketEvent, Func<Task>, Task>> Middlewares => _middlewares.Current;

    public Registration OnAny(Func<string, SocketArguments, Task> handler) => Handlers.Any.Add(Handler(handler));

    public Registration PrependAny(Func<string, SocketArguments, Task> handler) => Handlers.Any.Prepend(Handler(handler));

    public Registration OnAnyOutgoing(ServerSocket socket, Func<string, SocketArguments, Task> handler, bool isFirst = false)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Func<(string Name, SocketArguments Arguments), Task> run = sent => handler(sent.Name, sent.Arguments);
        return Outgoing().Add((name, arguments) =>
            server.Handlers.NotifyAsync(run, (name, arguments), new HandlerCall(socket, OutgoingHandlers.Member, Name: name)), isFirst);
    }

    public Registration OnAnyOutgoing(ServerSocket socket, Action<string, SocketArguments> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return OnAnyOutgoing(socket, (name, arguments) =>
        {
            var context = new AsyncVoidContext(
                exception => server.Handlers.Report(new HandlerCall(socket, OutgoingHandlers.Member, Name: name), exception));
            context.Send(_ => handler(name, arguments), null);
            return Task.CompletedTask;
        });
    }

    public Registration Use(Func<SocketEvent, Func<Task>, Task> middleware) => _middlewares.Add(middleware);

    /// <summary>Returns the handlers of events of the connection, to which one is added.</summary>
    public TransportHandlers OnTransport() =>
        Transport ?? Interlocked.CompareExchange(ref _transport, new TransportHandlers(), null) ?? _transport;

    /// <summary>Passes an event that is sent to the client to the handlers of outgoing events.</summary>
    public void Sending(ref SentEvent sent) => Volatile.Read(ref _outgoing)?.Sending(ref sent);

    private static Func<IncomingEvent, Task> Handler(Func<string, SocketArguments, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return incoming => handler(incoming.Name, incoming.Arguments);
    }

    private OutgoingHandlers Outgoing() =>
        _outgoing ?? Interlocked.CompareExchange(ref _outgoing, new OutgoingHandlers(server, place), null) ?? _outgoing;
}
