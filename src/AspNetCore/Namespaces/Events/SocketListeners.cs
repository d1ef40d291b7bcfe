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
    private readonly OutgoingHandlers _outgoing = new(server, place);

    public HandlerSet Handlers { get; } = new();

    /// <summary>The handlers of events of the connection.</summary>
    public TransportHandlers Transport { get; } = new();

    public ImmutableArray<Func<SocketEvent, Func<Task>, Task>> Middlewares => _middlewares.Current;

    public Registration OnAny(Func<string, SocketArguments, Task> handler) => Handlers.Any.Add(Handler(handler));

    public Registration PrependAny(Func<string, SocketArguments, Task> handler) => Handlers.Any.Prepend(Handler(handler));

    public Registration OnAnyOutgoing(ServerSocket socket, Func<string, SocketArguments, Task> handler, bool isFirst = false)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Func<(string Name, SocketArguments Arguments), Task> run = sent => handler(sent.Name, sent.Arguments);
        return _outgoing.Add((name, arguments) =>
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

    /// <summary>Passes an event that is sent to the client to the handlers of outgoing events.</summary>
    public void Sending(ref SentEvent sent) => _outgoing.Sending(ref sent);

    private static Func<IncomingEvent, Task> Handler(Func<string, SocketArguments, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return incoming => handler(incoming.Name, incoming.Arguments);
    }
}
