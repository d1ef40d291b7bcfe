namespace TypedSocketRedis;

/// <summary>The ways a client may connect.</summary>
[Flags]
public enum SocketIOTransports
{
    /// <summary>None; not allowed as a setting.</summary>
    None = 0,

    /// <summary>HTTP long-polling.</summary>
    Polling = 1,

    /// <summary>WebSocket.</summary>
    WebSocket = 2,

    /// <summary>All of them.</summary>
    All = Polling | WebSocket,
}
