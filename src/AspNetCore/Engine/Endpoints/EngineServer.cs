using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Engine;

/// <summary>One Engine.IO server: its sessions, its request endpoint and its shutdown.</summary>
internal sealed class EngineServer : IDisposable
{
    /// <summary>Initializes a new instance of the <see cref="EngineServer"/> class, which accepts requests immediately.</summary>
    /// <param name="options">The validated settings.</param>
    /// <param name="connectTimeout">The time a session can stay open without joining a namespace, or null for no limit.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">The metrics.</param>
    /// <param name="logger">The logger.</param>
    /// <param name="gate">The limit on repeated log entries.</param>
    /// <param name="createReceiver">Creates the receiver of a session's messages.</param>
    public EngineServer(
        EngineIOOptions options,
        TimeSpan? connectTimeout,
        TimeProvider time,
        EngineMetrics metrics,
        ILogger logger,
        LogGate gate,
        Func<EngineSession, ISessionReceiver> createReceiver)
    {
        var addresses = new ClientAddresses(options.MaxSessionsPerAddress);
        Services = new EngineContext(
            options,
            new EngineSessionTable(options.MaxSessions, addresses),
            addresses,
            new DeadlineScheduler(options, connectTimeout, time, logger, gate),
            new Flusher(logger, gate),
            new SendPauses(TimeProvider.System),
            metrics,
            gate,
            logger,
            createReceiver);
        Endpoint = new EngineEndpoint(Services);
        Shutdown = new EngineShutdown(Services, time);
    }

    public EngineContext Services { get; }

    public EngineEndpoint Endpoint { get; }

    public EngineShutdown Shutdown { get; }

    /// <summary>Aborts the connections of the remaining clients.</summary>
    public void Dispose()
    {
        Shutdown.Dispose();
        Services.DeadlineScheduler.Dispose();
        Services.Pauses.Dispose();
    }
}
