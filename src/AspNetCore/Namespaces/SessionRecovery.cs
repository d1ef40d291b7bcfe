using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>What a namespace keeps for clients that may come back: their sockets, and the events they may miss.</summary>
/// <remarks>
/// An event is numbered, kept and handed to the queues of its receivers under one lock, so that each client gets events in the
/// order of their numbers, and what it has not got is what comes behind the last one it has.
/// </remarks>
internal sealed class SessionRecovery : IDisposable
{
    private static readonly TimeSpan ShortestSweep = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly LocalAdapter _local;
    private readonly SocketIOServer _server;
    private readonly ConnectionStateRecoveryOptions _options;
    private readonly RecoveryBudget _budget;
    private readonly PacketLog _log = new();
    private readonly KeptSessions _sessions = new();
    private readonly TimeSpan _packetLife;
    private int _claimed;
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

    /// <summary>Sends an event to many, numbered.</summary>
    /// <exception cref="ProtocolException">The event is malformed; nobody received it.</exception>
    public void Broadcast(EventData data, BroadcastOptions options)
    {
        var receivers = default(SocketSelection);
        List<RecoverableSession>? dropped = null;
        try
        {
            lock (_gate)
            {
                receivers = _local.Rooms.Select(options);
                if (receivers.Count == 0 && !IsAwaited) return;
                var frame = Record(data, options.Rooms, options.Except, ref dropped);
                foreach (var socket in receivers.Sockets) ((LocalSocket)socket).Send(frame, options.Flags, _log.End);
            }

            var sent = new SentEvent(data);
            foreach (var socket in receivers.Sockets) ((LocalSocket)socket).Show(ref sent);
        }
        finally
        {
            receivers.Dispose();
            Release(dropped);
        }
    }

    /// <summary>Sends an event to one, numbered; to one that is gone for a moment as well.</summary>
    /// <exception cref="ProtocolException">The event is malformed.</exception>
    public void Send(LocalSocket socket, EventData data, BroadcastFlags flags)
    {
        List<RecoverableSession>? dropped = null;
        lock (_gate)
        {
            if (!socket.IsConnected && !IsAwaited) return;
            socket.Send(Record(data, [socket.Id.ToString()], [], ref dropped), flags, _log.End);
        }

        Release(dropped);
        var sent = new SentEvent(data);
        socket.Show(ref sent);
    }

    /// <summary>Keeps a socket whose client is gone.</summary>
    public void Keep(ServerSocket socket, string pid, Func<Progress> progress)
    {
        var rooms = socket.Membership.Current.Remove(socket.Id.ToString());
        List<RecoverableSession>? dropped = null;
        lock (_gate)
        {
            var kept = new RecoverableSession(
                socket.Namespace, socket.Id, pid, rooms, socket.Data.Raw.ToArray(), progress(), _log.End, _server.Time.GetTimestamp());
            if (_isDisposed || !kept.Namespace.TryHold()) return;
            if (MakeRoom(kept.Cost, ref dropped)) _sessions.Add(kept);
            else (dropped ??= []).Add(kept);
            Arm();
        }

        Release(dropped);
    }

    /// <summary>Takes out what a client names, for it alone.</summary>
    /// <param name="pid">The secret.</param>
    /// <param name="offset">The last event it has; null when it has none.</param>
    /// <param name="missingFrom">The position from which on events are missing.</param>
    /// <returns>Null when there is no such socket any more, or not all that it missed.</returns>
    public RecoverableSession? Claim(string pid, string? offset, out long missingFrom)
    {
        RecoverableSession? found;
        lock (_gate)
        {
            missingFrom = 0;
            found = _sessions.Take(pid);
            if (found is null) return null;
            var known = 0L;
            var isKnown = offset is null || _log.TryRead(offset, out known);
            missingFrom = found.MissingFrom(offset is null ? null : known);
            if (isKnown && !IsExpired(found) && Fits(found, missingFrom))
            {
                _claimed++;
                return found;
            }

            _budget.Give(found.Cost);
        }

        found.Namespace.Release();
        return null;
    }

