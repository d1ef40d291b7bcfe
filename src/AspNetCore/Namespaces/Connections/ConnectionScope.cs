using Microsoft.Extensions.DependencyInjection;

namespace TypedSocketRedis.Namespaces;

/// <summary>The service scope of one connection: created on first use, disposed when the connection and its sockets have released
/// it.</summary>
/// <param name="server">The server that provides the services.</param>
internal sealed class ConnectionScope(ServerContext server)
{
    private AsyncServiceScope? _scope;

    // The connection itself, and each of its sockets until its last handler has run.
    private int _holders = 1;

    /// <exception cref="ObjectDisposedException">The connection and all its sockets have ended.</exception>
    public IServiceProvider Provider
    {
        get
        {
            lock (this)
            {
                ObjectDisposedException.ThrowIf(_holders == 0, typeof(ServerSocket));
                return (_scope ??= server.Services.CreateAsyncScope()).ServiceProvider;
            }
        }
    }

    public void Hold()
    {
        lock (this) _holders++;
    }

    /// <summary>Releases one holder; never throws.</summary>
    public async Task ReleaseAsync()
    {
        AsyncServiceScope? ended;
        lock (this)
        {
            if (--_holders > 0) return;
            (ended, _scope) = (_scope, null);
        }

        if (ended is not { } scope) return;
        try
        {
            await scope.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (server.LogGate.TryEnter($"scope {exception.GetType()}")) SocketIOLog.ScopeFailed(server.Logger, exception);
        }
    }
}
