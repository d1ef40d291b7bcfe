using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>What one session waits for, and what happens when it has waited long enough.</summary>
internal sealed class SessionClock
{
    private readonly EngineSession _session;
    private readonly Heartbeats _heartbeats;
    private readonly Countdown _heartbeat;
    private Countdown? _connecting;
    private Countdown? _upgrading;
    private Countdown? _closing;
    private Countdown? _draining;
    private Countdown? _packet;

    public SessionClock(EngineSession session, Heartbeats heartbeats)
    {
        _session = session;
        _heartbeats = heartbeats;
        _heartbeat = new Countdown(this);
    }

    public void StartOpening()
    {
        _heartbeats.Start(_heartbeat, Deadline.Ping);
        if (_heartbeats.LimitsConnecting) _heartbeats.Start(_connecting = new Countdown(this), Deadline.Connect);
    }

    /// <summary>The session is of use: it need not expire any more.</summary>
    public void StopConnecting() => _heartbeats.Stop(Interlocked.Exchange(ref _connecting, null));

    /// <summary>Acts on the heartbeat's deadline when it has passed and the timer has not fired yet.</summary>
    /// <remarks>Timers are late, by milliseconds or, on a busy machine, by more: a request is judged by the clock.</remarks>
    public void CheckHeartbeat()
    {
        if (!_heartbeats.IsDue(_heartbeat)) return;
        var isPing = false;
        lock (this)
        {
            // Two threads may find the same deadline; the one that comes second sees the next one.
            if (!_session.IsOpen || !_heartbeats.IsDue(_heartbeat)) return;
            if (_heartbeat.Kind == Deadline.Ping)
            {
                // Before the ping: the pong may come before this thread goes on.
                isPing = true;
                _session.Incoming.AwaitPong();
                _heartbeats.StartNext(_heartbeat, Deadline.Pong);
            }
            else if (_session.Incoming.TakeHeldUp())
            {
                // The pong may be behind messages that wait for a handler.
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

    public void StartUpgrade() => _heartbeats.Start(_upgrading = new Countdown(this), Deadline.Upgrade);

    public void StopUpgrade() => _heartbeats.Stop(Interlocked.Exchange(ref _upgrading, null));

    public void StartDraining() => _heartbeats.Start(_draining = new Countdown(this), Deadline.Drain);

    /// <summary>The client has begun a packet whose attachments are missing.</summary>
    public void StartPacket() => _heartbeats.Start(_packet = new Countdown(this), Deadline.Packet);

    public void StopPacket() => _heartbeats.Stop(Interlocked.Exchange(ref _packet, null));

    public void StopDraining() => _heartbeats.Stop(Interlocked.Exchange(ref _draining, null));

    /// <summary>The session ends: only its last seconds count.</summary>
    public void StartClosing()
    {
        _heartbeats.Stop(_heartbeat);
        StopConnecting();
        StopDraining();
        StopPacket();
        _heartbeats.Start(_closing = new Countdown(this), Deadline.Close);
    }

    /// <summary>The session has ended: nothing counts any more.</summary>
    public void Stop()
    {
        _heartbeats.Stop(Interlocked.Exchange(ref _closing, null));
        StopUpgrade();
    }

    /// <summary>A delay has passed; only <see cref="Heartbeats"/> calls it.</summary>
    public void OnDue(Deadline kind)
    {
        switch (kind)
        {
            case Deadline.Ping or Deadline.Pong:
                CheckHeartbeat();
                break;
            case Deadline.Packet:
                _session.Incoming.Refuse(DisconnectReason.ForcedClose, "attachments", "The attachments of an event did not arrive in time.");
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
