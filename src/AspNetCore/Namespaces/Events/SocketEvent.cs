namespace TypedSocketRedis;

/// <summary>One event of a client on its way through the middlewares of its socket.</summary>
/// <remarks>It is also the resource of the authorization that an event requires.</remarks>
public sealed class SocketEvent
{
    internal SocketEvent(ISocket socket, string name, SocketArguments arguments, bool wantsAck) =>
        (Socket, Name, Arguments, ExpectsAck) = (socket, name, arguments, wantsAck);

    /// <summary>The socket of the client.</summary>
    public ISocket Socket { get; }

    /// <summary>The event's name on the wire.</summary>
    public string Name { get; }

    /// <summary>The event's arguments.</summary>
    public SocketArguments Arguments { get; }

    /// <summary>Gets a value indicating whether the client requested an acknowledgement.</summary>
    public bool ExpectsAck { get; }
}
