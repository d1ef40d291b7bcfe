using Microsoft.Extensions.Hosting;

namespace TypedSocketRedis.Engine;

/// <summary>
/// Shuts a server down: no new sessions are accepted, the open ones are closed slice by slice, and the rest is aborted after a time.
/// </summary>
/// <remarks>Slices keep the clients from all reconnecting to the next server at the same time.</remarks>
/// <param name="engine">The shared state of the server.</param>
/// <param name="time">The clock.</param>
internal sealed class EngineShutdown(EngineContext engine, TimeProvider time) : IDisposable
{
    // A server with few clients closes them faster than the timeout allows.
    private const int SmallestSlice = 10;

    // Fractions of the shutdown timeout: slices are closed during the first, and the sessions left at the second are aborted. The
    // time in between is for the last slice to close, and the time after it for the host to end the requests.
    private const double Closing = 0.75;
    private const double Cutting = 0.9;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private CancellationTokenRegistration _stopping;
    private Queue<EngineSession>? _open;
    private int _slice;
    private int _closed;
    private long _started;
    private ITimer? _timer;

    /// <summary>Registers the shutdown to start when the application stops.</summary>
    public void StartWith(IHostApplicationLifetime lifetime) => _stopping = lifetime.ApplicationStopping.Register(() => _ = RunAsync());

    /// <summary>Starts the shutdown, unless it has already started.</summary>
    /// <returns>A task that completes when no session is left.</returns>
    public Task RunAsync()
    {
        ITimer timer;
        int count;
        lock (_gate)
        {
            if (_open is not null) return engine.Table.Emptied;
            engine.Table.Close();
            _open = new Queue<EngineSession>(engine.Table.Sessions);
            count = _open.Count;
            var steps = Math.Max(1, (int)(engine.Options.ShutdownTimeout * Closing / Step));
            _slice = Math.Max(SmallestSlice, (count + steps - 1) / steps);
            _started = time.GetTimestamp();
            _timer = timer = time.CreateTimer(
                static self => ((EngineShutdown)self!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        if (count == 0) return engine.Table.Emptied;
        SocketIOLog.ServerStopping(engine.Logger, count, engine.Options.ShutdownTimeout);
        timer.Change(TimeSpan.Zero, Step);
        return engine.Table.Emptied;
    }

    public void Dispose()
    {
        _stopping.Dispose();
        lock (_gate) _timer?.Dispose();
        engine.Table.Close();
        Cut();
    }

    private void Tick()
    {
        List<EngineSession> slice = [];
        bool isCut;
        lock (_gate)
        {
            var elapsed = time.GetElapsedTime(_started);
            isCut = elapsed >= engine.Options.ShutdownTimeout
                || (_open!.Count == 0 && elapsed + Step > engine.Options.ShutdownTimeout * Cutting);

            // Measured by the clock and not by the ticks, which are late on a busy machine.
            var due = _slice * (1 + (int)(elapsed / Step));
            for (; !isCut && _closed < due && _open!.TryDequeue(out var session); _closed++) slice.Add(session);
            if (isCut) _timer?.Dispose();
        }

        foreach (var session in slice) Close(session, CloseMode.Orderly);
        if (isCut) Cut();
    }

    private void Cut()
    {
        foreach (var session in engine.Table.Sessions) Close(session, CloseMode.Abort);
    }

    private void Close(EngineSession session, CloseMode mode)
    {
        try
        {
            session.Close(DisconnectReason.ServerShuttingDown, mode);
        }
        catch (Exception exception)
        {
            // On the timer's thread an exception would end the process before the other sessions are closed.
            if (engine.LogGate.TryEnter($"timer {exception.GetType()}")) SocketIOLog.InternalErrorOccurred(engine.Logger, exception);
        }
    }
}
