using System.Security.Claims;

namespace TypedSocketRedis;

/// <summary>The base class of handlers: classes that implement contracts of commands, or of events from other servers.</summary>
/// <remarks>
/// <para>A handler is added with <c>AddHandler</c>. One object is created for each event, in a service scope of its own, so fields do not
/// outlive an event: state of a client belongs in <see cref="ISocket.Items"/>. <see cref="HandlerLifetime.Socket"/> changes that.</para>
/// <para>The result of a method is the acknowledgement of its event. A <see cref="SocketEventException"/> is acknowledged with its message;
/// any other exception is logged, and the client is only informed that the event could not be handled.</para>
/// </remarks>
/// <example><code>
/// sealed class ChatHandler(ChatDb db) : SocketHandler&lt;IChatEvents&gt;, IChatCommands
/// {
///     public async Task&lt;int&gt; Say(string room, string text)
///     {
///         Clients.To(room).Said(User.Identity!.Name!, text);
///         return await db.AddAsync(room, text);
///     }
/// }
/// </code></example>
public abstract class SocketHandler
{
    private ISocket? _socket;

    /// <summary>Gets or sets the socket that the event came from. Set by the server, or by a test.</summary>
    /// <exception cref="InvalidOperationException">There is no socket: the object was created by hand, or handles an event of another
    /// server, or is used before its constructor has returned.</exception>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ISocket Socket
    {
        get => _socket ?? throw new InvalidOperationException(
            IsAttached
                ? $"{GetType().Name}.Socket is not set, because the event came from another server and not from a client."
                : $"{GetType().Name}.Socket is not set. The server sets it after the constructor; a test sets it itself: "
                    + $"new {GetType().Name}(...) {{ Socket = socket }}.");
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _socket = value;
        }
    }

    /// <summary>The user of the socket.</summary>
    protected ClaimsPrincipal User => Socket.User;

    /// <summary>The token that is canceled when the client has disconnected.</summary>
    protected CancellationToken ConnectionAborted => Socket.ConnectionAborted;

    /// <summary>The namespace in which the server uses the handler, or null for one that was created by hand.</summary>
    internal IHandlerClients? Namespace { get; private set; }

    private bool IsAttached => Namespace is not null;

    /// <summary>Handles a connection; called once for each socket in each namespace of the handler.</summary>
    /// <remarks>It runs after the client was admitted and before any of its events is handled. An exception is logged, and the client stays
    /// connected.</remarks>
    /// <returns>A task that completes when the connection has been handled.</returns>
    public virtual Task OnConnectedAsync() => Task.CompletedTask;

    /// <summary>Handles a disconnection; called once for each socket in each namespace of the handler.</summary>
    /// <remarks>It runs after the handlers of all earlier events. The socket can no longer send, but <see cref="ISocket.Rooms"/> still
    /// has the rooms it was in. An exception is logged.</remarks>
    /// <param name="info">The reason for the disconnection.</param>
    /// <returns>A task that completes when the disconnection has been handled.</returns>
    public virtual Task OnDisconnectedAsync(DisconnectInfo info) => Task.CompletedTask;

    /// <summary>Sets the socket, or null for none, and the namespace.</summary>
    internal void Attach(ISocket? socket, IHandlerClients clients) => (_socket, Namespace) = (socket, clients);
}

/// <summary>The base class of handlers that also send the events of a contract to the clients of their namespace.</summary>
/// <typeparam name="TEvents">The contract of the events that are sent; it names the same namespace as the contracts that the handler
/// implements.</typeparam>
public abstract class SocketHandler<TEvents> : SocketHandler
    where TEvents : class
{
    private IEmitter<TEvents>? _clients;

    /// <summary>Gets or sets the clients of the namespace of the event. Set by the server, or by a test.</summary>
    /// <exception cref="InvalidOperationException">The object was created by hand, or is used before its constructor has
    /// returned.</exception>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IEmitter<TEvents> Clients
    {
        get => _clients ??= Namespace?.Of<TEvents>() ?? throw new InvalidOperationException(
            $"{GetType().Name}.Clients is not set. The server sets it after the constructor; a test sets it itself: "
            + $"new {GetType().Name}(...) {{ Clients = recorder.Of<{typeof(TEvents).Name}>() }}.");
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _clients = value;
        }
    }

    /// <summary>The client that the event came from.</summary>
    protected ISocketClient<TEvents> Caller => Socket.Client<TEvents>();

    /// <summary>The clients of the namespace, except the one that the event came from.</summary>
    protected IOthers<TEvents> Others => Socket.Others<TEvents>();
}
