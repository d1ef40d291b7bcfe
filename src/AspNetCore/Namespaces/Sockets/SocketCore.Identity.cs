using System.Security.Claims;
using TypedSocketRedis.Engine;

namespace TypedSocketRedis.Namespaces;

/// <summary>The user of a socket, and the expiration of the user's authentication.</summary>
internal sealed partial class SocketCore
{
    // The wall clock can be changed and a machine suspended, which deadlines do not notice.
    private static readonly TimeSpan ExpirationCheck = TimeSpan.FromMinutes(10);

    private Authenticated? _authenticated;

    /// <summary>The user of the client's token, or that of the connection, or null for an anonymous one.</summary>
    public ClaimsPrincipal? KnownUser => Volatile.Read(ref _authenticated)?.Ticket.User ?? Session.User;

    /// <summary>Gets a value indicating whether a token of the client authenticated the user.</summary>
    public bool HasToken => Volatile.Read(ref _authenticated)?.Ticket.IsToken == true;

    /// <summary>The authentication of the socket: that of the client's token, or that of the connection.</summary>
    /// <remarks>Decodes the connection's request if the client has no token.</remarks>
    public SocketTicket Ticket
    {
        get
        {
            if (Volatile.Read(ref _authenticated)?.Ticket is { } ticket) return ticket;
            var request = Session.Request.Read();
            return new SocketTicket(User, request.Scheme, request.Expires ?? SocketTicket.Expiration(Session.User), IsToken: false);
        }
    }

    /// <summary>Replaces the authentication of the socket, and restarts the deadline of its expiration.</summary>
    /// <returns>False if the socket has ended.</returns>
    public bool TryAuthenticate(SocketTicket ticket)
    {
        lock (this)
        {
            if (_stage == SocketStage.Ended) return false;
            Session.Stop(_authenticated);
            Volatile.Write(ref _authenticated, new Authenticated(this, ticket));

            // The room of the user is joined on admission; afterwards the user is replaced by ReplaceUserAsync, with the rooms.
            if (!IsConnected) (_user, _userId) = (ticket.User, null);
            StartExpiration();
            return true;
        }
    }

    /// <summary>Starts the deadline at which the authentication expires, if there is one; called under the lock.</summary>
    private void StartExpiration()
    {
        if (!IsConnected || !_server.Options.CloseOnAuthenticationExpiration) return;
        if (_authenticated is not { Ticket.Expires: { } expires } authenticated) return;
        var delay = expires - _server.Time.GetUtcNow();
        Session.Start(authenticated, Deadline.Expiration, delay < ExpirationCheck ? delay : ExpirationCheck);
    }

    private void OnExpirationDue(Authenticated due)
    {
        lock (this)
        {
            if (_stage == SocketStage.Ended || _authenticated != due) return;
            if (due.Ticket.Expires > _server.Time.GetUtcNow())
            {
                StartExpiration();
                return;
            }
        }

        Session.Disconnect(this, close: false, DisconnectReason.AuthenticationExpired);
    }

    /// <summary>A ticket, which is its own deadline.</summary>
    private sealed class Authenticated(SocketCore core, SocketTicket ticket) : DeadlineEntry
    {
        public SocketTicket Ticket => ticket;

        public override void OnDue() => core.OnExpirationDue(this);
    }
}
