namespace TypedSocketRedis.Engine;

/// <summary>The upgrade from polling to a WebSocket, which can begin, complete or fail until the session has ended.</summary>
internal sealed partial class EngineSession
{
    private static readonly DisconnectInfo UnfinishedUpgrade = new(
        DisconnectReason.TransportError, "A POST that was running when the client upgraded did not end in time.");

    private WebSocketTransport? _probe;
    private bool _probed;

    /// <summary>Gets a value indicating whether polls complete immediately, so that the client can stop polling and upgrade.</summary>
    public bool IsUpgrading
    {
        get { lock (this) return _probed; }
    }

    /// <summary>Reserves the session for a WebSocket that is to become its transport.</summary>
    /// <returns>False if another WebSocket has already reserved the session, or the session has ended.</returns>
    public bool TryBeginUpgrade(WebSocketTransport probe)
    {
        lock (this)
        {
            if (_state == State.Closed || _probe is not null || _transport is not PollingTransport) return false;
            _probe = probe;
            Start(ref _upgrading, Deadline.Upgrade);
            return true;
        }
    }

    /// <summary>Completes waiting polls, because the response to the probe has been sent.</summary>
    public void ReleasePolls(WebSocketTransport probe)
    {
        lock (this)
        {
            if (!ReferenceEquals(_probe, probe)) return;
            _probed = true;
            (_transport as PollingTransport)?.Release();
        }
    }

    /// <summary>Makes the WebSocket the session's transport, which sends queued frames and the end frame from now on.</summary>
    /// <param name="probe">The WebSocket.</param>
    /// <param name="posted">The task that completes when the POST that is still running has ended. Until then the WebSocket must not be
    /// read.</param>
    public bool TryCompleteUpgrade(WebSocketTransport probe, out Task posted)
    {
        posted = Task.CompletedTask;
        lock (this)
        {
            if (!ReferenceEquals(_probe, probe) || _transport is not PollingTransport polling) return false;
            if (_state != State.Open && !(_state == State.Closing && _isEndPending)) return false;
            _transport = probe;
            _probe = null;
            _probed = false;
            polling.Release();
            posted = polling.PostedAsync();
        }

        MarkDirty();
        if (IsOpen) _receiver.Upgraded();
        return true;
    }

    /// <summary>
    /// Ends an upgrade that takes too long: it is abandoned, or the session is closed if only an unfinished POST delays it.
    /// </summary>
    /// <remarks>
    /// The client has sent the packets that follow that POST over the WebSocket, so without the POST its events would have a gap.
    /// </remarks>
    private void EndUpgrade()
    {
        bool isCompleted;
        lock (this) isCompleted = _transport is WebSocketTransport;
        if (isCompleted) Close(UnfinishedUpgrade, CloseMode.Now);
        else AbandonUpgrade();
    }

    /// <summary>Abandons an upgrade; the session stays on polling.</summary>
    /// <param name="only">The WebSocket whose upgrade is abandoned, or null for any.</param>
    public void AbandonUpgrade(WebSocketTransport? only = null)
    {
        WebSocketTransport? probe;
        lock (this)
        {
            probe = _probe;
            if (probe is null || (only is not null && !ReferenceEquals(only, probe))) return;
            _probe = null;
            _probed = false;
            Stop(ref _upgrading);
        }

        probe.Abort();

        // The end frame of a closing session was held back for the WebSocket.
        MarkDirty();
    }
}
