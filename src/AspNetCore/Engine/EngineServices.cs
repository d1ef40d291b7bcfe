using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Engine;

/// <summary>What all sessions of one server share.</summary>
internal sealed record EngineServices(
    SocketIOOptions Options,
    EngineSessionTable Table,
    Heartbeats Heartbeats,
    Flusher Flusher,
    SocketIOMetrics Metrics,
    LogGate LogGate,
    ILogger<SocketIOServer> Logger,
    Func<EngineSession, ISessionReceiver> CreateReceiver)
{
    /// <summary>Counts what a client did wrong, and logs it once per cause and minute.</summary>
    public void Malformed(string cause, string message)
    {
        Metrics.Malformed(cause);
        if (LogGate.TryEnter(cause)) SocketIOLog.Malformed(Logger, cause, message);
    }
}
