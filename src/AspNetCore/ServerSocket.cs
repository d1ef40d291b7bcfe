using System.Security.Claims;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Namespaces;

namespace TypedSocketRedis;

/// <summary>A socket as the application sees it.</summary>
/// <param name="core">The state of the socket.</param>
internal sealed class ServerSocket(SocketCore core) : ISocket, IClientSink
{
    private SocketNamespace? _namespace;

    public SocketId Id => Core.Id;

    /// <summary>The namespace the client joined.</summary>
    public SocketNamespace Namespace => _namespace!;

    string ISocket.Namespace => Path;

    public bool IsConnected => Core.IsConnected;

    public bool Recovered => Core.Claimed is not null;

    public CancellationToken ConnectionAborted => Core.Aborted;

    public string Transport => Core.Session.Transport is PollingTransport ? "polling" : "websocket";

    public int ProtocolVersion => Core.Session.IsLegacy ? 3 : 4;

    public IReadOnlyList<string> Rooms => Core.RoomsIn(Namespace.Adapter);

    public Handshake Handshake => Core.Handshake;

    public SocketRequest Request => Core.Session.Request.ToRequest();

    public ClaimsPrincipal User => Core.User;

    public string? UserId => Core.UserId;

    public SocketArgument Auth => Handshake.Auth;

    public IDictionary<object, object?> Items => Core.Items;

    public SocketArgument Data
    {
        get => Core.Data;
        set => Core.Data = value;
    }

    public T? GetData<T>() => Data is { Kind: not ArgumentKind.Null } data && !data.IsEmptyObject ? data.GetPayload<T>() : default;

    public void SetData<T>(T value) => Data = SocketArgument.Payload(value);

    /// <summary>The state of the socket.</summary>
    internal SocketCore Core => core;

    /// <summary>The authentication of the socket.</summary>
    internal SocketTicket Ticket => Core.Ticket;

    internal SocketInbox Inbox => Core.Inbox;

    /// <summary>The adapter of the namespace.</summary>
    internal INamespaceAdapter Adapter => Namespace.Adapter;

    /// <summary>The name of the namespace, which is known before the socket has one.</summary>
    internal string Path => Core.Path;

    internal bool HasEnded => Core.Stage == SocketStage.Ended;

    /// <summary>The handlers of this socket's events besides those of its namespace, or null for none.</summary>
    internal SocketListeners? Listeners => Core.Listeners;

    /// <summary>The namespace, or null while the socket has none.</summary>
    internal SocketNamespace? Entered => Core.HasEntered ? _namespace : null;

    /// <summary>
    /// The namespace by which failures of handlers are reported. Before the socket has one, the name is the one that the client chose.
    /// </summary>
    internal HandlerPlace Place => Entered?.Place ?? new HandlerPlace(Path, "no namespace yet");

    public ValueTask JoinAsync(string room, CancellationToken cancellationToken = default) => JoinAsync([room], cancellationToken);

    public ValueTask JoinAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        Core.JoinAsync(Namespace.Adapter, Core.Users.Checked(RoomNames.ToJoin(rooms)), cancellationToken);

    public ValueTask LeaveAsync(string room, CancellationToken cancellationToken = default) => LeaveAsync([room], cancellationToken);

    public ValueTask LeaveAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        Core.LeaveAsync(Namespace.Adapter, Core.Users.Checked(RoomNames.Of(rooms)), cancellationToken);

    public ISocketClient<TEvents> Client<TEvents>()
        where TEvents : class
    {
        Namespace.CheckContract<TEvents>();
        return new ClientTarget<TEvents>(this);
    }

    public IOthers<TEvents> Others<TEvents>()
        where TEvents : class
    {
        Namespace.CheckContract<TEvents>();
        return new OtherSockets<TEvents>(Namespace.Adapter, Id);
    }

    public IDisposable On(string name, Func<SocketArguments, Task> handler) => Listening().Handlers.On(name, handler);

    public IDisposable On(string name, Func<SocketArguments, Task<SocketArguments>> handler) => Listening().Handlers.On(name, handler);

    public IDisposable On(string name, Func<SocketArguments, Task<SocketArgument>> handler) => Listening().Handlers.On(name, handler);

    public IDisposable Once(string name, Func<SocketArguments, Task> handler) => Listening().Handlers.Once(name, handler);

    public IDisposable Once(string name, Func<SocketArguments, Task<SocketArguments>> handler) =>
        Listening().Handlers.Once(name, handler);

    public IDisposable Once(string name, Func<SocketArguments, Task<SocketArgument>> handler) =>
        Listening().Handlers.Once(name, handler);

    public IReadOnlyCollection<string> EventNames => Listeners?.Handlers.Names ?? [];

    public int HandlerCount(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Listeners?.Handlers.Of(name).Length ?? 0;
    }

    public IDisposable OnAny(Func<string, SocketArguments, Task> handler) => Listening().OnAny(handler);

    public IDisposable PrependAny(Func<string, SocketArguments, Task> handler) => Listening().PrependAny(handler);

