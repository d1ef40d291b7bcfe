using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Engine;

/// <summary>One Engine.IO server: its sessions, the endpoint that answers their requests, and its end.</summary>
internal sealed class EngineServer : IDisposable
{
    // What a host gives its clients to end in good order before the rest is cut.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private CancellationTokenRegistration _stopping;
    private ITimer? _stop;

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
        _time = time;
        var addresses = new ClientAddresses(options.MaxSessionsPerAddress);
        Services = new EngineServices(
            options,
            new EngineSessionTable(options.MaxSessions, addresses),
            addresses,
            new Heartbeats(options, connectTimeout, time, logger),
            new Flusher(logger),
            new EngineMetrics(meters),
            new LogGate(time),
            logger,
            createReceiver);
        Endpoint = new EngineEndpoint(Services);
    }

    public EngineServices Services { get; }

    public EngineEndpoint Endpoint { get; }

    /// <summary>Ends the sessions when the application stops.</summary>
    public void StopWith(IHostApplicationLifetime lifetime) => _stopping = lifetime.ApplicationStopping.Register(Stop);

    /// <summary>Cuts what clients are left.</summary>
    public void Dispose()
    {
        _stopping.Dispose();
        Cut();
        _stop?.Dispose();
        Services.Heartbeats.Dispose();
    }

    private void Stop()
    {
        Services.Table.Close();
        foreach (var session in Services.Table.Sessions) session.Close(DisconnectReason.ServerShuttingDown);
        _stop = _time.CreateTimer(static self => ((EngineServer)self!).Cut(), this, StopTimeout, Timeout.InfiniteTimeSpan);
    }

    private void Cut()
    {
        foreach (var session in Services.Table.Sessions) session.Close(DisconnectReason.ServerShuttingDown, CloseMode.Abort);
    }
}
