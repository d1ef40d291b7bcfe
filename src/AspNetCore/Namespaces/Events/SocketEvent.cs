namespace TypedSocketRedis;

/// <summary>One event of a client on its way through the middlewares of its socket.</summary>
public sealed class SocketEvent
{
    internal SocketEvent(string name, SocketArguments arguments, bool wantsAck) =>
        (Name, Arguments, ExpectsAck) = (name, arguments, wantsAck);

    /// <summary>The event's name on the wire.</summary>
    public string Name { get; }

    /// <summary>The event's arguments.</summary>
    public SocketArguments Arguments { get; }

    /// <summary>Gets a value indicating whether the client requested an acknowledgement.</summary>
    public bool ExpectsAck { get; }
}
