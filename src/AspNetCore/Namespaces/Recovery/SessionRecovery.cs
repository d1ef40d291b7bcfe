using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>Keeps a namespace's ended sockets, and the events they may miss, for clients that reconnect.</summary>
/// <remarks>
/// An event is numbered, kept and queued for its receivers under one lock, so that each client gets events in the order of their numbers,
/// and misses exactly the events after the last one it has received.
/// </remarks>
internal sealed partial class SessionRecovery : IDisposable
{
    private static readonly TimeSpan ShortestSweep = TimeSpan.FromMilliseconds(100);

    private readonly string _path;
    private readonly ServerContext _server;
    private readonly ConnectionStateRecoveryOptions _options;
    private readonly RecoveryBudget _budget;
    private readonly RecoveryStore _store = new();
    private readonly TimeSpan _packetLife;
    private ITimer? _timer;
    private bool _isArmed;
    private bool _isDisposed;

    public SessionRecovery(string path, ServerContext server, ConnectionStateRecoveryOptions options, RecoveryBudget budget)
    {
        (_path, _server, _options, _budget) = (path, server, options, budget);

        // The loss of a client may be detected only by a missing pong, so the events sent since then may be missing, too.
        _packetLife = options.MaxDisconnectionDuration + server.Options.PingInterval + server.Options.PingTimeout;
    }

    public bool SkipMiddlewares => _options.SkipMiddlewares;

    /// <summary>The position behind the last event; can be read at any time.</summary>
    public long Position => _store.Log.End;

    /// <summary>Numbers an event and sends it to the selected sockets.</summary>
    /// <param name="rooms">The sockets of the namespace.</param>
    /// <param name="data">The event.</param>
    /// <param name="options">The target and the flags.</param>
    /// <exception cref="ProtocolException">The event is malformed; it was not sent.</exception>
    public void Broadcast(RoomIndex rooms, EventData data, BroadcastOptions options)
    {
        var receivers = default(SocketSelection);
        try
        {
            lock (_store.Gate)
            {
                receivers = rooms.Select(options);
                if (receivers.Count == 0 && !_store.Sessions.Await(options.Rooms)) return;
                var frame = Record(data, options.Rooms, options.Excepted, share: null);
                Frame? plain = null;
                foreach (var socket in receivers.Sockets)
                {
                    // Clients that cannot recover get the event without its offset, which their handlers would see as an argument.
                    var core = (SocketCore)socket;
                    if (core.Session.IsLegacy) core.Send(plain ??= _server.Packets.Event(_path, data), options.Flags);
                    else core.Send(frame, options.Flags, Position);
                }
            }

            var sent = new SentEvent(data);
            foreach (var socket in receivers.Sockets) ((SocketCore)socket).Show(ref sent);
        }
        finally
        {
            receivers.Dispose();
            Trim();
        }
    }

    /// <summary>Numbers an event and sends it to one socket, or keeps it for a socket that can be recovered.</summary>
    /// <param name="socket">The receiver.</param>
    /// <param name="data">The event.</param>
    /// <param name="flags">The delivery flags.</param>
    /// <exception cref="ProtocolException">The event is malformed.</exception>
    public void Send(SocketCore socket, EventData data, BroadcastFlags flags)
    {
        ImmutableArray<string> own = [socket.Id.ToString()];
        lock (_store.Gate)
        {
            if (!socket.IsConnected && !_store.Sessions.Await(own)) return;
            socket.Send(Record(data, own, [], socket.Share), flags, Position);
        }

        Trim();
        var sent = new SentEvent(data);
        socket.Show(ref sent);
    }

    /// <summary>Keeps the session of an ended socket if its client may reconnect.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="reason">The reason of its end.</param>
    /// <param name="holders">The holders of the namespace.</param>
    public void End(SocketCore socket, DisconnectReason reason, NamespaceHolders holders)
    {
        if (socket.Pid is null) return;
        if (socket.WasAdmitted)
        {
            if (IsRecoverable(reason)) Keep(socket.ToSession(holders), in socket.Progress);
        }
        else if (socket.Claimed is { } claimed)
        {
            Return(claimed);
        }
    }

    /// <summary>Keeps a socket whose client has disconnected, unless the client's share has no space for it.</summary>
    /// <param name="ended">The socket. Its progress, position and time are set by this method.</param>
    /// <param name="progress">
    /// The position of its client, which changes until the events sent to the socket are counted under the lock.
    /// </param>
    public void Keep(RecoverableSession ended, in Progress progress)
    {
        if (!ended.Holders.TryHold()) return;
        var isKept = false;
        lock (_store.Gate)
        {
            if (!_isDisposed && _budget.Fits(ended.Cost) && ended.Share.TryTake(ended.Cost, _budget.Share))
            {
                isKept = true;
                _budget.Take(ended.Cost);
                _store.Sessions.Add(ended with { Progress = progress, Position = Position, Ended = _server.Time.GetTimestamp() });
                _budget.Changed(_store);
                Arm();
            }
        }

        if (isKept) Trim();
        else ended.Holders.Release();
    }

