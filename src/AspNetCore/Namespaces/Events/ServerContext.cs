using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>The parts of a server that its connections, namespaces and sockets share.</summary>
/// <param name="Options">The validated settings.</param>
/// <param name="Packets">The packet format of the clients.</param>
/// <param name="Scopes">The factory of the service scopes in which handlers are created.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The logger.</param>
/// <param name="LogGate">The gate that limits repeated log entries.</param>
/// <param name="Metrics">The counters.</param>
/// <param name="Handlers">The runner of the handlers of sockets.</param>
/// <param name="Authentication">The schemes of the application.</param>
/// <param name="Authorization">The policies of the application.</param>
/// <param name="Tokens">The authentication of clients by their tokens, or null for none.</param>
internal sealed record ServerContext(
    SocketIOOptions Options,
    IPacketFormat Packets,
    IServiceScopeFactory Scopes,
    TimeProvider Time,
    ILogger Logger,
    LogGate LogGate,
    SocketIOMetrics Metrics,
    SocketHandlerRunner Handlers,
    SocketAuthentication Authentication,
    SocketAuthorization Authorization,
    TokenAuthentication? Tokens)
{
    /// <summary>The runner of the handlers that run for no socket.</summary>
    public NotificationHandlers Notifications => new(this);

    /// <summary>The rooms of users, whose names are reserved.</summary>
    public required UserRooms Users { get; init; }

    /// <summary>The source of the ids of users; an object of the application.</summary>
    public required ISocketUserIdProvider UserIds { get; init; }
}
