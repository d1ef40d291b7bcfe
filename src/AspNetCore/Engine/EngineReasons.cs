namespace TypedSocketRedis.Engine;

/// <summary>The reasons to refuse a connection.</summary>
internal enum ConnectionRefusalReason : byte
{
    /// <summary>The maximum number of sessions is open.</summary>
    Full,

    /// <summary>The client's address has the maximum number of sessions.</summary>
    Address,

    /// <summary>The application refused the client, or its delegate failed.</summary>
    Forbidden,

    /// <summary>The CORS policy does not allow the origin.</summary>
    Origin,

    /// <summary>The request has another user than the one that opened the session.</summary>
    User,

    /// <summary>The web server has reached its limit of upgraded connections.</summary>
    Upgrades,

    /// <summary>The application's delegate gave no valid and unused session id.</summary>
    SessionId,

    /// <summary>The server is shutting down.</summary>
    Stopping,
}

/// <summary>The reasons to drop a packet instead of queuing it.</summary>
internal enum PacketDropReason : byte
{
    /// <summary>The packet is volatile, and the client was not ready.</summary>
    Volatile,

    /// <summary>The client's byte budget is used up.</summary>
    Budget,
}

/// <summary>The ways in which clients violate the protocol, besides malformed packets.</summary>
internal enum ViolationReason : byte
{
    ParallelPolls,
    ParallelPosts,

    /// <summary>The body is binary, which only older versions of the protocol have.</summary>
    ContentType,

    /// <summary>The body of a request is larger than allowed.</summary>
    RequestSize,

    /// <summary>The request ended before its body, or its body is not valid HTTP.</summary>
    RequestLost,

    /// <summary>The request is not valid HTTP.</summary>
    Request,
    WebSocket,

    /// <summary>The client sent a ping, which only servers send.</summary>
    Ping,

    /// <summary>The attachments of an event did not arrive in time.</summary>
    Attachments,

    /// <summary>The packet does not fit the state of its namespace.</summary>
    State,
}

/// <summary>The names of the reasons: the tags of the metrics, which are also the texts in log entries.</summary>
internal static class EngineReasons
{
    public static string Text(this ConnectionRefusalReason reason) => reason switch
    {
        ConnectionRefusalReason.Full => "full",
        ConnectionRefusalReason.Address => "address",
        ConnectionRefusalReason.Forbidden => "forbidden",
        ConnectionRefusalReason.Origin => "origin",
        ConnectionRefusalReason.User => "user",
        ConnectionRefusalReason.Upgrades => "upgrades",
        ConnectionRefusalReason.SessionId => "session id",
        ConnectionRefusalReason.Stopping => "stopping",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "The value is not a reason to refuse a connection."),
    };

    public static string Text(this PacketDropReason reason) => reason switch
    {
        PacketDropReason.Volatile => "volatile",
        PacketDropReason.Budget => "budget",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "The value is not a reason to drop a packet."),
    };

    public static string Text(this ViolationReason reason) => reason switch
    {
        ViolationReason.ParallelPolls => "parallel polls",
        ViolationReason.ParallelPosts => "parallel posts",
        ViolationReason.ContentType => "content type",
        ViolationReason.RequestSize => "request size",
        ViolationReason.RequestLost => "request lost",
        ViolationReason.Request => "request",
        ViolationReason.WebSocket => "websocket",
        ViolationReason.Ping => "ping",
        ViolationReason.Attachments => "attachments",
        ViolationReason.State => "state",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "The value is not a reason of a protocol violation."),
    };
}