    /// <summary>Drops the kept sessions of the sockets that were in a room.</summary>
    public void Drop(string room)
    {
        List<RecoverableSession> dropped;
        lock (_store.Gate)
        {
            dropped = _store.Sessions.TakeOf(room);
            foreach (var session in dropped) Forget(session);
        }

        foreach (var session in dropped) session.Holders.Release();
    }

    /// <summary>Sends the CONNECT to a client, after the events it missed and before all new ones.</summary>
    /// <param name="socket">The socket of the client, whose progress is set by this method.</param>
    /// <param name="adapter">The adapter of the namespace.</param>
    /// <param name="connect">The response to its CONNECT.</param>
    /// <param name="joining">The task that completes when the socket has joined its rooms.</param>
    /// <returns>False if the socket has ended or not all missed events are kept, in which case nothing has been sent.</returns>
    public bool TryConnect(SocketCore socket, INamespaceAdapter adapter, Frame connect, out ValueTask joining)
    {
        joining = default;
        var claimed = socket.Claimed;
        lock (_store.Gate)
        {
            List<Frame> missed = [];
            var last = Position;
            if (claimed is not null)
            {
                var rooms = claimed.RoomsFor(socket);
                if (!_store.Log.Reaches(socket.MissingFrom, rooms)) return false;
                missed = _store.Log.After(socket.MissingFrom, rooms, out last);
            }

            socket.Progress = new Progress(claimed is null ? last : socket.MissingFrom, last);
            if (!socket.TryConnect(adapter, connect, missed, out joining)) return false;
            if (claimed is null) return true;
            Forget(claimed);
        }

        claimed.Holders.Release();
        return true;
    }

    public void Dispose()
    {
        lock (_store.Gate)
        {
            _isDisposed = true;
            _timer?.Dispose();
            _budget.Give(_store.Log.Clear());

            // The namespace ends, so the sessions need not release it.
            while (_store.Sessions.TakeOldest() is { } oldest) Forget(oldest);
            _budget.Changed(_store);
        }
    }

    // The connection was lost or had to be closed; neither side disconnected the socket on purpose.
    private static bool IsRecoverable(DisconnectReason reason) =>
        reason == DisconnectReason.TransportClose || reason == DisconnectReason.TransportError || reason == DisconnectReason.PingTimeout
        || reason == DisconnectReason.ForcedClose || reason == DisconnectReason.ForcedServerClose;

    private void Forget(RecoverableSession taken)
    {
        _store.Sessions.Forget(taken);
        _budget.Changed(_store);
        _budget.Give(taken.Cost);
    }

    private Frame Record(EventData data, ImmutableArray<string> rooms, ImmutableArray<string> except, RecoveryShare? share)
    {
        var log = _store.Log;
        var frame = _server.Packets.Event(_path, data, offset: log.NextOffset);
        if (_isDisposed) return frame;
        var cost = LoggedEvent.CostOf(frame);
        var now = _server.Time.GetTimestamp();
        var isKept = _budget.Fits(cost) && HasShare(share, cost, rooms);
        _budget.Take(isKept ? log.Add(frame, rooms, except, now, share) : log.Skip(rooms, now));
        _budget.Changed(_store);
        Arm();
        return frame;
    }

    /// <summary>Charges an event to the share of the only client that gets it, and drops its older events if space is needed.</summary>
    private bool HasShare(RecoveryShare? share, int cost, ImmutableArray<string> rooms)
    {
        if (share is null) return true;
        while (!share.TryTake(cost, _budget.Share))
        {
            var freed = _store.Log.DropOldest(rooms[0]);
            if (freed == 0) return false;
            _budget.Give(freed);
        }

        return true;
    }

    /// <summary>Trims the data to the server's budget; called outside the lock, because data of other namespaces may be dropped.</summary>
    private void Trim()
    {
        foreach (var session in _budget.Trim() ?? []) session.Holders.Release();
    }

    private void Arm()
    {
        if (_isArmed || _isDisposed || (_store.Log.IsEmpty && _store.Sessions.Count == 0)) return;
        _isArmed = true;
        _timer ??= _server.Time.CreateTimer(static self => ((SessionRecovery)self!).Sweep(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        var half = _options.MaxDisconnectionDuration / 2;
        _timer.Change(half > ShortestSweep ? half : ShortestSweep, Timeout.InfiniteTimeSpan);
    }

    private void Sweep()
    {
        List<RecoverableSession> dropped = [];
        lock (_store.Gate)
        {
            _isArmed = false;
            var time = _server.Time;
            _budget.Give(_store.Log.DropBefore(time.GetTimestamp() - (long)(_packetLife.TotalSeconds * time.TimestampFrequency)));
            while (_store.Sessions.Oldest is { } oldest && IsExpired(oldest))
            {
                dropped.Add(oldest);
                Forget(_store.Sessions.TakeOldest()!);
            }

            _budget.Changed(_store);
            Arm();
        }

        foreach (var session in dropped) session.Holders.Release();
    }
}
