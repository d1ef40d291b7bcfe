using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>The deadlines of a session, and the actions taken when they pass.</summary>
internal sealed partial class EngineSession
{
    // Created by Open, before another thread can find the session.
    private SessionDeadline _heartbeat = null!;
    private SessionDeadline? _connecting;
    private SessionDeadline? _upgrading;
    private SessionDeadline? _closing;
    private SessionDeadline? _draining;
    private SessionDeadline? _packet;

    /// <summary>Stops the deadline for joining a namespace, because the session has joined one.</summary>
    public void StopConnectDeadline() => Stop(ref _connecting);

    /// <summary>Starts the deadline for the attachments of a packet.</summary>
    public void StartPacketDeadline() => Start(ref _packet, Deadline.Packet);

    public void StopPacketDeadline() => Stop(ref _packet);

    public void StopUpgradeDeadline() => Stop(ref _upgrading);

    /// <summary>Processes the heartbeat's deadline if it has passed, even if the timer has not fired yet.</summary>
    /// <remarks>
    /// Timers are late, by milliseconds or, on a busy machine, by more. Requests are therefore checked against the clock.
    /// </remarks>
    public void CheckHeartbeat()
    {
        if (!engine.Deadlines.IsDue(_heartbeat)) return;
        var isPing = false;
        lock (this)
        {
            // Two threads may find the same deadline; the second one sees the next deadline.
            if (_state != State.Open || !engine.Deadlines.IsDue(_heartbeat)) return;
            if (_heartbeat.Kind == Deadline.Ping)
            {
                // Started before the ping is sent: the pong may arrive before this thread continues.
                isPing = true;
                AwaitPong();
                engine.Deadlines.StartNext(_heartbeat, Deadline.Pong);
            }
            else if (TakeHeldUp())
            {
                // The sign of life may be queued behind messages that wait for a handler.
                engine.Deadlines.Start(_heartbeat, _heartbeat.Kind);
                return;
            }
        }

        if (isPing) Send(EngineFrames.Ping, BroadcastFlags.None);
        else Expire();
    }

    /// <summary>Starts or restarts the deadline of a part of what the receiver serves.</summary>
    /// <param name="entry">The deadline.</param>
    /// <param name="kind">The kind of the deadline.</param>
    /// <param name="delay">The delay.</param>
    public void Start(DeadlineEntry entry, Deadline kind, TimeSpan delay) => engine.Deadlines.Start(entry, kind, delay);

    /// <summary>Stops the deadline of a part of what the receiver serves; null is ignored.</summary>
    public void Stop(DeadlineEntry? entry) => engine.Deadlines.Stop(entry);

    private void StartOpening()
    {
        engine.Deadlines.Start(_heartbeat, IsLegacy ? Deadline.ClientPing : Deadline.Ping);
        if (engine.Deadlines.LimitsConnecting) Start(ref _connecting, Deadline.Connect);
    }

    /// <summary>Restarts the heartbeat after a sign of life.</summary>
    private void Beat(Deadline next)
    {
        if (IsOpen) engine.Deadlines.Start(_heartbeat, next);
    }

    /// <summary>Stops all deadlines except that of an upgrade, and starts the deadline for closing.</summary>
    private void StartClosing()
    {
        engine.Deadlines.Stop(_heartbeat);
        Stop(ref _connecting);
        Stop(ref _draining);
        Stop(ref _packet);
        Start(ref _closing, Deadline.Close);
    }

    /// <summary>Stops the remaining deadlines, because the session has ended.</summary>
    private void StopDeadlines()
    {
        Stop(ref _closing);
        Stop(ref _upgrading);
    }

    private void Start(ref SessionDeadline? deadline, Deadline kind) =>
        engine.Deadlines.Start(deadline = new SessionDeadline(this), kind);

    private void Stop(ref SessionDeadline? deadline) => engine.Deadlines.Stop(Interlocked.Exchange(ref deadline, null));

    private void OnDue(Deadline kind)
    {
        switch (kind)
        {
            case Deadline.Ping or Deadline.Pong or Deadline.ClientPing:
                CheckHeartbeat();
                break;
            case Deadline.Packet:
                Refuse(DisconnectReason.ForcedClose, ViolationReason.Attachments, "The attachments of an event did not arrive in time.");
                break;
            case Deadline.Connect:
                Close(new DisconnectInfo(DisconnectReason.ForcedClose, "The client joined no namespace in time."));
                break;
            case Deadline.Upgrade:
                EndUpgrade();
                break;
            case Deadline.Drain:
                CloseSlowConsumer();
                break;
            case Deadline.Close:
                Transport.Abort();
                Finish();
                break;
            case Deadline.Pause:
                Uncork();
                break;
        }
    }

    private sealed class SessionDeadline(EngineSession session) : DeadlineEntry
    {
        public override void OnDue() => session.OnDue(Kind);
    }
}
