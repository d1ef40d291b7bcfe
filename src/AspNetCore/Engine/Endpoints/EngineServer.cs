using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Engine;

/// <summary>One Engine.IO server: its sessions and their shutdown.</summary>
internal sealed class EngineServer : IDisposable
{
    /// <summary>Initializes a new instance of the <see cref="EngineServer"/> class.</summary>
    /// <param name="options">The validated settings.</param>
    /// <param name="connectTimeout">The time a session can stay open without joining a namespace, or null for no limit.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">The metrics.</param>
    /// <param name="logger">The logger.</param>
    /// <param name="gate">The limit on repeated log entries.</param>
    public EngineServer(
        EngineIOOptions options,
        TimeSpan? connectTimeout,
        TimeProvider time,
        EngineMetrics metrics,
        ILogger logger,
        LogGate gate)
    {
        var addresses = new ClientAddresses(options.MaxSessionsPerAddress);
        Context = new EngineContext(
            options,
            new EngineSessionTable(options.MaxSessions, addresses),
            addresses,
            new DeadlineScheduler(options, connectTimeout, time, logger, gate),

            // The pause is for the network: an application that stops its clock still expects its events to be sent.
            new DeadlineScheduler(options, connectTimeout, TimeProvider.System, logger, gate),
            new Flusher(logger, gate),
            metrics,
            new ConnectionErrors(options, metrics, gate, logger),
            gate,
            logger);
        Shutdown = new EngineShutdown(Context, time);
    }

    public EngineContext Context { get; }

    public EngineShutdown Shutdown { get; }

    /// <summary>Aborts the connections of the remaining clients.</summary>
    public void Dispose()
    {
        Shutdown.Dispose();
        Context.Deadlines.Dispose();
        Context.Pauses.Dispose();
    }
}
