using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Namespaces;

/// <summary>The handlers of a contract's events, with one handler object per socket.</summary>
/// <remarks>
/// The object is created when its socket connects, in its own service scope, and disposed with that scope when the socket has been
/// disconnected and its last handler has run.
/// </remarks>
internal sealed class SocketHandlers<TEvents, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
    IServiceScopeFactory scopes, EventDispatcher<TEvents> dispatcher)
    where THandler : class, TEvents
{
    private readonly ObjectFactory<THandler> _create = ActivatorUtilities.CreateFactory<THandler>([]);
    private readonly ConcurrentDictionary<ServerSocket, THandler> _handlers = new();

    public Task ConnectedAsync(ServerSocket socket) => CreateAsync(socket).AsTask();

    public async ValueTask<ReadOnlyMemory<byte>> HandleAsync(IncomingEvent incoming)
    {
        var socket = (ServerSocket)incoming.Sender!;
        if (!_handlers.TryGetValue(socket, out var handler)) handler = await CreateAsync(socket).ConfigureAwait(false);
        return await dispatcher.DispatchAsync(handler, incoming).ConfigureAwait(false);
    }

    // Can run twice at the same time only if the creation at the connection failed and events may overlap: the first object is used.
    private async ValueTask<THandler> CreateAsync(ServerSocket socket)
    {
        var scope = scopes.CreateAsyncScope();
        THandler handler;
        try
        {
            handler = _create(new SocketServiceProvider(scope.ServiceProvider, socket), null);
        }
        catch (Exception)
        {
            await scope.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var kept = _handlers.GetOrAdd(socket, handler);
        if (ReferenceEquals(kept, handler)) socket.OnDisconnected(_ => RemoveAsync(socket, scope));
        else await DisposeAsync(handler, scope).ConfigureAwait(false);
        return kept;
    }

    private Task RemoveAsync(ServerSocket socket, AsyncServiceScope scope)
    {
        _handlers.TryRemove(socket, out var handler);
        return DisposeAsync(handler, scope);
    }

    private static async Task DisposeAsync(THandler? handler, AsyncServiceScope scope)
    {
        await using (scope.ConfigureAwait(false))
        {
            if (handler is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync().ConfigureAwait(false);
            else (handler as IDisposable)?.Dispose();
        }
    }
}