    /// <summary>Puts back what was claimed: the client was not admitted, and may try again.</summary>
    public void Return(RecoverableSession claimed)
    {
        lock (_gate)
        {
            _claimed--;
            if (!IsExpired(claimed) && !_isDisposed)
            {
                _sessions.Add(claimed);
                Arm();
                return;
            }

            _budget.Give(claimed.Cost);
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
        lock (_gate)
        {
            List<Frame> missed = [];
            var last = _log.End;
            if (claimed is not null)
            {
                if (!_log.Reaches(missingFrom)) return false;
                missed = _log.After(missingFrom, RoomsOf(claimed), out last);
            }

            progress = new Progress(claimed is null ? last : missingFrom, last);
            if (!socket.Local.TryConnect(connect, missed)) return false;
            joining = socket.Membership.AdmitAsync();
            if (claimed is null) return true;
            _claimed--;
            _budget.Give(claimed.Cost);
        }

        claimed.Namespace.Release();
        return true;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer?.Dispose();
            _budget.Give(_log.Clear());

            // The namespace ends, so there is nothing to hold it for.
            while (_sessions.TakeOldest() is { } oldest) _budget.Give(oldest.Cost);
        }
    }

    private bool IsAwaited => _sessions.Count > 0 || _claimed > 0;

    private static HashSet<string> RoomsOf(RecoverableSession session) => new(session.Rooms, StringComparer.Ordinal) { session.Id.ToString() };

    private static void Release(List<RecoverableSession>? dropped)
    {
        foreach (var session in dropped ?? []) session.Namespace.Release();
    }

    private bool IsExpired(RecoverableSession session) => _server.Time.GetElapsedTime(session.Ended) > _options.MaxDisconnectionDuration;

    private bool Fits(RecoverableSession session, long position) => _log.Reaches(position)
        && _log.After(position, RoomsOf(session), out _).Sum(static frame => (long)PacketLog.CostOf(frame)) <= _server.Options.MaxQueuedBytes;

    private Frame Record(
        EventData data, ImmutableArray<string> rooms, ImmutableArray<string> except, ref List<RecoverableSession>? dropped)
    {
        var frame = _server.Packets.Event(_local.Path, data, offset: _log.NextOffset);
        if (!_isDisposed && MakeRoom(PacketLog.CostOf(frame), ref dropped)) _log.Add(frame, rooms, except, _server.Time.GetTimestamp());
        else _budget.Give(_log.Skip());
        Arm();
        return frame;
    }

    private bool MakeRoom(long cost, ref List<RecoverableSession>? dropped)
    {
        while (!_budget.TryTake(cost))
        {
            var freed = (long)_log.DropOldest();
            if (freed == 0 && _sessions.TakeOldest() is { } oldest)
            {
                (dropped ??= []).Add(oldest);
                freed = oldest.Cost;
            }

            if (freed == 0) return false;
            _budget.Give(freed);
        }

        return true;
    }

    private void Arm()
    {
        if (_isArmed || _isDisposed || (_log.Count == 0 && _sessions.Count == 0)) return;
        _isArmed = true;
        _timer ??= _server.Time.CreateTimer(static self => ((SessionRecovery)self!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var half = _options.MaxDisconnectionDuration / 2;
        _timer.Change(half > ShortestSweep ? half : ShortestSweep, Timeout.InfiniteTimeSpan);
    }

    private void Sweep()
    {
        List<RecoverableSession> dropped = [];
        lock (_gate)
        {
            _isArmed = false;
            var time = _server.Time;
            _budget.Give(_log.DropBefore(time.GetTimestamp() - (long)(_packetLife.TotalSeconds * time.TimestampFrequency)));
            while (_sessions.Oldest is { } oldest && IsExpired(oldest))
            {
                dropped.Add(_sessions.TakeOldest()!);
                _budget.Give(oldest.Cost);
            }

            Arm();
        }

        Release(dropped);
    }
}
