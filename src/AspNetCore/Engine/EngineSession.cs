using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>One client's Engine.IO session: what waits for it, its transport, its heartbeat, its end.</summary>
/// <remarks>Messages come in one at a time; frames may be sent from any thread and leave in the order of the calls.</remarks>
internal sealed class EngineSession
{
    private enum State
    {
        Open,
        Closing,
        Closed,
    }

    private readonly OutgoingQueue _queue = new();
    private readonly EngineServices _services;
    private readonly ISessionReceiver _receiver;
    private IEngineTransport _transport;
    private WebSocketTransport? _probe;
    private bool _probed;
    private Frame? _goodbye;
    private State _state;
    private int _dirty;
    private int _corks;

    public EngineSession(EngineServices services, Func<EngineSession, IEngineTransport> createTransport)
    {
        _services = services;
        _transport = createTransport(this);
        _receiver = services.CreateReceiver(this);
        Clock = new SessionClock(this, services.Heartbeats);
        Incoming = new Incoming(this, services, _receiver);
    }

    public SessionId Id { get; } = SessionId.Create();

    /// <summary>What is kept of the request that opened the session.</summary>
    public required FirstRequest Request { get; init; }

    /// <summary>Who made that request; null for nobody in particular.</summary>
    public required ClaimsPrincipal? User { get; init; }

    /// <summary>What its client's address is counted under; null: it is not counted.</summary>
    public required ulong? Address { get; init; }

    /// <summary>What the session waits for.</summary>
    public SessionClock Clock { get; }

    /// <summary>Where transports bring what the client sends.</summary>
    public Incoming Incoming { get; }

    public IEngineTransport Transport
    {
        get { lock (this) return _transport; }
    }

    public bool IsOpen
    {
        get { lock (this) return _state == State.Open; }
    }

    /// <summary>Queues the handshake and starts the clocks, if the server has a place for the session.</summary>
    public SessionPlace Open()
    {
        var place = _services.Table.Add(this);
        if (place != SessionPlace.Taken) return place;

        _services.Metrics.Opened();
        var options = _services.Options;
        var upgradable = _transport is PollingTransport && options.AllowUpgrades && (options.Transports & SocketIOTransports.WebSocket) != 0;
        Send(EngineFrames.Open(Id.ToString(), upgradable, options.PingInterval, options.PingTimeout, options.MaxHttpBufferSize), BroadcastFlags.None);
        Clock.StartOpening();
        _receiver.Opened();
        return place;
    }

    /// <summary>Queues a frame; never blocks, never throws, and never runs anybody's code.</summary>
    public void Send(Frame frame, BroadcastFlags flags)
    {
        var isVolatile = (flags & BroadcastFlags.Volatile) != 0;
        bool fits;
        if ((flags & BroadcastFlags.NoCompress) != 0) frame.KeepPlain();
        if (frame.HasBinary && Volatile.Read(ref _transport).IsTextOnly) frame = frame.ForTextOnly();
        if (_services.Options.PerMessageDeflate is { } options && Transport.Deflates) Deflate.Compress(frame, options);
        lock (this)
        {
            if (_state != State.Open) return;
            if (isVolatile && !_transport.IsWritable)
            {
                _services.Metrics.Dropped("volatile");
                return;
            }

            var wasOverBudget = _queue.IsOverBudget;
            fits = _queue.TryEnqueue(frame, _services.Options.MaxQueuedBytes, isVolatile);
            if (_queue.IsOverBudget && !wasOverBudget) Clock.StartDraining();
        }

        if (fits)
        {
            _services.Metrics.Queued();
            MarkDirty();
        }
        else
        {
            Drop(isVolatile);
        }
    }

    /// <summary>There is no room for a frame: without one that is not volatile the client would miss something and not know.</summary>
    public void Drop(bool isVolatile)
    {
        _services.Metrics.Dropped("budget");
        if (!isVolatile) CloseSlowConsumer();
    }

    /// <summary>Holds back what is sent until <see cref="Uncork"/>; calls may nest.</summary>
    public void Cork() => Interlocked.Increment(ref _corks);

    public void Uncork()
    {
        if (Interlocked.Decrement(ref _corks) == 0) MarkDirty();
    }

    /// <summary>Takes the next frame for a transport; nothing for one that is no longer, or not yet, the session's.</summary>
    /// <param name="transport">Who takes it.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="butGoodbye">Leaves the goodbye where it is.</param>
    public bool TryTake(IEngineTransport transport, [NotNullWhen(true)] out Frame? frame, bool butGoodbye = false)
    {
        frame = null;
        lock (this)
        {
            if (!ReferenceEquals(transport, _transport) || Volatile.Read(ref _corks) != 0) return false;
            if ((butGoodbye && _goodbye is not null && _queue.Count == 1) || !_queue.TryDequeue(out frame)) return false;
            if (_queue.HasDrained(_services.Options.MaxQueuedBytes)) Clock.StopDraining();
            return true;
        }
    }

