using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>One client's Engine.IO session: its outgoing queue, its transport, its deadlines and its end.</summary>
/// <remarks>Messages are received one at a time. Frames may be sent from any thread and leave in the order of the calls.</remarks>
/// <param name="engine">The shared state of the server.</param>
/// <param name="transport">The first transport of the session.</param>
internal sealed partial class EngineSession(EngineContext engine, IEngineTransport transport)
{
    /// <summary>
    /// The maximum number of pauses per session, so that a client of hundreds of namespaces does not wait for each of them.
    /// </summary>
    public const int MaxPauses = 8;

    private readonly OutgoingQueue _queue = new();
    private IEngineTransport _transport = transport;
    private State _state;
    private int _dirty;
    private int _corks;
    private byte _pauses;
    private volatile bool _isPauseDue;
    private volatile bool _watchesDrain;

    /// <summary>The id by which requests find the session.</summary>
    public SessionId Id { get; private init; } = SessionId.Create();

    /// <summary>The id that the application gave the session, or null for one of this server.</summary>
    public string? GivenId
    {
        get;
        init
        {
            if (value is null || !SessionId.TryParse(value, out var id, out var isOwn)) return;
            Id = id;
            field = isOwn ? null : value;
        }
    }

    /// <summary>The text of the id.</summary>
    public string IdText => GivenId ?? Id.ToString();

    /// <summary>Gets a value indicating whether the client uses protocol 3.</summary>
    public bool IsLegacy { get; init; }

    /// <summary>The data kept of the request that opened the session.</summary>
    public required FirstRequest Request { get; init; }

    /// <summary>The user who made that request, or null for an anonymous one.</summary>
    public required ClaimsPrincipal? User { get; init; }

    /// <summary>The key under which the client's address is counted, or null if it is not counted.</summary>
    public required ulong? Address { get; init; }

    public IEngineTransport Transport
    {
        get { lock (this) return _transport; }
    }

    public bool IsOpen
    {
        get { lock (this) return _state == State.Open; }
    }

    /// <summary>Queues the handshake and starts the deadlines, if the server has a place for the session.</summary>
    /// <param name="receiver">The receiver of the session's messages.</param>
    /// <returns>The reason to refuse the client, or null if the session is open.</returns>
    public ConnectionRefusalReason? Open(ISessionReceiver receiver)
    {
        _receiver = receiver;
        _heartbeat = new SessionDeadline(this);
        if (engine.Table.Add(this) is { } refusal) return refusal;

        engine.Metrics.Opened();
        var options = engine.Options;
        var upgradable = _transport is PollingTransport && options.AllowUpgrades
            && (options.Transports & SocketIOTransports.WebSocket) != 0;
        Send(EngineFrames.Open(IdText, upgradable, options.PingInterval, options.PingTimeout, options.MaxHttpBufferSize),
            BroadcastFlags.None);
        StartOpening();
        if (!OpensAfterResponse) receiver.Opened();
        return null;
    }

    /// <summary>
    /// Gets a value indicating whether the receiver learns that the session is open after the first response: a client of protocol 3 joins
    /// a namespace at once, and while it does its frames, the handshake included, are held back.
    /// </summary>
    public bool OpensAfterResponse => IsLegacy && Transport is PollingTransport;

    /// <summary>Notifies the receiver that the session is open, because the first response has been sent.</summary>
    public void FirstResponseSent() => _receiver.Opened();

    /// <summary>Queues a frame; never blocks, never throws, and never calls application code.</summary>
    public void Send(Frame frame, BroadcastFlags flags)
    {
        var isVolatile = (flags & BroadcastFlags.Volatile) != 0;
        var current = Volatile.Read(ref _transport);
        if ((flags & BroadcastFlags.NoCompress) != 0) frame.KeepPlain();
        if (frame.HasBinary && current.Form is (FrameForm.Text or FrameForm.LegacyText)) frame = frame.In(current.Form);
        if (engine.Options.PerMessageDeflate is { } options && current.Deflates) Deflate.Compress(frame, options);
        var isUnwritable = isVolatile && !current.IsWritable;
        var isQueued = false;
        lock (this)
        {
            if (_state != State.Open) return;
            if (!isUnwritable)
            {
                var wasOverBudget = _queue.IsOverBudget;
                isQueued = _queue.TryEnqueue(frame, engine.Options.MaxQueuedBytes, isVolatile);
                if (_queue.IsOverBudget && !wasOverBudget) Start(ref _draining, Deadline.Drain);
            }
        }

        if (isQueued)
        {
            engine.Metrics.Queued();
            if (engine.Logger.IsEnabled(LogLevel.Trace)) Trace(frame);
            MarkDirty();
        }
        else if (isUnwritable)
        {
            engine.Metrics.Dropped(PacketDropReason.Volatile);
        }
        else
        {
            Drop(isVolatile);
        }
    }

