using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Namespaces;

/// <summary>The handlers of a namespace's clients and events: those of its parent first, then its own.</summary>
/// <param name="inherited">The handlers of the group of dynamic namespaces that it belongs to, or null for none.</param>
internal sealed class NamespaceHandlers(NamespaceHandlers? inherited = null)
{
    private TokenAuthentication? _authentication;

    public HandlerSet Events { get; } = new(inherited?.Events);

    /// <summary>The authorization that is required to connect.</summary>
    public RequiredAuthorization Required { get; } = new(inherited?.Required);

    /// <summary>The authorization that is required for events.</summary>
    public EventGuards Guards { get; } = new(inherited?.Guards);

    /// <summary>The authentication of clients by their tokens, or null for that of the server.</summary>
    public TokenAuthentication? Authentication => _authentication ?? inherited?.Authentication;

    public HandlerList<Func<ISocket, Task>> Middlewares { get; } = new(inherited?.Middlewares);

    public HandlerList<Func<ISocket, Task>> Connected { get; } = new(inherited?.Connected);

    /// <summary>The handlers of disconnections, which run while the rooms of the socket can be read.</summary>
    public HandlerList<Func<ISocket, DisconnectInfo, Task>> Disconnected { get; } = new(inherited?.Disconnected);

    /// <summary>The delegates that release the objects of a socket when all its handlers have run; they never throw.</summary>
    public HandlerList<Func<ISocket, Task>> Ended { get; } = new(inherited?.Ended);

    /// <summary>Sets the authentication of clients by their tokens.</summary>
    /// <exception cref="InvalidOperationException">It has already been set.</exception>
    public void Authenticate(TokenAuthentication added)
    {
        if (Interlocked.CompareExchange(ref _authentication, added, null) is { } before) throw new InvalidOperationException(
            $"AddAuthentication was called for scheme \"{added.Scheme}\" after scheme \"{before.Scheme}\": a namespace has one "
            + "authentication. Remove one of the calls, or use a policy scheme that forwards to both.");
    }

    public Registration On(string name, Func<ISocket, SocketArguments, Task> handler) => Events.Add(name, Handler(handler));

    public Registration On(string name, Func<ISocket, SocketArguments, Task<SocketArguments>> handler) =>
        Events.Add(name, Handler(handler));

    public Registration On(string name, Func<ISocket, SocketArguments, Task<SocketArgument>> handler) => Events.Add(name, Handler(handler));

    public IDisposable Once(string name, Func<ISocket, SocketArguments, Task> handler) => Events.AddOnce(name, Handler(handler));

    public IDisposable Once(string name, Func<ISocket, SocketArguments, Task<SocketArguments>> handler) =>
        Events.AddOnce(name, Handler(handler));

    public IDisposable Once(string name, Func<ISocket, SocketArguments, Task<SocketArgument>> handler) =>
        Events.AddOnce(name, Handler(handler));

    public Registration OnAny(Func<ISocket, string, SocketArguments, Task> handler) => Events.Any.Add(Handler(handler));

    public Registration PrependAny(Func<ISocket, string, SocketArguments, Task> handler) => Events.Any.Prepend(Handler(handler));

    public int Count(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Events.Of(name).Length;
    }

    private static IncomingEventHandler Handler(Func<ISocket, SocketArguments, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return async incoming =>
        {
            await handler((ISocket)incoming.Sender!, incoming.Arguments).ConfigureAwait(false);
            return default;
        };
    }

    private static IncomingEventHandler Handler(Func<ISocket, SocketArguments, Task<SocketArguments>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return async incoming =>
            (await handler((ISocket)incoming.Sender!, incoming.Arguments).ConfigureAwait(false)).ToArray();
    }

    private static IncomingEventHandler Handler(Func<ISocket, SocketArguments, Task<SocketArgument>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return async incoming =>
            SocketArguments.Of(await handler((ISocket)incoming.Sender!, incoming.Arguments).ConfigureAwait(false)).ToArray();
    }

    private static Func<IncomingEvent, Task> Handler(Func<ISocket, string, SocketArguments, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return incoming => handler((ISocket)incoming.Sender!, incoming.Name, incoming.Arguments);
    }
}
