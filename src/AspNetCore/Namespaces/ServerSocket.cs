using System.Collections.Immutable;
using MessagePack;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Namespaces;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>One client in one namespace, connected to this node.</summary>
/// <remarks>
/// All members may be used from any thread. Handlers of one socket run one after the other, in the order of what the client
/// sent, starting with those of its connection; handlers of different sockets run side by side.
/// </remarks>
public sealed class ServerSocket : ILocalSocket, IClientSink
{
    private static readonly EventArgument EmptyData = new(0, new byte[] { 0x80 });

    private readonly ClientConnection _connection;
    private readonly RoomMember _membership;
    private readonly AckTable _acks = new();
    private readonly Lock _gate = new();
    private ImmutableArray<Func<DisconnectReason, Task>> _disconnected = [];
    private DisconnectReason? _reason;
    private CancellationTokenSource? _gone;

    internal ServerSocket(ClientConnection connection, SocketNamespace ns, ReadOnlyMemory<byte> auth)
    {
        _connection = connection;
        Namespace = ns;
        Handshake = new Handshake(connection.Session.Request, auth);
        _membership = new RoomMember(this);
        Inbox = new SocketInbox(this, ns.Server.Options.MaxHttpBufferSize);
    }

    /// <summary>The socket's public id, which is also the name of the room in which it is alone.</summary>
    public SocketId Id { get; } = SocketId.Create();

    /// <summary>The namespace the client joined.</summary>
    public SocketNamespace Namespace { get; }

    /// <summary>Whether the client is still there, as far as is known.</summary>
    public bool IsConnected => Volatile.Read(ref _reason) is null;

    /// <summary>The rooms the socket is in, its own first, in the order it joined them; a copy.</summary>
    public IReadOnlyList<string> Rooms => Namespace.Adapter.RoomsOf(this);

    /// <summary>What the client told when it connected.</summary>
    public Handshake Handshake { get; }

    /// <summary>What the application keeps for the socket; other nodes see it in what they fetch. An empty map at first.</summary>
    public EventArgument Data { get; set; } = EmptyData;

    RoomMember ILocalSocket.Membership => _membership;

    internal SocketInbox Inbox { get; }

    internal ILogger Logger => Namespace.Server.Logger;

    /// <summary>Cancelled when the socket has been disconnected.</summary>
    internal CancellationToken Gone
    {
        get
        {
            lock (_gate)
            {
                if (_reason is not null && _gone is null) return new CancellationToken(canceled: true);
                return (_gone ??= new CancellationTokenSource()).Token;
            }
        }
    }

    /// <summary>Puts the socket into a room.</summary>
    /// <param name="room">The room; it exists as long as it has members.</param>
    /// <param name="cancellationToken">Ends the wait, not the joining.</param>
    /// <returns>Completes when broadcasts to the room reach the socket from every node; local ones do at once.</returns>
    /// <exception cref="ArgumentNullException">The room is null.</exception>
    public ValueTask JoinAsync(string room, CancellationToken cancellationToken = default) => JoinAsync([room], cancellationToken);

    /// <summary>Puts the socket into rooms.</summary>
    /// <param name="rooms">The rooms; they exist as long as they have members.</param>
    /// <param name="cancellationToken">Ends the wait, not the joining.</param>
    /// <returns>Completes when broadcasts to the rooms reach the socket from every node; local ones do at once.</returns>
    /// <exception cref="ArgumentNullException">The list or a room is null.</exception>
    public ValueTask JoinAsync(IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        Namespace.Adapter.JoinAsync(this, Checked(rooms), cancellationToken);

    /// <summary>Takes the socket out of a room; unknown rooms are ignored.</summary>
    /// <param name="room">The room.</param>
    /// <param name="cancellationToken">Ends the wait, not the leaving.</param>
    /// <returns>Completes when the node has stopped listening for the room, should this have been its last member.</returns>
    /// <exception cref="ArgumentNullException">The room is null.</exception>
    public ValueTask LeaveAsync(string room, CancellationToken cancellationToken = default) =>
        Namespace.Adapter.LeaveAsync(this, Checked([room]), cancellationToken);

    /// <summary>This client alone, as a receiver of a contract's events.</summary>
    /// <typeparam name="TEvents">A contract of this socket's namespace.</typeparam>
    /// <returns>The receiver.</returns>
    /// <exception cref="InvalidOperationException">The contract belongs to another namespace, or is none.</exception>
    public SocketClient<TEvents> Client<TEvents>()
    {
        Namespace.CheckContract<TEvents>();
        return new SocketClient<TEvents>(this);
    }

    /// <summary>Everyone in the namespace but this socket, as the start of a chain.</summary>
    /// <typeparam name="TEvents">A contract of this socket's namespace.</typeparam>
    /// <returns>The chain.</returns>
    /// <exception cref="InvalidOperationException">The contract belongs to another namespace, or is none.</exception>
    public Broadcast<TEvents> Others<TEvents>()
    {
        Namespace.CheckContract<TEvents>();
        return new Broadcast<TEvents>(Namespace.Adapter, BroadcastOptions.Everyone with { Except = [Id.ToString()] });
    }

    /// <summary>Sends this client an event without a contract, with the arguments of one that came in.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="arguments">Forwarded as they are, not decoded.</param>
    /// <returns>Completes when the event is queued.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name is one of the library's own, such as <c>connect</c>.</exception>
    public ValueTask EmitAsync(string name, EventArguments arguments = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        using var buffer = PooledBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(arguments.Count + 1);
        writer.Write(name);
        for (var i = 0; i < arguments.Count; i++) writer.WriteRaw(arguments[i].Raw.Span);
        writer.Flush();
        var data = new EventData(buffer.WrittenMemory);
        if (!EventHeader.TryRead(data, out _)) throw new ArgumentException($"\"{name}\" is a name of the library's own.", nameof(name));
        Send(PacketWriter.Event(Namespace.Path, data), BroadcastFlags.None);
        return ValueTask.CompletedTask;
    }

    /// <summary>Adds what is to be done when the socket has been disconnected; added later than that, it is done at once.</summary>
    /// <param name="handler">Gets the reason; runs after the handlers of the events that came before.</param>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public void OnDisconnected(Func<DisconnectReason, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (_gate)
        {
            if (_reason is { } reason) Inbox.Add(() => handler(reason));
            else _disconnected = _disconnected.Add(handler);
        }
    }

