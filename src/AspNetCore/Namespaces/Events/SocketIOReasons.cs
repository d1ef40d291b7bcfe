namespace TypedSocketRedis.Namespaces;

/// <summary>The reasons for which a client is not admitted to a namespace.</summary>
internal enum RefusalReason : byte
{
    /// <summary>There is no namespace of that name.</summary>
    Namespace,

    /// <summary>A middleware refused the client or failed.</summary>
    Middleware,

    /// <summary>The middlewares took longer than <see cref="SocketIOOptions.ConnectTimeout"/>.</summary>
    Timeout,

    /// <summary><see cref="SocketIOOptions.MaxSocketsPerConnection"/> is reached.</summary>
    Limit,

    /// <summary>The handshake is larger than <see cref="SocketIOOptions.MaxHandshakeSize"/>.</summary>
    Handshake,

    /// <summary>The authentication data of all namespaces exceeds the client's budget.</summary>
    Auth,

    /// <summary><see cref="SocketIOOptions.MaxDynamicNamespaces"/> is reached.</summary>
    Namespaces,

    /// <summary>The client is not authenticated.</summary>
    Unauthenticated,

    /// <summary>The user of the client is not authorized.</summary>
    Unauthorized,

    /// <summary>The authentication of the client has expired.</summary>
    Expired,
}

/// <summary>The reasons for which an event is not passed to handlers of outgoing events.</summary>
internal enum OutgoingDropReason : byte
{
    /// <summary>Too many events wait for the handlers.</summary>
    Overflow,

    /// <summary>A handler of outgoing events sent the event.</summary>
    Nested,
}

/// <summary>The kinds of notifications that have no socket.</summary>
internal enum NotificationKind : byte
{
    /// <summary>A namespace was created.</summary>
    Namespaces,

    /// <summary>A room was created, joined, left or deleted.</summary>
    Rooms,
}

/// <summary>The tags of the reasons in metrics.</summary>
internal static class SocketIOReasons
{
    public static string Text(this RefusalReason reason) => reason switch
    {
        RefusalReason.Namespace => "namespace",
        RefusalReason.Middleware => "middleware",
        RefusalReason.Timeout => "timeout",
        RefusalReason.Limit => "limit",
        RefusalReason.Handshake => "handshake",
        RefusalReason.Auth => "auth",
        RefusalReason.Namespaces => "namespaces",
        RefusalReason.Unauthenticated => "unauthenticated",
        RefusalReason.Unauthorized => "forbidden",
        RefusalReason.Expired => "token_expired",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "The value is not a reason of a refusal."),
    };

    public static string Text(this NotificationKind kind) => kind switch
    {
        NotificationKind.Namespaces => "namespaces",
        NotificationKind.Rooms => "rooms",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The value is not a kind of notifications."),
    };

    public static string Text(this OutgoingDropReason reason) => reason switch
    {
        OutgoingDropReason.Overflow => "overflow",
        OutgoingDropReason.Nested => "nested",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "The value is not a reason to drop an event."),
    };
}
