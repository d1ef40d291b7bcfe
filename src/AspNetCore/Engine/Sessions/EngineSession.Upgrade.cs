namespace TypedSocketRedis.Engine;

/// <summary>The upgrade from polling to a WebSocket, which can begin, complete or fail until the session has ended.</summary>
internal sealed partial class EngineSession
{
    private static readonly DisconnectInfo UnfinishedUpgrade = new(
        DisconnectReason.TransportError, "A POST that was running when the client upgraded did not end in time.");

    // JavaScript servers keep a poll waiting for as long during an upgrade.
    private static readonly TimeSpan UpgradeGrace = TimeSpan.FromMilliseconds(100);

    // The web server writes to the network later, on a thread of its own.
    private static readonly TimeSpan WriteGrace = TimeSpan.FromMilliseconds(20);

    private WebSocketTransport? _probe;
    private TaskCompletionSource? _upgradeEnd;
    private bool _probed;

    /// <summary>Gets a value indicating whether a WebSocket has reserved the session and has not become its transport yet.</summary>
    public bool IsUpgrading
    {
        get { lock (this) return _probe is not null; }
    }

    /// <summary>Gets a value indicating whether polls complete soon, so that the client can stop polling and upgrade.</summary>
    public bool IsProbed
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

    /// <summary>Returns a task that completes when the upgrade in progress has ended, or after 100 milliseconds.</summary>
    /// <remarks>
    /// A client's requests arrive on other connections than the packets of its upgrade, so that one of them can be read before packets
    /// that were sent earlier.
    /// </remarks>
    public async Task WhenUpgradedAsync()
    {
        TaskCompletionSource ended;
        lock (this)
        {
            if (_probe is null) return;
            ended = _upgradeEnd ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        await Task.WhenAny(ended.Task, engine.Deadlines.DelayAsync(UpgradeGrace)).ConfigureAwait(false);
        await WhenWrittenAsync().ConfigureAwait(false);
    }

    /// <summary>Returns a task that completes when the last write to the WebSocket has probably reached the network.</summary>
    public Task WhenWrittenAsync() => engine.Deadlines.DelayAsync(WriteGrace);

    /// <summary>Completes the waiting poll when the upgrade in progress has ended, or after 100 milliseconds.</summary>
    /// <remarks>A poll that the client sent after the last packet of its upgrade is refused, although it arrived before.</remarks>
    public async Task ReleasePollAsync(PollingTransport polling)
    {
        await WhenUpgradedAsync().ConfigureAwait(false);
        polling.Release();
    }

    /// <summary>Completes the waiting poll, because the response to the probe has been sent.</summary>
    public void ReleasePolls(WebSocketTransport probe)
    {
        PollingTransport polling;
        lock (this)
        {
            if (_probed || !ReferenceEquals(_probe, probe) || _transport is not PollingTransport current) return;
            _probed = true;
            polling = current;
        }

        if (polling.IsPollOfUpgrade) _ = ReleasePollAsync(polling);
        else polling.Release();
    }

    /// <summary>Makes the WebSocket the session's transport, which sends queued frames and the end frame from now on.</summary>
    /// <param name="probe">The WebSocket.</param>
    /// <param name="isProbed">True if the client has sent a probe. A poll that still waits was then sent after it, and is refused.</param>
    /// <param name="posted">The task that completes when the POST that is still running has ended. Until then the WebSocket must not be
    /// read.</param>
    public bool TryCompleteUpgrade(WebSocketTransport probe, bool isProbed, out Task posted)
    {
        posted = Task.CompletedTask;
        lock (this)
        {
            if (!ReferenceEquals(_probe, probe) || _transport is not PollingTransport polling) return false;
            if (_state != State.Open && !(_state == State.Closing && _isEndPending)) return false;
            _transport = probe;
            polling.Release(isValid: !isProbed);
            ForgetProbe();
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
            ForgetProbe();
            Stop(ref _upgrading);
        }

        probe.Abort();

        // The end frame of a closing session was held back for the WebSocket.
        MarkDirty();
    }

    private void ForgetProbe()
    {
        _probe = null;
        _probed = false;
        _upgradeEnd?.TrySetResult();
        _upgradeEnd = null;
    }
}