    public IDisposable OnAnyOutgoing(Func<string, SocketArguments, Task> handler) => Listening().OnAnyOutgoing(this, handler);

    public IDisposable OnAnyOutgoing(Action<string, SocketArguments> handler) => Listening().OnAnyOutgoing(this, handler);

    public IDisposable PrependAnyOutgoing(Func<string, SocketArguments, Task> handler) =>
        Listening().OnAnyOutgoing(this, handler, isFirst: true);

    public IDisposable OnUpgraded(Func<string, Task> handler) => Listening().Transport.OnUpgraded(handler);

    public IDisposable OnDrained(Func<Task> handler)
    {
        var registration = Listening().Transport.OnDrained(handler);
        Core.Session.WatchDrain();
        return registration;
    }

    public IDisposable Use(Func<SocketEvent, Func<Task>, Task> middleware) => Listening().Use(middleware);

    public IDisposable OnDisconnecting(Func<DisconnectInfo, Task> handler)
    {
        var added = new EndHandler(handler);
        if (!Core.TryAddDisconnecting(added, out var info))
            Inbox.Add(this, () => RunAsync(nameof(OnDisconnecting), added.RunAsync, info));
        return new Registration(added.Remove);
    }

    public IDisposable OnDisconnected(Func<DisconnectInfo, Task> handler)
    {
        var added = new EndHandler(handler);
        if (!Core.TryAddDisconnected(added, out var info))
            Inbox.Add(this, () => RunAsync(nameof(OnDisconnected), added.RunAsync, info));
        return new Registration(added.Remove);
    }

    public ValueTask DisconnectAsync(bool close = false, CancellationToken cancellationToken = default)
    {
        Core.Session.Disconnect(this, close);
        return ValueTask.CompletedTask;
    }

    public Task<bool> RefreshAuthenticationAsync(string token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (!SocketIdentity.Of(this).IsBearer) throw new InvalidOperationException(
            "The delegate of AddAuthentication writes the token: pass the data that it reads, as SocketArgument.");
        return SocketIdentity.RefreshAsync(
            this, (schemes, how, request, aborted) => schemes.AuthenticateAsync(how, request, token, aborted), cancellationToken);
    }

    public Task<bool> RefreshAuthenticationAsync(SocketArgument auth, CancellationToken cancellationToken = default) =>
        SocketIdentity.RefreshAsync(
            this, (schemes, how, request, aborted) => schemes.AuthenticateAsync(how, request, auth, aborted), cancellationToken);

    void IClientSink.Send(EventData data, BroadcastFlags flags)
    {
        if (Core.Pid is not null && (flags & BroadcastFlags.Volatile) == 0 && Core.Stage != SocketStage.Joining)
            Namespace.Recovery!.Send(Core, data, flags);
        else Core.Send(data, flags);
    }

    void IClientSink.SendWithAck(EventData data, BroadcastFlags flags, TimeSpan? timeout, AckCollector acks) =>
        Core.SendWithAck(data, flags, timeout, acks);

    // A client that was refused may have sent events without waiting for its admission. They must not be handled.
    internal Task HandleAsync(ReadOnlyMemory<byte> data, ulong? id) =>
        Core.WasAdmitted ? Namespace.DispatchAsync(this, data, id) : Task.CompletedTask;

    /// <inheritdoc cref="SocketCore.Acknowledge"/>
    internal void Acknowledge(ulong id, ReadOnlyMemory<byte> arguments) => Core.Acknowledge(id, arguments);

    /// <summary>Runs a handler; its exception is logged and not thrown.</summary>
    internal async Task RunAsync<T>(string member, Func<T, Task> handler, T argument)
    {
        using var scope = Core.Handlers.BeginScope(Id, Path);
        await Core.Handlers.NotifyAsync(handler, argument, new HandlerCall(this, member)).ConfigureAwait(false);
    }

    /// <summary>Adds work behind the events that wait for handlers.</summary>
    internal void Enqueue(Func<Task> work) => Inbox.Add(this, work);

    /// <inheritdoc cref="SocketCore.TryQueueDrain"/>
    internal bool TryQueueDrain() => Core.TryQueueDrain();

    /// <inheritdoc cref="SocketCore.BeginDrain"/>
    internal void BeginDrain() => Core.BeginDrain();

    /// <summary>Reports an exception of the socket's own work.</summary>
    internal void Failed(Exception exception) =>
        Core.Handlers.Report(new HandlerCall(this, "socket"), exception);

    /// <summary>Sets the socket's namespace before the socket is visible to other code; returns false if the socket has ended.</summary>
    internal bool TryEnter(SocketNamespace found)
    {
        _namespace = found;
        return Core.TryEnter();
    }

    /// <inheritdoc cref="SocketCore.ReplaceUserAsync"/>
    internal Task ReplaceUserAsync(ClaimsPrincipal user) => Core.ReplaceUserAsync(this, user);

    private SocketListeners Listening() => Core.Listening(Place);
}