    /// <summary>
    /// Counts a frame that exceeds the budget, and closes the session unless the frame is volatile: a client must not miss other frames
    /// without noticing.
    /// </summary>
    public void Drop(bool isVolatile)
    {
        engine.Metrics.Dropped(PacketDropReason.Budget);
        if (!isVolatile) CloseSlowConsumer();
    }

    /// <summary>Holds back outgoing frames until <see cref="Uncork"/>; calls may nest.</summary>
    public void Cork() => Interlocked.Increment(ref _corks);

    /// <summary>Sends the frames that were held back.</summary>
    public void Uncork()
    {
        if (Interlocked.Decrement(ref _corks) == 0) engine.Flusher.Flush(this);
    }

    /// <summary>Takes the next frame for a transport; returns false for a transport that is no longer, or not yet, the session's.</summary>
    /// <param name="transport">The transport that takes the frame.</param>
    /// <param name="endFrame">The transport's usual end frame, or null to not take an end frame even if it is due.</param>
    /// <param name="frame">The frame.</param>
    public bool TryTake(IEngineTransport transport, Frame? endFrame, [NotNullWhen(true)] out Frame? frame)
    {
        frame = null;
        lock (this)
        {
            if (!MayTake(transport)) return false;
            if (!_queue.TryDequeue(out frame)) return endFrame is not null && TryTakeEnd(endFrame, out frame);
            if (_queue.HasDrained(engine.Options.MaxQueuedBytes)) Stop(ref _draining);
            if (frame.IsApart && !HasMadeAllPauses && transport is WebSocketTransport) HoldForPause();
            return true;
        }
    }

    /// <summary>Records the time until an event is written; returns false if the frame is not measured.</summary>
    public bool TryMeasure(Frame frame)
    {
        if (frame is not TimedFrame timed) return false;
        engine.Metrics.Delivered(timed.Sent);
        return true;
    }

    public bool HasFrames(IEngineTransport transport)
    {
        lock (this) return MayTake(transport) && (_queue.Count > 0 || IsEndDue);
    }

    /// <summary>Gets a value indicating whether no further CONNECT packet of the session is followed by a pause.</summary>
    public bool HasMadeAllPauses => _pauses >= MaxPauses;

    /// <summary>Notifies the receiver from now on whenever all queued frames have been written.</summary>
    public void WatchDrain() => _watchesDrain = true;

    /// <summary>Notifies the receiver if all queued frames have been written; called by a transport after it has written some.</summary>
    public void Drained(IEngineTransport transport)
    {
        if (!_watchesDrain) return;
        lock (this)
        {
            if (_state != State.Open || _queue.Count > 0 || !ReferenceEquals(transport, _transport)) return;
        }

        _receiver.Drained();
    }

    /// <summary>Adds the session to the flusher's next pass, at most once until the next flush.</summary>
    public void MarkDirty()
    {
        if (Interlocked.Exchange(ref _dirty, 1) == 0) engine.Flusher.Add(this);
    }

    /// <summary>Writes queued frames until the transport accepts no more; called only by the flusher.</summary>
    public void Flush()
    {
        Interlocked.Exchange(ref _dirty, 0);
        Transport.Flush(this);
    }

    // A client that adds its event listeners only after it has received the CONNECT packet misses an event that it reads together with
    // that packet: WebSocket libraries raise all messages of one read before the caller's continuation runs. Two writes to a connection
    // in quick succession can be read at once, and no API of ASP.NET Core reports when a write has left the machine, so only time
    // separates them.
    private void HoldForPause()
    {
        _pauses++;
        Cork();
        _isPauseDue = true;
    }

    /// <summary>Starts the pause after a CONNECT packet that has been flushed; its end uncorks the session.</summary>
    public void Flushed()
    {
        if (!_isPauseDue) return;
        _isPauseDue = false;
        engine.Pauses.Start(new SessionDeadline(this), Deadline.Pause);
    }

    // The number of the object tells connections apart; the id is a secret.
    private void Trace(Frame frame)
    {
        if (frame.Parts.IsEmpty) return;
        var first = frame.Parts[0];
        var kind = first.IsBinary ? EnginePacketKind.Message : (EnginePacketKind)(frame.Payload(first)[0] - '0');
        SocketIOLog.PacketQueued(engine.Logger, RuntimeHelpers.GetHashCode(this), kind, first.Length, frame.Parts.Length - 1);
    }

    private bool MayTake(IEngineTransport transport) => ReferenceEquals(transport, _transport) && Volatile.Read(ref _corks) == 0;
}
