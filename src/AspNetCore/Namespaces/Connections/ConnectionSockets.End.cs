using TypedSocketRedis.Engine;

namespace TypedSocketRedis.Namespaces;

/// <summary>The ends of the sockets of one connection.</summary>
internal sealed partial class ConnectionSockets
{
    /// <summary>Ends every socket, because the connection has ended.</summary>
    public void Close(DisconnectInfo info)
    {
        foreach (var socket in TakeAll(close: true)) End(socket, info);
        Budget.Close();
    }

    /// <summary>Disconnects every socket, and closes the connection after the last packet.</summary>
    public void Disconnect()
    {
        BeginDisconnect(closes: true);
        foreach (var socket in TakeAll(close: false))
        {
            if (socket.IsConnected) Disconnect(socket);
            else End(socket, DisconnectReason.ForcedServerClose);
        }

        FinishDisconnect();
    }

    /// <summary>Sends the disconnect packet to the client, and ends the socket.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="reason">The reason, or null for <see cref="DisconnectReason.ServerNamespaceDisconnect"/>.</param>
    public void Disconnect(ServerSocket socket, DisconnectReason? reason = null)
    {
        BeginDisconnect(closes: false);

        // Only once: a second packet could reach the client's next socket in that namespace.
        if (socket.Core.TryNotify())
        {
            // Before the packet: the client may rejoin as soon as it receives it.
            Leave(socket);
            socket.Core.SendDisconnect();
            End(socket, reason ?? DisconnectReason.ServerNamespaceDisconnect);
        }

        FinishDisconnect();
    }

    // Requests of several nodes and the application can disconnect one client at the same time. The connection is closed behind the last
    // packet, whichever of them sends it.
    private void BeginDisconnect(bool closes)
    {
        lock (this)
        {
            _disconnecting++;
            _closes |= closes;
        }
    }

    private void FinishDisconnect()
    {
        bool closes;
        lock (this) closes = --_disconnecting == 0 && _closes;
        if (closes) session.Close(DisconnectReason.ForcedServerClose);
    }

    /// <inheritdoc cref="End(ServerSocket, DisconnectInfo)"/>
    public bool End(ServerSocket socket, DisconnectReason reason) => End(socket, new DisconnectInfo(reason));

    /// <summary>Ends a socket and removes it from its namespace and rooms; only the first reason is reported.</summary>
    /// <returns>False if it has already ended.</returns>
    public bool End(ServerSocket socket, DisconnectInfo info)
    {
        var core = socket.Core;
        if (!core.TryEnd(socket, info)) return false;
        var entered = socket.Entered;
        try
        {
            if (entered is not null) entered.Recovery?.End(core, info.Reason, entered.Holders);

            // Before the acknowledgements end: code that awaits one must find the socket removed.
            entered?.Remove(socket);
            if (core.Close() is { } aborted) _ = AbortAsync(socket, aborted);
        }
        finally
        {
            entered?.Holders.Release();
            core.Inbox.Add(socket, () => EndedAsync(socket, info), isLast: true);
        }

        return true;
    }

    /// <summary>Cancels the token, not on this thread, which must not run the callbacks of the application; never throws.</summary>
    private static Task AbortAsync(ServerSocket socket, CancellationTokenSource aborted) =>
        socket.RunAsync(nameof(ServerSocket.ConnectionAborted), static aborted => aborted.CancelAsync(), aborted);

    private async Task EndedAsync(ServerSocket socket, DisconnectInfo info)
    {
        var core = socket.Core;
        if (core.WasAdmitted)
        {
            SocketIOLog.SocketDisconnected(server.Logger, socket.Id, socket.Path, info.Reason, info.Description ?? "");
            await RunEndAsync(socket, socket.Namespace, info).ConfigureAwait(false);
        }

        Interlocked.Decrement(ref _unfinished);
        Budget.Keep(-core.AuthSize);
    }

    private static async Task RunEndAsync(ServerSocket socket, SocketNamespace ns, DisconnectInfo info)
    {
        if (ns.Pipeline is { } pipeline)
        {
            await pipeline.DisconnectedAsync(ns.Server.Handlers, socket, info, passed => Ends(socket, ns, passed)).ConfigureAwait(false);

            // A filter may not have called the handlers.
            socket.Core.ForgetRooms();
        }
        else
        {
            foreach (var (member, run) in Ends(socket, ns, info))
                await socket.RunAsync(member, static run => run(), run).ConfigureAwait(false);
        }

        foreach (var release in ns.Handlers.Ended.Current) await release(socket).ConfigureAwait(false);
    }

    // The handlers of a disconnection, in order.
    private static IEnumerable<(string Member, Func<Task> Run)> Ends(ServerSocket socket, SocketNamespace ns, DisconnectInfo info)
    {
        foreach (var handler in socket.Core.Disconnecting)
            yield return (nameof(ServerSocket.OnDisconnecting), () => handler.RunAsync(info));
        foreach (var handler in ns.Handlers.Disconnected.Current)
            yield return (nameof(ServerSocket.OnDisconnected), () => handler(socket, info));
        socket.Core.ForgetRooms();
        foreach (var handler in socket.Core.Disconnected) yield return (nameof(ServerSocket.OnDisconnected), () => handler.RunAsync(info));
    }

    private void Leave(ServerSocket socket)
    {
        lock (this)
        {
            Remove(socket);
            _left ??= [];
            if (_left.Count == MaxLeft) _left.RemoveAt(0);
            _left.Add(socket.Path);
        }
    }

    private ServerSocket[] TakeAll(bool close)
    {
        lock (this)
        {
            _closed |= close;
            var sockets = All();
            (_only, _all) = (null, null);
            return sockets;
        }
    }
}
