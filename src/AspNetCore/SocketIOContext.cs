using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Namespaces;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>The settings and services that all namespaces and clients of one server share.</summary>
/// <param name="Options">The validated settings.</param>
/// <param name="Packets">The packet format of the clients.</param>
/// <param name="Time">The clock.</param>
/// <param name="Scopes">The factory of the service scopes in which handlers are created.</param>
/// <param name="Logger">The logger.</param>
/// <param name="LogGate">The limit on repeated log entries.</param>
/// <param name="Metrics">The counters.</param>
/// <param name="Handlers">The runner of the handlers of sockets.</param>
internal sealed record SocketIOContext(
    SocketIOOptions Options,
    IPacketFormat Packets,
    TimeProvider Time,
    IServiceScopeFactory Scopes,
    ILogger Logger,
    LogGate LogGate,
    SocketIOMetrics Metrics,
    SocketHandlerRunner Handlers);
