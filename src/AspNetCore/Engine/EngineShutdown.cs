using Microsoft.Extensions.Hosting;

namespace TypedSocketRedis.Engine;

/// <summary>The end of a server: no new sessions, the others closed slice by slice, and what is left after the time for it cut.</summary>
/// <remarks>Slices keep the clients from all coming back to the next server at once.</remarks>
/// <param name="services">What the sessions share.</param>
/// <param name="time">The clock.</param>
internal sealed class EngineShutdown(EngineServices services, TimeProvider time) : IDisposable
{
    // A server with few clients need not take its time.
    private const int SmallestSlice = 10;

    // Parts of the time: in the first the slices are closed, what is left at the end of the second is cut. In between is time
    // for the goodbyes of the last slice, and what remains is for the host to end the requests.
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

    /// <summary>Starts when the application stops.</summary>
    public void StartWith(IHostApplicationLifetime lifetime) => _stopping = lifetime.ApplicationStopping.Register(() => _ = RunAsync());

    /// <summary>Starts, unless it has started.</summary>
    /// <returns>Completes when no session is left.</returns>
    public Task RunAsync()
    {
        lock (_gate)
        {
            if (_open is null) Start();
            return services.Table.Emptied;
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        lock (_gate) _timer?.Dispose();
        services.Table.Close();
        Cut();
    }

    private void Start()
    {
        services.Table.Close();
        _open = new Queue<EngineSession>(services.Table.Sessions);
        if (_open.Count == 0) return;
        EngineLog.Stopping(services.Logger, _open.Count, services.Options.ShutdownTimeout);
        var steps = Math.Max(1, (int)(services.Options.ShutdownTimeout * Closing / Step));
        _slice = Math.Max(SmallestSlice, (_open.Count + steps - 1) / steps);
        _started = time.GetTimestamp();
        _timer = time.CreateTimer(static self => ((EngineShutdown)self!).Tick(), this, TimeSpan.Zero, Step);
    }

    private void Tick()
    {
        lock (_gate)
        {
            var elapsed = time.GetElapsedTime(_started);
            var isOver = elapsed >= services.Options.ShutdownTimeout;
            if (!isOver && (_open!.Count > 0 || elapsed + Step <= services.Options.ShutdownTimeout * Cutting))
            {
                // By the clock and not by the ticks, which are late on a busy machine.
                for (var due = _slice * (1 + (int)(elapsed / Step)); _closed < due && _open.TryDequeue(out var session); _closed++)
                    Close(session, CloseMode.Orderly);
                return;
            }

            _timer?.Dispose();
        }

        Cut();
    }

    private void Cut()
    {
        foreach (var session in services.Table.Sessions) Close(session, CloseMode.Abort);
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
            if (services.LogGate.TryEnter($"timer {exception.GetType()}")) EngineLog.Unexpected(services.Logger, exception);
        }
    }
}
