using System.Collections.Immutable;
using System.Security.Claims;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>Keeps a namespace's sockets, and the events they may miss, for clients that may come back.</summary>
/// <remarks>
/// An event is numbered, kept and handed to the queues of its receivers under one lock, so that each client gets events in the
/// order of their numbers, and what it has not got is what comes behind the last one it has.
/// </remarks>
internal sealed class SessionRecovery : IDisposable
{
    private static readonly TimeSpan ShortestSweep = TimeSpan.FromMilliseconds(100);

    private readonly LocalAdapter _local;
    private readonly SocketIOServer _server;
    private readonly ConnectionStateRecoveryOptions _options;
    private readonly RecoveryBudget _budget;
    private readonly RecoveryStore _store = new();
    private readonly TimeSpan _packetLife;
    private ITimer? _timer;
    private bool _isArmed;
    private bool _isDisposed;

    public SessionRecovery(LocalAdapter local, SocketIOServer server, ConnectionStateRecoveryOptions options, RecoveryBudget budget)
    {
        (_local, _server, _options, _budget) = (local, server, options, budget);

        // That a client is gone may be found out only when a ping is not answered: what was sent since is missing, too.
        _packetLife = options.MaxDisconnectionDuration + server.Options.PingInterval + server.Options.PingTimeout;
    }

    public bool SkipMiddlewares => _options.SkipMiddlewares;

    /// <summary>The position behind the last event; may be read at any time.</summary>
    public long Position => _store.Log.End;

    /// <summary>Sends an event to many, numbered.</summary>
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

    /// <summary>Sends an event to one, numbered; to one that is gone for a moment as well.</summary>
    /// <param name="socket">The receiver.</param>
    /// <param name="data">The event.</param>
    /// <param name="flags">How it is sent.</param>
    /// <param name="share">What it is charged to beside the server's budget.</param>
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

    /// <summary>Keeps a socket whose client is gone, unless its client's share has no room for it.</summary>
    /// <param name="ended">The socket; progress, position and time are set here.</param>
    /// <param name="progress">The position of its client, which changes until the events sent to the socket are counted under the lock.</param>
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

    /// <summary>Takes out what a client names, for it alone.</summary>
    /// <param name="pid">The secret.</param>
    /// <param name="offset">The last event it has; null when it has none.</param>
    /// <param name="user">The user of its connection, or null for none.</param>
    /// <param name="missingFrom">The position from which on events are missing.</param>
    /// <returns>Null when there is no such socket any more, not all that it missed, or when it belongs to another user.</returns>
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

    /// <summary>Puts back what was claimed: the client was not admitted, and may try again.</summary>
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

    /// <summary>Tells a client that it is connected, after what it missed and before all that is new.</summary>
    /// <param name="socket">Its socket.</param>
    /// <param name="connect">The answer to its CONNECT.</param>
    /// <param name="claimed">What it recovers.</param>
    /// <param name="missingFrom">From where on it misses events.</param>
    /// <param name="progress">Where it is now.</param>
    /// <param name="joining">Completes when it is in its rooms.</param>
    /// <returns>False when it has ended, or not all that it missed is kept any more; then nothing has happened.</returns>
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

            // The namespace ends, so there is nothing to hold it for.
            while (_store.Sessions.TakeOldest() is { } oldest) Forget(oldest);
            _budget.Changed(_store);
        }
    }

    private bool IsExpired(RecoverableSession session) => _server.Time.GetElapsedTime(session.Ended) > _options.MaxDisconnectionDuration;

    private bool Fits(RecoverableSession session, long position) => _store.Log.Reaches(position, session.Rooms)
        && _store.Log.After(position, session.Rooms, out _).Sum(static frame => (long)LoggedEvent.CostOf(frame)) <= _server.Options.MaxQueuedBytes;

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

    /// <summary>Charges an event to the share of the only client that gets it, whose older events make room for it.</summary>
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

    /// <summary>Makes the server's budget hold again; outside of the lock, since other namespaces may have to drop something.</summary>
    private void Trim()
    {
        foreach (var session in _budget.Trim() ?? []) session.Namespace.Release();
    }

    private void Arm()
    {
        if (_isArmed || _isDisposed || (_store.Log.IsEmpty && _store.Sessions.Count == 0)) return;
        _isArmed = true;
        _timer ??= _server.Time.CreateTimer(static self => ((SessionRecovery)self!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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
