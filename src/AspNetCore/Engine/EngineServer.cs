using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Engine;

/// <summary>One Engine.IO server: its sessions, the endpoint that answers their requests, and its end.</summary>
internal sealed class EngineServer : IDisposable
{
    /// <summary>Makes a server that works at once.</summary>
    /// <param name="options">Its settings, checked.</param>
    /// <param name="connectTimeout">How long whoever is on top of a session may have no use for it; null: for ever.</param>
    /// <param name="time">The clock.</param>
    /// <param name="meters">Where it counts.</param>
    /// <param name="logger">Where it logs.</param>
    /// <param name="createReceiver">Makes what is on top of a session.</param>
    public EngineServer(
        EngineIOOptions options,
        TimeSpan? connectTimeout,
        TimeProvider time,
        IMeterFactory meters,
        ILogger logger,
        Func<EngineSession, ISessionReceiver> createReceiver)
    {
        var gate = new LogGate(time);
        var addresses = new ClientAddresses(options.MaxSessionsPerAddress);
        Services = new EngineServices(
            options,
            new EngineSessionTable(options.MaxSessions, addresses),
            addresses,
            new Heartbeats(options, connectTimeout, time, logger, gate),
            new Flusher(logger, gate),
            new SendPauses(TimeProvider.System),
            new EngineMetrics(meters),
            gate,
            logger,
            createReceiver);
        Endpoint = new EngineEndpoint(Services);
        Shutdown = new EngineShutdown(Services, time);
    }

    public EngineServices Services { get; }

    public EngineEndpoint Endpoint { get; }

    public EngineShutdown Shutdown { get; }

    /// <summary>Cuts what clients are left.</summary>
    public void Dispose()
    {
        Shutdown.Dispose();
        Services.Heartbeats.Dispose();
        Services.Pauses.Dispose();
    }
}
