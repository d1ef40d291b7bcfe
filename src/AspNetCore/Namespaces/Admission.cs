namespace TypedSocketRedis.Namespaces;

/// <summary>How a client gets into a namespace, or is told why not.</summary>
/// <param name="socket">Who wants to.</param>
/// <param name="connection">The client's connection.</param>
internal sealed class Admission(ServerSocket socket, ClientConnection connection)
{
    private const string NotMade = "The connection could not be made.";

    private readonly SocketIOServer _server = connection.Server;

    private SocketNamespace Namespace => socket.Namespace;

    public async Task RunAsync()
    {
        if (await AskAsync().ConfigureAwait(false) is { } refusal) Refuse(refusal);
        else await ConnectAsync().ConfigureAwait(false);
    }

    /// <summary>Finds the namespace and asks its middlewares, for as long as a client may take to connect.</summary>
    /// <returns>Why the client is refused; null when it is not, or is gone.</returns>
    private async Task<Refusal?> AskAsync()
    {
        var asking = AskApplicationAsync();
        if (asking.IsCompleted) return await asking.ConfigureAwait(false);
        try
        {
            return await asking.WaitAsync(_server.Options.ConnectTimeout, _server.Time, socket.ConnectionAborted).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            if (_server.Engine.LogGate.TryEnter($"middleware timeout {socket.Place.Key}"))
                SocketIOLog.MiddlewareTimeout(_server.Logger, socket.Path);
            return new Refusal("timeout", NotMade);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<Refusal?> AskApplicationAsync()
    {
        try
        {
            // A client that is gone already is nobody's question.
            if (socket.Life.Stage == SocketStage.Ended) return null;
            var search = await _server.Namespaces.FindAsync(socket).ConfigureAwait(false);
            if (search.Namespace is null) return search.IsFull ? Full() : Refusal.NoNamespace;
            if (!socket.TryEnter(search.Namespace))
            {
                search.Namespace.Release();
                return null;
            }

            if (Namespace.Recovery is { } sessions) socket.Recover(sessions);
            if (!socket.Recovered || Namespace.Recovery?.SkipMiddlewares != true) await AskMiddlewaresAsync().ConfigureAwait(false);

            // The namespace may be one that this client has had made: what other nodes send once the client is told reaches it.
            await Namespace.Adapter.ReadyAsync().ConfigureAwait(false);
            return null;
        }
        catch (SocketEventException exception)
        {
            return new Refusal("middleware", exception.Message, exception.Details);
        }
        catch (Exception exception)
        {
            // What went wrong is for the log only.
            _server.Failures.Middleware(socket, socket.Entered is null ? "Of" : "Use", exception);
            return new Refusal("middleware", NotMade);
        }
        finally
        {
            connection.Asked();
        }
    }

    private Refusal Full()
    {
        if (_server.Engine.LogGate.TryEnter("namespaces")) SocketIOLog.TooManyNamespaces(_server.Logger, _server.Options.MaxDynamicNamespaces);
        return new Refusal("namespaces", "Too many namespaces");
    }

    private async Task AskMiddlewaresAsync()
    {
        foreach (var middleware in Namespace.Handlers.Middlewares)
        {
            if (socket.Life.Stage == SocketStage.Ended) return;
            await middleware(socket).ConfigureAwait(false);
        }
    }

    private void Refuse(Refusal refusal)
    {
        connection.Remove(socket);
        if (socket.Life.End(DisconnectReason.ServerNamespaceDisconnect)) connection.Refuse(socket.Path, refusal);
    }

    private async Task ConnectAsync()
    {
        ValueTask joining;
        if (socket.Life.Stage == SocketStage.Ended) return;

        // The client must see its CONNECT before any broadcast, and miss none after it.
        connection.Session.Cork();
        try
        {
            Namespace.Add(socket);
            if (!TryConnect(out joining))
            {
                // It ended before it was added; whoever ends it later finds it there.
                Namespace.Remove(socket);
                return;
            }
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

    private bool TryConnect(out ValueTask joining)
    {
        var connect = connection.Packets.Connect(Namespace.Path, socket.Id.ToString(), socket.Recovery?.Pid);
        if (socket.Recovery is not null) connect.KeepSecret();
        else connect.KeepApart();
        if (socket.Recovery is { } recovery)
        {
            if (recovery.TryConnect(socket, connect, out joining)) return true;

            // While the middlewares decided too much has happened: the client comes back once more, as a new one.
            connection.Session.Close(DisconnectReason.ForcedServerClose);
            return false;
        }

        var isAdmitted = socket.Local.TryConnect(connect);
        joining = isAdmitted ? socket.Membership.AdmitAsync() : default;
        return isAdmitted;
    }
}
