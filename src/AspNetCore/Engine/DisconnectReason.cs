namespace TypedSocketRedis;

/// <summary>The reason for the disconnection of a socket. Its text is the one that the JavaScript server uses in the same case.</summary>
public sealed class DisconnectReason
{
    private readonly string _text;

    private DisconnectReason(string text) => _text = text;

    /// <summary><c>transport close</c>: the client closed the connection, or it was lost.</summary>
    public static DisconnectReason TransportClose { get; } = new("transport close");

    /// <summary><c>transport error</c>: the connection failed, or the client violated the transport protocol.</summary>
    public static DisconnectReason TransportError { get; } = new("transport error");

    /// <summary><c>parse error</c>: the client sent a malformed Engine.IO packet.</summary>
    public static DisconnectReason ParseError { get; } = new("parse error");

    /// <summary><c>ping timeout</c>: the client did not respond to a ping in time.</summary>
    public static DisconnectReason PingTimeout { get; } = new("ping timeout");

    /// <summary><c>client namespace disconnect</c>: the client left the namespace.</summary>
    public static DisconnectReason ClientNamespaceDisconnect { get; } = new("client namespace disconnect");

    /// <summary><c>server namespace disconnect</c>: the server disconnected the socket.</summary>
    public static DisconnectReason ServerNamespaceDisconnect { get; } = new("server namespace disconnect");

    /// <summary><c>server shutting down</c>: the server is shutting down.</summary>
    public static DisconnectReason ServerShuttingDown { get; } = new("server shutting down");

    /// <summary><c>forced close</c>: the server closed the connection, for example after a malformed Socket.IO packet.</summary>
    public static DisconnectReason ForcedClose { get; } = new("forced close");

    /// <summary>
    /// <c>forced server close</c>: the server closed the connection, for example after a packet that was not valid in the state of its
    /// namespace.
    /// </summary>
    public static DisconnectReason ForcedServerClose { get; } = new("forced server close");

    /// <summary><c>slow consumer</c>: the data queued for the client exceeded its byte budget.</summary>
    public static DisconnectReason SlowConsumer { get; } = new("slow consumer");

    /// <summary>
    /// <c>authentication expired</c>: the authentication of the socket's user expired; see
    /// <see cref="SocketIOOptions.CloseOnAuthenticationExpiration"/>.
    /// </summary>
    /// <remarks>The client sees the reason <c>io server disconnect</c>.</remarks>
    public static DisconnectReason AuthenticationExpired { get; } = new("authentication expired");

    /// <summary>Returns the text of the reason.</summary>
    /// <returns>The text, for example <c>transport close</c>.</returns>
    public override string ToString() => _text;
}
