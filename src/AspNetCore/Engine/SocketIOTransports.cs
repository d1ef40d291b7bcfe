namespace TypedSocketRedis;

/// <summary>The transports a client may use.</summary>
[Flags]
public enum SocketIOTransports
{
    /// <summary>No transport. Not valid as a setting.</summary>
    None = 0,

    /// <summary>HTTP long-polling.</summary>
    Polling = 1,

    /// <summary>WebSocket.</summary>
    WebSocket = 2,

    /// <summary>All transports.</summary>
    All = Polling | WebSocket,
}
