using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>The deadlines of one session, and the actions taken when they pass.</summary>
internal sealed class SessionClock
{
    private readonly EngineSession _session;
    private readonly DeadlineScheduler _heartbeats;
    private readonly DeadlineEntry _heartbeat;
    private DeadlineEntry? _connecting;
    private DeadlineEntry? _upgrading;
    private DeadlineEntry? _closing;
    private DeadlineEntry? _draining;
    private DeadlineEntry? _packet;

    public SessionClock(EngineSession session, DeadlineScheduler heartbeats)
    {
        _session = session;
        _heartbeats = heartbeats;
        _heartbeat = new DeadlineEntry(this);
    }

    public void StartOpening()
    {
        _heartbeats.Start(_heartbeat, Deadline.Ping);
        if (_heartbeats.LimitsConnecting) _heartbeats.Start(_connecting = new DeadlineEntry(this), Deadline.Connect);
    }

    /// <summary>Stops the deadline for joining a namespace, because the session has joined one.</summary>
    public void StopConnecting() => _heartbeats.Stop(Interlocked.Exchange(ref _connecting, null));

    /// <summary>Processes the heartbeat's deadline if it has passed, even if the timer has not fired yet.</summary>
    /// <remarks>
    /// Timers are late, by milliseconds or, on a busy machine, by more. Requests are therefore checked against the clock.
    /// </remarks>
    public void CheckHeartbeat()
    {
        if (!_heartbeats.IsDue(_heartbeat)) return;
        var isPing = false;
        lock (this)
        {
            // Two threads may find the same deadline; the second one sees the next deadline.
            if (!_session.IsOpen || !_heartbeats.IsDue(_heartbeat)) return;
            if (_heartbeat.Kind == Deadline.Ping)
            {
                // Started before the ping is sent: the pong may arrive before this thread continues.
                isPing = true;
                _session.Incoming.AwaitPong();
                _heartbeats.StartNext(_heartbeat, Deadline.Pong);
            }
            else if (_session.Incoming.TakeHeldUp())
            {
                // The pong may be queued behind messages that wait for a handler.
                Beat(Deadline.Pong);
                return;
            }
        }

        if (isPing) _session.Send(EngineFrames.Ping, BroadcastFlags.None);
        else _session.Expire();
    }

    /// <summary>Restarts the heartbeat after a sign of life.</summary>
    public void Beat(Deadline next)
    {
        if (_session.IsOpen) _heartbeats.Start(_heartbeat, next);
    }

    public void StartUpgrade() => _heartbeats.Start(_upgrading = new DeadlineEntry(this), Deadline.Upgrade);

    public void StopUpgrade() => _heartbeats.Stop(Interlocked.Exchange(ref _upgrading, null));

    public void StartDraining() => _heartbeats.Start(_draining = new DeadlineEntry(this), Deadline.Drain);

    /// <summary>Starts the deadline for the attachments of a packet.</summary>
    public void StartPacket() => _heartbeats.Start(_packet = new DeadlineEntry(this), Deadline.Packet);

    public void StopPacket() => _heartbeats.Stop(Interlocked.Exchange(ref _packet, null));

    public void StopDraining() => _heartbeats.Stop(Interlocked.Exchange(ref _draining, null));

    /// <summary>Stops all deadlines except that of an upgrade, and starts the deadline for closing.</summary>
    public void StartClosing()
    {
        _heartbeats.Stop(_heartbeat);
        StopConnecting();
        StopDraining();
        StopPacket();
        _heartbeats.Start(_closing = new DeadlineEntry(this), Deadline.Close);
    }

    /// <summary>Stops the remaining deadlines, because the session has ended.</summary>
    public void Stop()
    {
        _heartbeats.Stop(Interlocked.Exchange(ref _closing, null));
        StopUpgrade();
    }

    /// <summary>Processes a deadline that has passed; called only by <see cref="DeadlineScheduler"/>.</summary>
    public void OnDue(Deadline kind)
    {
        switch (kind)
        {
            case Deadline.Ping or Deadline.Pong:
                CheckHeartbeat();
                break;
            case Deadline.Packet:
                _session.Incoming.Refuse(DisconnectReason.ForcedClose, "attachments",
                    "The attachments of an event did not arrive in time.");
                break;
            case Deadline.Connect:
                _session.Close(DisconnectReason.ForcedClose);
                break;
            case Deadline.Upgrade:
                _session.EndUpgrade();
                break;
            case Deadline.Drain:
                _session.CloseSlowConsumer();
                break;
            case Deadline.Close:
                _session.Transport.Abort();
                _session.Finish();
                break;
        }
    }
}
