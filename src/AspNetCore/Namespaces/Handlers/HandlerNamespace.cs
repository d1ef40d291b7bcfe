using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>A namespace as its handler classes use it.</summary>
/// <param name="Path">The name of the namespace.</param>
/// <param name="IsDynamic">True if a client has named the namespace; it accepts any contract.</param>
/// <param name="Source">The sinks of all namespaces of the server.</param>
/// <param name="Sink">The sink of the namespace itself, which the server must not look up: that would keep a dynamic namespace.</param>
/// <param name="Scopes">The factory of the service scopes in which handlers are created.</param>
/// <param name="Runner">The runner of the handlers of clients, to which failures are reported.</param>
/// <param name="ServerRunner">The runner of the handlers of events from other servers.</param>
internal sealed record HandlerNamespace(
    string Path,
    bool IsDynamic,
    IEmitterSource Source,
    IBroadcastSink Sink,
    IServiceScopeFactory Scopes,
    SocketHandlerRunner Runner,
    HandlerRunner ServerRunner);
