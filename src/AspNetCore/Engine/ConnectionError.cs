namespace TypedSocketRedis;

/// <summary>The errors of requests that are not accepted, with their numbers on the wire.</summary>
public enum ConnectionErrorCode
{
    /// <summary>The transport is unknown, or not one of <see cref="EngineIOOptions.Transports"/>.</summary>
    UnknownTransport = 0,

    /// <summary>The session has ended, or belongs to another server.</summary>
    UnknownSession = 1,

    /// <summary>The request would open a session, but its method is not GET.</summary>
    BadHandshakeMethod = 2,

    /// <summary>The request does not fit its session or the protocol.</summary>
    BadRequest = 3,

    /// <summary>The client may not connect, or a limit of the server is reached.</summary>
    Forbidden = 4,

    /// <summary>The client uses a version of the protocol that the server does not support.</summary>
    UnsupportedProtocol = 5,
}

/// <summary>A request that was not accepted; see <see cref="EngineIOOptions.OnConnectionError"/>.</summary>
/// <param name="Request">The request. Its query can contain the id of a session, which is a secret.</param>
/// <param name="Code">The error that the client received.</param>
/// <param name="Message">The message that the client received.</param>
/// <param name="StatusCode">The HTTP status code of the response.</param>
/// <param name="Reason">The reason of a bad request as the JavaScript server names it, for example <c>TRANSPORT_MISMATCH</c>, or null for
/// none.</param>
public sealed record ConnectionError(
    SocketRequest Request, ConnectionErrorCode Code, string Message, int StatusCode, string? Reason = null);
