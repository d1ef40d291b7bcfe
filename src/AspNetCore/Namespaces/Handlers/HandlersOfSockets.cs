using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace TypedSocketRedis.Namespaces;

/// <summary>The objects of a handler with <see cref="HandlerLifetime.Socket"/>, one for each socket that has used it.</summary>
/// <typeparam name="THandler">The handler.</typeparam>
internal sealed class HandlersOfSockets<THandler>
    where THandler : SocketHandler
{
    // Not an entry of the socket, which would cost memory for each socket that has no such handler.
    private readonly ConcurrentDictionary<ISocket, Lazy<(THandler Handler, AsyncServiceScope Scope)>> _all = new();

    /// <summary>Returns the object of a socket, and creates it at the first use; a failed creation is repeated at the next.</summary>
    public THandler Of<T>(ISocket socket, T state, Func<ISocket, T, (THandler Handler, AsyncServiceScope Scope)> create)
    {
        var known = _all.GetOrAdd(socket, static (socket, by) => new(() => by.create(socket, by.state)), (create, state));
        try
        {
            return known.Value.Handler;
        }
        catch
        {
            _all.TryRemove(KeyValuePair.Create(socket, known));
            throw;
        }
    }

    /// <summary>Removes the object of a socket and returns it, or null if there is none.</summary>
    public (THandler Handler, AsyncServiceScope Scope)? Take(ISocket socket) =>
        _all.TryRemove(socket, out var known) ? known.Value : null;
}
