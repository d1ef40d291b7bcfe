using MessagePack;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>The client of one engine session: its packets, and its sockets, one per namespace it joined.</summary>
/// <remarks>Objects that exist once per client lock themselves, here and in their parts: a separate lock would cost memory per idle
/// client.</remarks>
internal sealed class ClientConnection(ServerContext server, NamespaceTable namespaces, EngineSession session, Limits limits)
    : ISessionReceiver, IDisposable
{
    private readonly IPacketReader _reader = server.Packets.CreateReader(limits);
    private readonly ConnectionSockets _sockets = new(server, session);
    private readonly EventRate? _rate = server.Options.MaxEventsPerSecond is { } limit ? new EventRate(limit, server.Time) : null;
    private int _pendingBytes;
    private ReaderState _reading;

    private enum ReaderState : byte
    {
        Idle,
        Reading,
        Ended,
    }

    public void Opened()
    {
        // Other clients send the first packet, which names a namespace to join.
        if (session.IsLegacy) Connect(new Packet(PacketType.Connect, NamespacePath.Root, null, default));
    }

    public ValueTask ReceiveTextAsync(ReadOnlyMemory<byte> utf8) => ReceiveAsync(utf8, isBinary: false);

    public ValueTask ReceiveBinaryAsync(ReadOnlyMemory<byte> bytes) => ReceiveAsync(bytes, isBinary: true);

    public void Closed(DisconnectInfo info)
    {
        _sockets.Close(info);
        Dispose();
    }

    public void Upgraded() => _sockets.Upgraded();

    public void Drained() => _sockets.Drained();

    public void Disconnect(object part, bool close, DisconnectReason? reason = null)
    {
        if (close) _sockets.Disconnect();
        else if ((part as ServerSocket ?? _sockets.Find((SocketCore)part)) is { } socket) _sockets.Disconnect(socket, reason);
    }

    public void Dispose()
    {
        // The end can come from another thread than the one that reads, which then disposes the reader.
        if (Interlocked.Exchange(ref _reading, ReaderState.Ended) == ReaderState.Idle) _reader.Dispose();
    }

    private ValueTask ReceiveAsync(ReadOnlyMemory<byte> message, bool isBinary)
    {
        if (Interlocked.CompareExchange(ref _reading, ReaderState.Reading, ReaderState.Idle) == ReaderState.Ended)
            return ValueTask.CompletedTask;
        Packet? packet;
        try
        {
            packet = isBinary ? _reader.Binary(message) : _reader.Text(message.Span);
            ChargePending();
        }
        finally
        {
            if (Interlocked.CompareExchange(ref _reading, ReaderState.Idle, ReaderState.Reading) == ReaderState.Ended) _reader.Dispose();
        }

        if (packet is not { } whole) return ValueTask.CompletedTask;
        return ReceiveAsync(session.IsLegacy ? WithoutQuery(whole) : whole);
    }

    // A client of Socket.IO 2 sends its data for a namespace as a query behind the name.
    private static Packet WithoutQuery(Packet packet)
    {
        var at = packet.Path.IndexOf('?', StringComparison.Ordinal);
        var path = at < 0 ? packet.Path : packet.Path[..at];
        if (packet.Type != PacketType.Connect) return at < 0 ? packet : packet with { Path = path };
        if (at < 0) return packet with { Body = default };
        using var auth = PooledBuffer.Rent();
        var writer = new MessagePackWriter(auth);
        var query = FirstRequest.Query(packet.Path);
        writer.WriteMapHeader(query.Count);
        foreach (var (name, value) in query)
        {
            writer.Write(name);
            writer.Write(value);
        }

        writer.Flush();
        PrototypeKey.Remove(auth);
        return packet with { Path = path, Body = auth.WrittenSpan.ToArray() };
    }

    private void ChargePending()
    {
        var pending = _reader.PendingBytes;
        if (pending == _pendingBytes) return;
        _sockets.Budget.Keep(pending - _pendingBytes);
        if (_pendingBytes == 0) session.StartPacketDeadline();
        else if (pending == 0) session.StopPacketDeadline();
        _pendingBytes = pending;
    }

    private ValueTask ReceiveAsync(Packet packet)
    {
        if (_rate is null || packet.Type is not (PacketType.Event or PacketType.Connect)) return HandleAsync(packet);
        var wait = _rate.Take();
        return wait > TimeSpan.Zero ? HandleLaterAsync(packet, wait) : HandleAsync(packet);
    }

    // The connection is not read during this wait.
    private async ValueTask HandleLaterAsync(Packet packet, TimeSpan wait)
    {
        server.Metrics.Throttled();
        await Task.Delay(wait, server.Time).ConfigureAwait(false);
        await HandleAsync(packet).ConfigureAwait(false);
    }

    private ValueTask HandleAsync(Packet packet)
    {
        // The session can end while a packet is handled; it has no sockets then, and the packet is no violation.
        if (!_sockets.TryFind(packet.Path, out var socket, out var hasLeft)) return ValueTask.CompletedTask;
        switch (packet.Type)
        {
            case PacketType.Connect when socket is null:
                Connect(packet);
                return ValueTask.CompletedTask;

            case PacketType.Event when socket is not null:
                return socket.Inbox.AddAsync(socket, packet.Body, packet.Id);
            case PacketType.Disconnect when socket is not null:
                _sockets.Remove(socket);
                _sockets.End(socket, DisconnectReason.ClientNamespaceDisconnect);
                return ValueTask.CompletedTask;

            case PacketType.Ack when socket is not null:
                socket.Core.Acknowledged(packet.Id, packet.Body);
                return ValueTask.CompletedTask;
            case not PacketType.Connect when hasLeft:
                return ValueTask.CompletedTask;
            default:
                session.Refuse(
                    DisconnectReason.ForcedServerClose, ViolationReason.State, "The packet does not fit the state of its namespace.");
                return ValueTask.CompletedTask;
        }
    }

    private void Connect(Packet packet)
    {
        var refusal = RefusalOf(packet);
        if (refusal is null)
        {
            var core = SocketCore.Create(server, session, _sockets.Budget, packet.Path, packet.Body);
            var socket = new ServerSocket(core);
            if (_sockets.TryAdd(socket, out refusal)) core.Inbox.Add(socket, new Admission(socket, _sockets, namespaces).RunAsync);
        }

        if (refusal is not null) _sockets.Refuse(packet.Path, refusal);
    }

    private Refusal? RefusalOf(Packet packet)
    {
        if (!namespaces.MayHave(packet.Path)) return Refusal.NoNamespace;
        return FitsHandshake(packet.Body) ? null : Refusal.TooLarge;
    }

    private bool FitsHandshake(ReadOnlyMemory<byte> auth)
    {
        // A value as JSON is at most 16 times as large, the URL occurs twice, and one byte can be the name of a usual header, which is
        // shorter than 32 characters: most handshakes need not be written to be measured.
        var max = server.Options.MaxHandshakeSize;
        return (auth.Length + (2L * session.Request.Size)) * 16 <= max || new Handshake(session.Request.ToHandshake(), auth).FitsJson(max);
    }
}
