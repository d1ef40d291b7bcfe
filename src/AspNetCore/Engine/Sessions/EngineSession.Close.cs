using System.Diagnostics.CodeAnalysis;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>The end of a session.</summary>
/// <remarks>
/// While a session is closing it still has its transport: queued frames are sent, an upgrade that the client has begun can complete, and
/// the end frame is the last one on the transport that the client uses by then.
/// </remarks>
internal sealed partial class EngineSession
{
    private enum State : byte
    {
        Open,
        Closing,
        Closed,
    }

    private Frame? _endFrame;
    private bool _isEndPending;
    private bool _isLeft;
    private bool _isReleased;

    /// <inheritdoc cref="Close(DisconnectInfo, CloseMode, Frame)"/>
    public void Close(DisconnectReason reason, CloseMode mode = CloseMode.Orderly) => Close(new DisconnectInfo(reason), mode);

    /// <summary>Closes the session; only the first reason is reported.</summary>
    /// <param name="info">The reason reported to its sockets.</param>
    /// <param name="mode">The way to close, which determines the frames that are still sent.</param>
    /// <param name="endFrame">The last frame, or null for the transport's usual one.</param>
    public void Close(DisconnectInfo info, CloseMode mode = CloseMode.Orderly, Frame? endFrame = null)
    {
        if (!TryClose(info, mode, endFrame, onlyOpen: mode == CloseMode.Orderly)) return;
        if (mode != CloseMode.Orderly) AbandonUpgrade();
        if (mode == CloseMode.Abort) Transport.Abort();
    }

    /// <summary>Ends a part of what the receiver serves; see <see cref="ISessionReceiver.Disconnect"/>.</summary>
    public void Disconnect(object part, bool close, DisconnectReason? reason = null) => _receiver.Disconnect(part, close, reason);

    /// <summary>
    /// Closes the session because its heartbeat deadline has passed. A session that is already closing has its own deadline.
    /// </summary>
    private void Expire()
    {
        if (TryClose(new DisconnectInfo(DisconnectReason.PingTimeout), CloseMode.Now, endFrame: null, onlyOpen: true)) AbandonUpgrade();
    }

    /// <summary>Closes the session of a client whose queue exceeded the budget for too long, or reached the hard limit.</summary>
    /// <remarks>
    /// A sender, which may hold locks, can be the one that finds it. The connections are therefore aborted later, because the web server
    /// may run callbacks of the application when they are.
    /// </remarks>
    public void CloseSlowConsumer()
    {
        var info = new DisconnectInfo(DisconnectReason.SlowConsumer,
            $"More than {engine.Options.MaxQueuedBytes} bytes were queued for the client.");
        if (!TryClose(info, CloseMode.Abort, endFrame: null, onlyOpen: true)) return;
        if (engine.LogGate.TryEnter("slow consumer")) SocketIOLog.SlowClientDisconnected(engine.Logger, engine.Options.MaxQueuedBytes);
    }

    private bool TryClose(DisconnectInfo info, CloseMode mode, Frame? endFrame, bool onlyOpen)
    {
        bool first;
        lock (this)
        {
            if (_state == State.Closed || (_state == State.Closing && onlyOpen)) return false;
            first = _state == State.Open;
            _state = mode == CloseMode.Orderly ? State.Closing : State.Closed;
            if (mode != CloseMode.Orderly)
            {
                // Asynchronous: the callbacks of the token must not run inside the lock.
                _ = _body?.CancelAsync();
                _queue.Clear();
            }

            _isLeft = mode == CloseMode.ByClient && _transport is PollingTransport;

            // An end frame that has already been taken is final.
            if (first || _isEndPending) (_endFrame, _isEndPending) = (_isLeft ? EngineFrames.Noop : endFrame, mode != CloseMode.Abort);
        }

        if (mode != CloseMode.Orderly) Forget(isFindable: _isLeft);
        if (first) End(info);
        if (mode == CloseMode.Abort) StopDeadlines();
        MarkDirty();
        return true;
    }

    /// <summary>Removes the session, because the end frame has been sent or the connection is lost.</summary>
    public void Finish()
    {
        Close(DisconnectReason.TransportClose, CloseMode.Abort);
        Forget();
        AbandonUpgrade();
        StopDeadlines();
    }

    /// <summary>
    /// Returns a value indicating whether the session responds to a request; a session closed by its client responds to one more poll
    /// only.
    /// </summary>
    public bool RespondsTo(bool isPoll)
    {
        lock (this) return _state != State.Closed || (isPoll && _isLeft && _isEndPending);
    }

    public bool IsEndFrame(Frame frame) => ReferenceEquals(frame, Volatile.Read(ref _endFrame));

    /// <summary>Releases the session's place in the table; returns true on the first call only.</summary>
    public bool TryRelease() => !Interlocked.Exchange(ref _isReleased, true);

    // A client that upgrades stops polling before it sends the last packet of the upgrade, so an end frame sent over polling would
    // not be received, and the upgrade would fail.
    private bool IsEndDue => _isEndPending && (!_probed || _state == State.Closed);

    private bool TryTakeEnd(Frame usual, [NotNullWhen(true)] out Frame? frame)
    {
        frame = null;
        if (!IsEndDue) return false;
        _isEndPending = false;
        frame = _endFrame ??= usual;
        return true;
    }

    private void Forget(bool isFindable = false)
    {
        if (isFindable) engine.Table.Release(this);
        else engine.Table.Remove(this);
    }

    private void End(DisconnectInfo info)
    {
        engine.Metrics.Closed(info.Reason, engine.Metrics.MeasuresConnections ? Request.ReadTime() : null);
        StartClosing();

        // Disconnection handlers must not run inside the call that closed the session.
        ThreadPool.UnsafeQueueUserWorkItem(
            static end => end.Session.NotifyClosed(end.Info), (Session: this, Info: info), preferLocal: false);
    }

    private void NotifyClosed(DisconnectInfo info)
    {
        try
        {
            if (info.Reason == DisconnectReason.SlowConsumer)
            {
                AbandonUpgrade();
                Transport.Abort();
            }

            _receiver.Closed(info);
        }
        catch (Exception exception)
        {
            // On a pool thread an exception would end the process, and with it every other session.
            engine.Unexpected(exception);
        }
    }
}
