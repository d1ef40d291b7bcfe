namespace TypedSocketRedis.Engine;

/// <summary>The causes to refuse a connection.</summary>
internal enum ConnectionRefusalCause : byte
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

/// <summary>The causes to drop a packet instead of queuing it.</summary>
internal enum PacketDropCause : byte
{
    /// <summary>The packet is volatile, and the client was not ready.</summary>
    Volatile,

    /// <summary>The client's byte budget is used up.</summary>
    Budget,
}

/// <summary>The ways in which clients violate the protocol, besides malformed packets.</summary>
internal enum ViolationCause : byte
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

/// <summary>The names of the causes: the tags of the metrics, which are also the texts in log entries.</summary>
internal static class EngineCauses
{
    public static string Text(this ConnectionRefusalCause cause) => cause switch
    {
        ConnectionRefusalCause.Full => "full",
        ConnectionRefusalCause.Address => "address",
        ConnectionRefusalCause.Forbidden => "forbidden",
        ConnectionRefusalCause.Origin => "origin",
        ConnectionRefusalCause.User => "user",
        ConnectionRefusalCause.Upgrades => "upgrades",
        ConnectionRefusalCause.SessionId => "session id",
        ConnectionRefusalCause.Stopping => "stopping",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "The value is not a cause to refuse a connection."),
    };

    public static string Text(this PacketDropCause cause) => cause switch
    {
        PacketDropCause.Volatile => "volatile",
        PacketDropCause.Budget => "budget",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "The value is not a cause to drop a packet."),
    };

    public static string Text(this ViolationCause cause) => cause switch
    {
        ViolationCause.ParallelPolls => "parallel polls",
        ViolationCause.ParallelPosts => "parallel posts",
        ViolationCause.ContentType => "content type",
        ViolationCause.RequestSize => "request size",
        ViolationCause.RequestLost => "request lost",
        ViolationCause.Request => "request",
        ViolationCause.WebSocket => "websocket",
        ViolationCause.Ping => "ping",
        ViolationCause.Attachments => "attachments",
        ViolationCause.State => "state",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "The value is not a cause of a protocol violation."),
    };
}