    /// <summary>Disconnects the client from this namespace, or altogether.</summary>
    /// <param name="close">Whether its connection, with all its namespaces, is closed as well.</param>
    /// <returns>Completes when the goodbye is queued behind what was sent before.</returns>
    public ValueTask DisconnectAsync(bool close = false)
    {
        ((ILocalSocket)this).Disconnect(close);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    void ILocalSocket.Send(Frame frame, BroadcastFlags flags) => Send(frame, flags);

    /// <inheritdoc/>
    bool ILocalSocket.TryAsk(Frame frame, BroadcastFlags flags, ulong id, AckCollector acks)
    {
        if (!_acks.TryAdd(id, acks)) return false;
        Send(frame, flags);
        return true;
    }

    /// <inheritdoc/>
    void ILocalSocket.Forget(ulong id) => _acks.Take(id);

    /// <inheritdoc/>
    void ILocalSocket.Disconnect(bool close)
    {
        if (close) _connection.Disconnect();
        else Disconnect();
    }

    /// <inheritdoc/>
    void IClientSink.Send(EventData data) => Send(PacketWriter.Event(Namespace.Path, data), BroadcastFlags.None);

    /// <inheritdoc/>
    void IClientSink.Ask(EventData data, TimeSpan? timeout, AckCollector acks)
    {
        var id = AckId.Next();
        var frame = PacketWriter.Event(Namespace.Path, data, id);
        acks.Count(1);
        if (_acks.TryAdd(id, acks)) Send(frame, BroadcastFlags.None);
        else acks.Lose();
        acks.Start(Namespace.Server.Time, timeout);
        acks.OnEnded(() => _acks.Take(id));
    }

    internal void Start() => Inbox.Add(ConnectAsync);

    internal ValueTask ReceiveAsync(ReadOnlyMemory<byte> data, ulong? id) => Inbox.AddAsync(data, id);

    internal Task HandleAsync(ReadOnlyMemory<byte> data, ulong? id) => Namespace.DispatchAsync(this, data, id);

    /// <summary>The client acknowledged an event; one that nobody awaits, or not any more, is passed over.</summary>
    internal void Acknowledged(ulong? id, ReadOnlyMemory<byte> arguments)
    {
        if (id is not { } number || _acks.Take(number) is not { } acks) return;
        var answer = EventArguments.OfArray(arguments);
        acks.Answer(answer.Count == 0 ? default : answer[0].Raw);
    }

    /// <summary>Acknowledges an event of the client.</summary>
    /// <exception cref="ProtocolException">The arguments are malformed or too large.</exception>
    internal void Acknowledge(ulong id, ReadOnlyMemory<byte> arguments) =>
        Send(PacketWriter.Ack(Namespace.Path, id, arguments), BroadcastFlags.None);

    /// <summary>Tells the client that it is disconnected from the namespace.</summary>
    internal void Disconnect()
    {
        if (!IsConnected) return;
        Send(PacketWriter.Disconnect(Namespace.Path), BroadcastFlags.None);
        _connection.Remove(this);
        End(DisconnectReason.ServerNamespaceDisconnect);
    }

    /// <summary>Takes the socket out of everything; the first reason counts.</summary>
    internal void End(DisconnectReason reason)
    {
        lock (_gate)
        {
            if (_reason is not null) return;
            Volatile.Write(ref _reason, reason);
        }

        try
        {
            Namespace.Remove(this);
            _acks.Close();

            // Not on this thread: what handlers do about it is their time.
            _ = _gone?.CancelAsync();
        }
        finally
        {
            Inbox.Add(() => DisconnectedAsync(reason), isLast: true);
        }
    }

    private void Send(Frame frame, BroadcastFlags flags)
    {
        if (IsConnected) _connection.Session.Send(frame, flags);
    }

    private async Task ConnectAsync()
    {
        ValueTask joining;

        // The client must see its CONNECT before any broadcast, and miss none after it.
        _connection.Session.Cork();
        try
        {
            if (!Namespace.TryAdd(this)) return;
            Send(PacketWriter.Connect(Namespace.Path, Id.ToString()), BroadcastFlags.None);
            joining = Namespace.Adapter.JoinAsync(this, [Id.ToString()], CancellationToken.None);
        }
        finally
        {
            _connection.Session.Uncork();
        }

        await joining.ConfigureAwait(false);
        SocketIOLog.Connected(Logger, Id, Namespace.Path);
        await Namespace.ConnectedAsync(this).ConfigureAwait(false);
    }

    private async Task DisconnectedAsync(DisconnectReason reason)
    {
        SocketIOLog.Disconnected(Logger, Id, Namespace.Path, reason);
        foreach (var handler in _disconnected) await Namespace.RunAsync("disconnect", () => handler(reason)).ConfigureAwait(false);
    }

    private static ImmutableArray<string> Checked(IEnumerable<string> rooms)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        ImmutableArray<string> distinct = [.. rooms.Distinct(StringComparer.Ordinal)];
        foreach (var room in distinct) ArgumentNullException.ThrowIfNull(room, nameof(rooms));
        return distinct;
    }
}
