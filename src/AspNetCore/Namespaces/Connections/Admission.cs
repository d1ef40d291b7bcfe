using TypedSocketRedis.Engine;

namespace TypedSocketRedis.Namespaces;

/// <summary>The admission of a client to a namespace.</summary>
/// <param name="socket">The socket to admit.</param>
/// <param name="connection">The sockets of its connection.</param>
/// <param name="namespaces">The namespaces of the server.</param>
internal sealed class Admission(ServerSocket socket, ConnectionSockets connection, NamespaceTable namespaces)
{
    private const string CouldNotConnect = "The connection could not be made.";

    private readonly ServerContext _server = connection.Server;

    // The member that got the delegate, or the name, that is in use.
    private string _member = nameof(SocketIOServer.Of);

    private SocketNamespace Namespace => socket.Namespace;

    public async Task RunAsync()
    {
        if (await AdmitAsync().ConfigureAwait(false) is { } refusal) Refuse(refusal);
        else await ConnectAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Finds the namespace, authenticates and authorizes the client, and runs the middlewares, at most for the connect timeout.
    /// </summary>
    /// <returns>The refusal, or null if the client is admitted or has disconnected.</returns>
    private async Task<Refusal?> AdmitAsync()
    {
        var decision = DecideAsync();
        if (decision.IsCompleted) return await decision.ConfigureAwait(false);
        try
        {
            return await decision.WaitAsync(_server.Options.ConnectTimeout, _server.Time, socket.ConnectionAborted).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            if (_server.LogGate.TryEnter($"middleware timeout {socket.Place.Key}"))
                SocketIOLog.MiddlewareTimedOut(_server.Logger, socket.Path);
            return new Refusal(RefusalReason.Timeout, CouldNotConnect);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<Refusal?> DecideAsync()
    {
        try
        {
            // No decision is needed for a disconnected client.
            if (socket.HasEnded) return null;
            var search = await namespaces.FindAsync(socket).ConfigureAwait(false);
            if (search.Namespace is null) return search.IsFull ? Full() : Refusal.NoNamespace;
            if (!socket.TryEnter(search.Namespace))
            {
                search.Namespace.Holders.Release();
                return null;
            }

            if (await IdentifyAsync().ConfigureAwait(false) is { } refusal) return Refusal.Of(refusal);
            _member = nameof(ISocketNamespace<AnyEvents>.Use);
            if (!connection.Session.IsLegacy) Namespace.Recovery?.Recover(socket.Core, connection.RecoveryShare!);
            if (!socket.Recovered || Namespace.Recovery?.SkipMiddlewares != true) await RunMiddlewaresAsync().ConfigureAwait(false);
            _member = nameof(ISocketUserIdProvider.GetUserId);
            _ = socket.UserId;

            // The namespace may have been created for this client: messages of other nodes sent after the CONNECT reach it.
            await Namespace.Adapter.ReadyAsync().ConfigureAwait(false);
            return null;
        }
        catch (SocketEventException exception)
        {
            return new Refusal(RefusalReason.Middleware, exception.Message, exception.Details);
        }
        catch (Exception exception)
        {
            // The reason is only logged.
            _server.Handlers.ReportMiddleware(socket, _member, exception);
            return new Refusal(RefusalReason.Middleware, CouldNotConnect);
        }
        finally
        {
            connection.AdmissionCompleted();
        }
    }

    private async ValueTask<IdentityRefusal?> IdentifyAsync()
    {
        _member = "AddAuthentication";
        if (await SocketIdentity.AuthenticateAsync(socket, _server).ConfigureAwait(false) is { } refusal) return refusal;
        _member = "RequireAuthorization";
        return await SocketIdentity.AuthorizeAsync(socket, _server).ConfigureAwait(false);
    }

    private Refusal Full()
    {
        if (_server.LogGate.TryEnter("namespaces"))
            SocketIOLog.NamespaceLimitReached(_server.Logger, _server.Options.MaxDynamicNamespaces);
        return new Refusal(RefusalReason.Namespaces, "Too many namespaces");
    }

    private async Task RunMiddlewaresAsync()
    {
        using var scope = _server.Handlers.BeginScope(socket.Id, socket.Path);
        foreach (var middleware in Namespace.Handlers.Middlewares.Current)
        {
            if (socket.HasEnded) return;
            await middleware(socket).ConfigureAwait(false);
        }
    }

    private void Refuse(Refusal refusal)
    {
        connection.Remove(socket);
        if (connection.End(socket, DisconnectReason.ServerNamespaceDisconnect)) connection.Refuse(socket.Path, refusal);
    }

    private async Task ConnectAsync()
    {
        ValueTask joining;
        if (socket.HasEnded) return;

        // The client must receive its CONNECT before any broadcast, and every broadcast after it.
        connection.Session.Cork();
        try
        {
            Namespace.Add(socket);
            if (!TryConnect(out joining))
            {
                // The socket ended before it was added, so its end did not remove it. A later end does.
                Namespace.Remove(socket);
                return;
            }

            // Before the client has its CONNECT: it may do nothing for a long time afterwards.
            connection.Session.StopConnectDeadline();
        }
        finally
        {
            connection.Session.Uncork();
        }

        await joining.ConfigureAwait(false);
        SocketIOLog.SocketConnected(_server.Logger, socket.Id, Namespace.Path);
        await Namespace.ConnectedAsync(socket).ConfigureAwait(false);
    }

    private bool TryConnect(out ValueTask joining)
    {
        var core = socket.Core;
        var connect = connection.Session.IsLegacy
            ? _server.Packets.LegacyConnect(Namespace.Path)
            : _server.Packets.Connect(Namespace.Path, socket.Id.ToString(), core.Pid);
        if (core.Pid is null)
        {
            connect.KeepApart();
            return core.TryConnect(Namespace.Adapter, connect, [], out joining);
        }

        connect.KeepSecret();
        if (Namespace.Recovery!.TryConnect(core, Namespace.Adapter, connect, out joining)) return true;

        // Too many events were sent while the middlewares ran: the client has to reconnect as a new one.
        connection.Session.Close(DisconnectReason.ForcedServerClose);
        return false;
    }
}