    public bool HasFrames(IEngineTransport transport)
    {
        lock (this) return ReferenceEquals(transport, _transport) && Volatile.Read(ref _corks) == 0 && _queue.Count > 0;
    }

    public bool IsGoodbye(Frame frame) => ReferenceEquals(frame, Volatile.Read(ref _goodbye));

    /// <summary>Lets the flusher know, once until the next flush.</summary>
    public void MarkDirty()
    {
        if (Interlocked.Exchange(ref _dirty, 1) == 0) _services.Flusher.Add(this);
    }

    /// <summary>One flush; only the flusher calls it.</summary>
    public void Flush()
    {
        Interlocked.Exchange(ref _dirty, 0);
        Transport.Flush();
    }

    /// <summary>Whether polls are answered at once, so that the client can stop polling and change over.</summary>
    public bool IsChangingOver
    {
        get { lock (this) return _probed; }
    }

    /// <summary>Reserves the session for a websocket that wants to take over; false when it is not to be had.</summary>
    public bool TryBeginUpgrade(WebSocketTransport probe)
    {
        lock (this)
        {
            if (_state != State.Open || _probe is not null || _transport is not PollingTransport) return false;
            _probe = probe;
            Clock.StartUpgrade();
            return true;
        }
    }

    /// <summary>The probe was answered: from now on polls do not wait.</summary>
    public void ReleasePolls()
    {
        lock (this)
        {
            if (_probe is null) return;
            _probed = true;
            (_transport as PollingTransport)?.Release();
        }
    }

    /// <summary>Makes the websocket the session's transport; what is queued leaves through it.</summary>
    public bool TryCompleteUpgrade(WebSocketTransport probe)
    {
        lock (this)
        {
            if (_state != State.Open || !ReferenceEquals(_probe, probe)) return false;
            (_transport as PollingTransport)?.Release();
            _transport = probe;
            ForgetProbe();
        }

        MarkDirty();
        return true;
    }

    /// <summary>Gives an upgrade up; the session stays on polling.</summary>
    /// <param name="only">The websocket whose upgrade is meant; null: whichever there is.</param>
    public void AbandonUpgrade(WebSocketTransport? only = null)
    {
        WebSocketTransport? probe;
        lock (this)
        {
            probe = _probe;
            if (only is not null && !ReferenceEquals(only, probe)) return;
            ForgetProbe();
        }

        probe?.Abort();
    }

    /// <summary>Ends the session; the first reason counts.</summary>
    /// <param name="reason">What the sockets on it are told.</param>
    /// <param name="mode">How much still goes out.</param>
    /// <param name="goodbye">The last frame, if not the transport's usual one.</param>
    public void Close(DisconnectReason reason, CloseMode mode = CloseMode.Orderly, Frame? goodbye = null)
    {
        bool first;
        IEngineTransport transport;
        lock (this)
        {
            if (_state == State.Closed || (_state == State.Closing && mode == CloseMode.Orderly)) return;
            first = _state == State.Open;
            _state = mode == CloseMode.Orderly ? State.Closing : State.Closed;
            transport = _transport;
            if (mode != CloseMode.Orderly) _queue.Clear();
            if (mode != CloseMode.Abort) _queue.Enqueue(_goodbye = goodbye ?? transport.Goodbye);
        }

        if (mode != CloseMode.Orderly) Forget();
        if (first) End(reason);
        if (mode == CloseMode.Abort) transport.Abort();
        MarkDirty();
    }

    /// <summary>The goodbye is out, or the connection gone: nothing is left to do for this session.</summary>
    public void Finish()
    {
        Close(DisconnectReason.TransportClose, CloseMode.Abort);
        lock (this) _state = State.Closed;
        Forget();
        Clock.Stop();
    }

    private void Forget()
    {
        _services.Table.Remove(this);
        Incoming.End();
    }

    private void End(DisconnectReason reason)
    {
        _services.Metrics.Closed(reason);
        AbandonUpgrade();
        Clock.StartClosing();

        // Handlers of the disconnection must not run inside whoever's send or read it was that ended the session.
        ThreadPool.UnsafeQueueUserWorkItem(static end => end.Session.Tell(end.Reason), (Session: this, Reason: reason), preferLocal: false);
    }

    private void Tell(DisconnectReason reason)
    {
        try
        {
            _receiver.Closed(reason);
        }
        catch (Exception exception)
        {
            // On a pool thread an exception would end the process, and with it every other session.
            _services.Unexpected(exception);
        }
    }

    private void ForgetProbe()
    {
        Clock.StopUpgrade();
        _probe = null;
        _probed = false;
    }

    /// <summary>The client has left more than its budget waiting for too long, or the queue's last bound is reached.</summary>
    public void CloseSlowConsumer()
    {
        if (_services.LogGate.TryEnter("slow consumer")) EngineLog.SlowConsumer(_services.Logger, _services.Options.MaxQueuedBytes);
        Close(DisconnectReason.SlowConsumer, CloseMode.Abort);
    }
}
