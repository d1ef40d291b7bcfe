using System.Collections.Immutable;
using System.Security.Claims;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>Keeps a namespace's ended sockets, and the events they may miss, for clients that reconnect.</summary>
/// <remarks>
/// An event is numbered, kept and queued for its receivers under one lock, so that each client gets events in the order of their numbers,
/// and misses exactly the events after the last one it has received.
/// </remarks>
internal sealed class SessionRecovery : IDisposable
{
    private static readonly TimeSpan ShortestSweep = TimeSpan.FromMilliseconds(100);

    private readonly LocalAdapter _local;
    private readonly SocketIOContext _server;
    private readonly ConnectionStateRecoveryOptions _options;
    private readonly RecoveryBudget _budget;
    private readonly RecoveryStore _store = new();
    private readonly TimeSpan _packetLife;
    private ITimer? _timer;
    private bool _isArmed;
    private bool _isDisposed;

    public SessionRecovery(LocalAdapter local, SocketIOContext server, ConnectionStateRecoveryOptions options, RecoveryBudget budget)
    {
        (_local, _server, _options, _budget) = (local, server, options, budget);

        // The loss of a client may be detected only by a missing pong, so the events sent since then may be missing, too.
        _packetLife = options.MaxDisconnectionDuration + server.Options.PingInterval + server.Options.PingTimeout;
    }

    public bool SkipMiddlewares => _options.SkipMiddlewares;

    /// <summary>The position behind the last event; can be read at any time.</summary>
    public long Position => _store.Log.End;

    /// <summary>Numbers an event and sends it to the selected sockets.</summary>
    /// <exception cref="ProtocolException">The event is malformed; it was not sent.</exception>
    public void Broadcast(EventData data, BroadcastOptions options)
    {
        var receivers = default(SocketSelection);
        try
        {
            lock (_store.Gate)
            {
                receivers = _local.Rooms.Select(options);
                if (receivers.Count == 0 && !_store.Sessions.Await(options.Rooms)) return;
                var frame = Record(data, options.Rooms, options.Except, share: null);
                foreach (var socket in receivers.Sockets) ((LocalSocket)socket).Send(frame, options.Flags, Position);
            }

            var sent = new SentEvent(data);
            foreach (var socket in receivers.Sockets) ((LocalSocket)socket).Show(ref sent);
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
    /// <param name="share">The share that is charged besides the server's budget.</param>
    /// <exception cref="ProtocolException">The event is malformed.</exception>
    public void Send(LocalSocket socket, EventData data, BroadcastFlags flags, RecoveryShare share)
    {
        ImmutableArray<string> own = [socket.Id.ToString()];
        lock (_store.Gate)
        {
            if (!socket.IsConnected && !_store.Sessions.Await(own)) return;
            socket.Send(Record(data, own, [], share), flags, Position);
        }

        Trim();
        var sent = new SentEvent(data);
        socket.Show(ref sent);
    }

    /// <summary>Keeps a socket whose client has disconnected, unless the client's share has no space for it.</summary>
    /// <param name="ended">The socket. Its progress, position and time are set by this method.</param>
    /// <param name="progress">
    /// The position of its client, which changes until the events sent to the socket are counted under the lock.
    /// </param>
    public void Keep(RecoverableSession ended, in Progress progress)
    {
        if (!ended.Namespace.TryHold()) return;
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
        else ended.Namespace.Release();
    }

    /// <summary>Claims the session that a client identifies, so that no other client can claim it.</summary>
    /// <param name="pid">The secret of the session.</param>
    /// <param name="offset">The offset of the last event the client has received, or null for none.</param>
    /// <param name="user">The user of the client's connection, or null for none.</param>
    /// <param name="missingFrom">The position from which on events are missing.</param>
    /// <returns>The session, or null if it is no longer kept, not all of the missed events are, or it belongs to another user.</returns>
    public RecoverableSession? Claim(string pid, string? offset, ClaimsPrincipal? user, out long missingFrom)
    {
        RecoverableSession? found;
        lock (_store.Gate)
        {
            missingFrom = 0;
            found = _store.Sessions.Take(pid);
            if (found is null) return null;
            if (!SessionUser.MayContinue(found.User, user))
            {
                // Its own user may still come back.
                _store.Sessions.PutBack(found);
                return null;
            }

            var known = 0L;
            var isKnown = offset is null || _store.Log.TryRead(offset, out known);
            missingFrom = found.MissingFrom(offset is null ? null : known);
            if (isKnown && !IsExpired(found) && Fits(found, missingFrom)) return found;
            Forget(found);
        }

        found.Namespace.Release();
        return null;
    }

    /// <summary>Puts back a claimed session, because the client was not admitted and may retry.</summary>
    public void Return(RecoverableSession claimed)
    {
        lock (_store.Gate)
        {
            if (!IsExpired(claimed) && !_isDisposed)
            {
                _store.Sessions.PutBack(claimed);
                _budget.Changed(_store);
                Arm();
                return;
            }

            Forget(claimed);
        }

        claimed.Namespace.Release();
    }

    /// <summary>Sends the CONNECT to a client, after the events it missed and before all new ones.</summary>
    /// <param name="socket">The socket of the client.</param>
    /// <param name="connect">The response to its CONNECT.</param>
    /// <param name="claimed">The session it recovers, or null for none.</param>
    /// <param name="missingFrom">The position from which on events are missing.</param>
    /// <param name="progress">The position of the client, which is set by this method.</param>
    /// <param name="joining">The task that completes when the socket has joined its rooms.</param>
    /// <returns>False if the socket has ended or not all missed events are kept any more, in which case nothing has been sent.</returns>
    public bool TryConnect(
        ServerSocket socket, Frame connect, RecoverableSession? claimed, long missingFrom, ref Progress progress, out ValueTask joining)
    {
        joining = default;
        lock (_store.Gate)
        {
            List<Frame> missed = [];
            var last = Position;
            if (claimed is not null)
            {
                if (!_store.Log.Reaches(missingFrom, claimed.Rooms)) return false;
                missed = _store.Log.After(missingFrom, claimed.Rooms, out last);
            }

            progress = new Progress(claimed is null ? last : missingFrom, last);
            if (!socket.Local.TryConnect(connect, missed)) return false;
            joining = socket.Membership.AdmitAsync();
            if (claimed is null) return true;
            Forget(claimed);
        }

        claimed.Namespace.Release();
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

    private bool IsExpired(RecoverableSession session) => _server.Time.GetElapsedTime(session.Ended) > _options.MaxDisconnectionDuration;

    private bool Fits(RecoverableSession session, long position) => _store.Log.Reaches(position, session.Rooms)
        && _store.Log.After(position, session.Rooms, out _)
            .Sum(static frame => (long)LoggedEvent.CostOf(frame)) <= _server.Options.MaxQueuedBytes;

    private void Forget(RecoverableSession taken)
    {
        _store.Sessions.Forget(taken);
        _budget.Changed(_store);
        _budget.Give(taken.Cost);
    }

    private Frame Record(EventData data, ImmutableArray<string> rooms, ImmutableArray<string> except, RecoveryShare? share)
    {
        var log = _store.Log;
        var frame = _server.Packets.Event(_local.Path, data, offset: log.NextOffset);
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
        foreach (var session in _budget.Trim() ?? []) session.Namespace.Release();
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

        foreach (var session in dropped) session.Namespace.Release();
    }
}
