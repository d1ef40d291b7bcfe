using TypedSocketRedis.Engine;

namespace TypedSocketRedis.Namespaces;

/// <summary>Authenticates and authorizes sockets for their namespaces.</summary>
internal static class SocketIdentity
{
    /// <summary>Authenticates a client that wants to join a namespace.</summary>
    /// <param name="socket">The socket, which has its namespace.</param>
    /// <param name="server">The server.</param>
    /// <returns>The refusal, or null if the user of the socket is known.</returns>
    /// <exception cref="Exception">A delegate or the scheme of the application threw.</exception>
    public static async ValueTask<IdentityRefusal?> AuthenticateAsync(ServerSocket socket, ServerContext server)
    {
        var core = socket.Core;
        if ((socket.Namespace.Handlers.Authentication ?? server.Tokens) is { } how)
        {
            var outcome = await server.Authentication
                .AuthenticateAsync(how, core.Session.Request, core.Auth, socket.ConnectionAborted).ConfigureAwait(false);
            if (outcome.Refusal is { } refusal)
            {
                SocketIOLog.ClientUnauthenticated(server.Logger, socket.Path, refusal.Code(), outcome.Problem);
                return refusal;
            }

            if (outcome.Ticket is { } ticket) core.TryAuthenticate(ticket);
        }

        return !server.Options.CloseOnAuthenticationExpiration || TryKeepExpiration(core, server) ? null : IdentityRefusal.TokenExpired;
    }

    /// <summary>Authorizes the user of a client that wants to join a namespace.</summary>
    /// <param name="socket">The socket, which has its namespace.</param>
    /// <param name="server">The server.</param>
    /// <returns>The refusal, or null if the user may join.</returns>
    /// <exception cref="Exception">A policy of the application threw.</exception>
    public static ValueTask<IdentityRefusal?> AuthorizeAsync(ServerSocket socket, ServerContext server)
    {
        var required = socket.Namespace.Handlers.Required;
        return required.IsEmpty ? default : server.Authorization.AuthorizeAsync(socket.Ticket, required, socket);
    }

    /// <summary>Authenticates a new token of a connected client, whose user it replaces.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="authenticate">The delegate that authenticates the token.</param>
    /// <param name="cancellationToken">The token that ends the wait.</param>
    /// <returns>False if the token was rejected, or is one of another user, or the socket has ended.</returns>
    /// <exception cref="Exception">A delegate, the scheme or a policy of the application threw.</exception>
    public static async Task<bool> RefreshAsync(
        ServerSocket socket,
        Func<SocketAuthentication, TokenAuthentication, FirstRequest, CancellationToken, Task<AuthenticationOutcome>> authenticate,
        CancellationToken cancellationToken)
    {
        var server = socket.Namespace.Server;
        var how = Of(socket);
        if (socket.HasEnded) return false;
        var authentication = RunApart(
            () => authenticate(server.Authentication, how, socket.Core.Session.Request, cancellationToken), cancellationToken);
        var outcome = await authentication.WaitAsync(cancellationToken).ConfigureAwait(false);
        var problem = outcome.Ticket is { } ticket
            ? await TryReplaceAsync(socket, ticket, server).ConfigureAwait(false)
            : outcome.Refusal is null ? "There is no token." : outcome.Problem;
        if (problem is null) return true;
        SocketIOLog.TokenRefreshRejected(server.Logger, socket.Id, problem);
        return false;
    }

    /// <summary>Returns the authentication of the tokens of a socket's client.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static TokenAuthentication Of(ServerSocket socket) =>
        socket.Namespace.Handlers.Authentication ?? socket.Namespace.Server.Tokens ?? throw new InvalidOperationException(
            $"Namespace {socket.Namespace.Path} has no authentication of tokens: call AddSocketIO(…).AddAuthentication(…), "
            + "or AddAuthentication on the namespace.");

    // The caller can be inside a request, whose accessor of the context must not lose it to that of the authentication.
    private static Task<AuthenticationOutcome> RunApart(Func<Task<AuthenticationOutcome>> work, CancellationToken cancellationToken)
    {
        if (ExecutionContext.IsFlowSuppressed()) return Task.Run(work, cancellationToken);
        using (ExecutionContext.SuppressFlow()) return Task.Run(work, cancellationToken);
    }

    private static async Task<string?> TryReplaceAsync(ServerSocket socket, SocketTicket ticket, ServerContext server)
    {
        if (!SessionUser.AreSame(socket.Core.KnownUser, ticket.User)) return "The token is one of another user.";
        if (server.Options.CloseOnAuthenticationExpiration && ticket.Expires <= server.Time.GetUtcNow()) return "The token has expired.";
        var refusal = await server.Authorization.AuthorizeAsync(ticket, socket.Namespace.Handlers.Required, socket).ConfigureAwait(false);
        if (refusal is not null) return "The user is no longer authorized for the namespace.";
        if (!socket.Core.TryAuthenticate(ticket)) return "The socket has ended.";
        await socket.ReplaceUserAsync(ticket.User).ConfigureAwait(false);
        return null;
    }

    /// <summary>Keeps the expiration of the connection's authentication; returns false if that of the socket has expired.</summary>
    private static bool TryKeepExpiration(SocketCore core, ServerContext server)
    {
        var ticket = core.Ticket;
        if (ticket.Expires is not { } expires) return true;
        if (expires <= server.Time.GetUtcNow()) return false;
        if (!ticket.IsToken) core.TryAuthenticate(ticket);
        return true;
    }
}
