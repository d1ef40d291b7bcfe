using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>How a client gets into a namespace, or is told why not.</summary>
/// <param name="socket">Who wants to.</param>
/// <param name="connection">The client's connection.</param>
internal sealed class Admission(ServerSocket socket, ClientConnection connection)
{
    private const string NotMade = "The connection could not be made.";

    private SocketNamespace Namespace => socket.Namespace;

    public async Task RunAsync()
    {
        if (await AskAsync().ConfigureAwait(false) is { } refusal) Refuse(refusal);
        else await ConnectAsync().ConfigureAwait(false);
    }

    /// <summary>Asks the middlewares, for as long as a client may take to connect.</summary>
    /// <returns>Why the client is refused; null when it is not, or is gone.</returns>
    private async Task<Refusal?> AskAsync()
    {
        var asking = AskMiddlewaresAsync();
        if (asking.IsCompleted) return await asking.ConfigureAwait(false);
        var server = Namespace.Server;
        try
        {
            return await asking.WaitAsync(server.Options.ConnectTimeout, server.Time, socket.ConnectionAborted).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            if (server.Engine.LogGate.TryEnter("middleware")) SocketIOLog.MiddlewareTimeout(server.Logger, Namespace.Path);
            return new Refusal("timeout", NotMade, null);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<Refusal?> AskMiddlewaresAsync()
    {
        foreach (var middleware in Namespace.Middlewares)
        {
            try
            {
                await middleware(socket).ConfigureAwait(false);
            }
            catch (SocketEventException exception)
            {
                return new Refusal("middleware", exception.Message, exception.Details);
            }
            catch (Exception exception)
            {
                // What went wrong is for the log only. A client that is gone may well be the cause.
                if (!socket.ConnectionAborted.IsCancellationRequested) SocketIOLog.MiddlewareFailed(socket.Logger, Namespace.Path, exception);
                return new Refusal("middleware", NotMade, null);
            }
        }

        return null;
    }

    private void Refuse(Refusal refusal)
    {
        connection.Remove(socket);
        if (socket.TryRefuse()) connection.Refuse(Namespace.Path, refusal.Cause, refusal.Message, refusal.Details);
    }

    private async Task ConnectAsync()
    {
        ValueTask joining;

        // The client must see its CONNECT before any broadcast, and miss none after it.
        connection.Session.Cork();
        try
        {
            Namespace.Add(socket);
            if (!socket.Local.TryConnect(PacketWriter.Connect(Namespace.Path, socket.Id.ToString())))
            {
                // It ended before it was added; whoever ends it later finds it there.
                Namespace.Remove(socket);
                return;
            }

            joining = socket.Membership.AdmitAsync();
        }
        finally
        {
            connection.Session.Uncork();
        }

        connection.Session.Clock.StopConnecting();
        await joining.ConfigureAwait(false);
        SocketIOLog.Connected(socket.Logger, socket.Id, Namespace.Path);
        await Namespace.ConnectedAsync(socket).ConfigureAwait(false);
    }

    private sealed record Refusal(string Cause, string Message, EventArgument? Details);
}
