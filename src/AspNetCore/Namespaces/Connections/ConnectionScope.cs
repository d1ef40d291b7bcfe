using Microsoft.Extensions.DependencyInjection;

namespace TypedSocketRedis.Namespaces;

/// <summary>The service scope of one connection: created on first use, disposed when the connection and its sockets have released
/// it.</summary>
/// <param name="server">The factory of scopes, and the log of failures.</param>
internal sealed class ConnectionScope(ServerContext server)
{
    private IServiceScope? _scope;

    // The connection itself, and each of its sockets until its last handler has run.
    private int _holders = 1;

    /// <exception cref="ObjectDisposedException">The connection and all its sockets have ended.</exception>
    public IServiceProvider Provider
    {
        get
        {
            if (!TryUse(null, out var scope))
            {
                // Outside the lock, because the container can be the application's: of two that are created at the same time, one is used.
                var created = server.Scopes.CreateScope();
                TryUse(created, out scope);
                if (scope != created) created.Dispose();
            }

            ObjectDisposedException.ThrowIf(scope is null, typeof(ServerSocket));
            return scope.ServiceProvider;
        }
    }

    public void Hold()
    {
        lock (this) _holders++;
    }

    /// <summary>Releases one holder; never throws.</summary>
    public async Task ReleaseAsync()
    {
        IServiceScope? ended;
        lock (this)
        {
            if (--_holders > 0) return;
            (ended, _scope) = (_scope, null);
        }

        if (ended is null) return;
        try
        {
            await new AsyncServiceScope(ended).DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (server.LogGate.TryEnter($"scope {exception.GetType()}")) SocketIOLog.ScopeFailed(server.Logger, exception);
        }
    }

    /// <summary>Gets the scope in use, which is null after the end; returns false if there is none yet.</summary>
    private bool TryUse(IServiceScope? created, out IServiceScope? scope)
    {
        lock (this)
        {
            if (_holders > 0) _scope ??= created;
            scope = _scope;
            return scope is not null || _holders == 0;
        }
    }
}
