using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Namespaces;

/// <summary>A handler in one namespace: creates its objects, and calls them.</summary>
/// <typeparam name="THandler">The handler.</typeparam>
/// <param name="description">The handler's description.</param>
/// <param name="ns">The namespace.</param>
/// <param name="lifetime">The lifetime of the objects.</param>
internal sealed class HandlerBinding<THandler>(HandlerDescription<THandler> description, HandlerNamespace ns, HandlerLifetime lifetime)
    : IHandlerClients
    where THandler : SocketHandler
{
    private readonly HandlersOfSockets<THandler>? _ofSockets = lifetime == HandlerLifetime.Socket ? new() : null;
    private object? _clients;

    public IEmitter<TEvents> Of<TEvents>()
        where TEvents : class
    {
        if (_clients is IEmitter<TEvents> known) return known;
        if (!ns.IsDynamic && typeof(TEvents) != typeof(AnyEvents) && Contract<TEvents>.EventsPath is var path && path != ns.Path)
        {
            throw new InvalidOperationException(
                $"{typeof(THandler)} handles events of namespace {ns.Path}, but its contract {typeof(TEvents)} belongs to {path}.");
        }

        var clients = new Emitter<TEvents>(ns.Source, ns.Sink);
        _clients = clients;
        return clients;
    }

    /// <summary>Adds the handler.</summary>
    /// <param name="contracts">The contracts whose events it handles.</param>
    /// <param name="handlers">The handlers of the namespace's clients.</param>
    /// <param name="serverEvents">The handlers of events from other servers.</param>
    public void Bind(
        IEnumerable<HandledContract<THandler>> contracts, NamespaceHandlers handlers, ServerEventHandlers serverEvents)
    {
        foreach (var contract in contracts)
        {
            foreach (var name in contract.Events)
            {
                if (contract.Direction == ContractDirection.Servers)
                    serverEvents.Add(name, incoming => HandleOnceAsync(contract, incoming));
                else handlers.Events.Add(name, _ofSockets is null
                    ? incoming => HandleOnceAsync(contract, incoming)
                    : incoming => contract.DispatchAsync(OfSocket(incoming.Sender!), incoming));
            }
        }

        if (description.HandlesConnections) handlers.Connected.Add(ConnectedAsync);
        if (description.HandlesDisconnections) handlers.Disconnected.Add(DisconnectedAsync);
        if (_ofSockets is not null) handlers.Ended.Add(EndedAsync);
    }

    /// <summary>Handles an event with an object of its own, in the scope of the event's filters if it has any.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadOnlyMemory<byte>> HandleOnceAsync(HandledContract<THandler> contract, IncomingEvent incoming)
    {
        var scope = incoming.Services is null ? ns.Scopes.CreateAsyncScope() : default(AsyncServiceScope?);
        THandler? handler = null;
        try
        {
            handler = Create(incoming.Services ?? scope!.Value.ServiceProvider, incoming.Sender);
            return await contract.DispatchAsync(handler, incoming).ConfigureAwait(false);
        }
        finally
        {
            await ReleaseAsync(handler, scope, incoming.Sender, incoming.Name).ConfigureAwait(false);
        }
    }

    private Task ConnectedAsync(ISocket socket) => _ofSockets is null
        ? CallOnceAsync(socket, null, static (handler, _) => handler.OnConnectedAsync())
        : OfSocket(socket).OnConnectedAsync();

    private Task DisconnectedAsync(ISocket socket, DisconnectInfo info) => _ofSockets is null
        ? CallOnceAsync(socket, info, static (handler, info) => handler.OnDisconnectedAsync(info!))
        : OfSocket(socket).OnDisconnectedAsync(info);

    private async Task CallOnceAsync(ISocket socket, DisconnectInfo? info, Func<THandler, DisconnectInfo?, Task> call)
    {
        var scope = ns.Scopes.CreateAsyncScope();
        THandler? handler = null;
        try
        {
            handler = Create(scope.ServiceProvider, socket);
            await call(handler, info).ConfigureAwait(false);
        }
        finally
        {
            await ReleaseAsync(handler, scope, socket, "").ConfigureAwait(false);
        }
    }

    private async Task EndedAsync(ISocket socket)
    {
        if (_ofSockets!.Take(socket) is var (handler, scope)) await ReleaseAsync(handler, scope, socket, "").ConfigureAwait(false);
    }

    private THandler OfSocket(object socket) => _ofSockets!.Of((ISocket)socket, this, static (socket, binding) =>
    {
        var scope = binding.Scope();
        try
        {
            return (binding.Create(scope.ServiceProvider, socket), scope);
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    });

    private AsyncServiceScope Scope() => ns.Scopes.CreateAsyncScope();

    private THandler Create(IServiceProvider services, object? socket)
    {
        var handler = description.Create(services);
        handler.Attach((ISocket?)socket, this);
        return handler;
    }

    /// <summary>Disposes an object and its scope; never throws, because the event was already handled.</summary>
    private async ValueTask ReleaseAsync(THandler? handler, AsyncServiceScope? scope, object? socket, string name)
    {
        try
        {
            if (handler is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync().ConfigureAwait(false);
            else if (handler is IDisposable disposable) disposable.Dispose();
        }
        catch (Exception exception)
        {
            Report(socket, name, exception);
        }

        if (scope is null) return;
        try
        {
            await scope.Value.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Report(socket, name, exception);
        }
    }

    private void Report(object? socket, string name, Exception exception)
    {
        var call = new HandlerCall(socket, nameof(IDisposable.Dispose), name, name);
        (socket is null ? ns.ServerRunner : ns.Runner).Report(call, exception);
    }
}
