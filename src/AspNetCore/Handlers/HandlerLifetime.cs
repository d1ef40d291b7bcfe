namespace TypedSocketRedis;

/// <summary>The lifetimes of handler objects.</summary>
public enum HandlerLifetime
{
    /// <summary>One object for each event, each connection and each disconnection, in a service scope of its own. The default.</summary>
    Event,

    /// <summary>One object for each socket, in one service scope, from its first use until the socket has disconnected.</summary>
    /// <remarks>Services of the scope live as long as the client is connected. Events of other servers have no socket: each gets an object
    /// of its own.</remarks>
    Socket,
}
