namespace TypedSocketRedis.Broadcasting;

/// <summary>The options for delivering a broadcast; on the wire the map <c>flags</c>.</summary>
[Flags]
internal enum BroadcastFlags
{
    None = 0,

    /// <summary>May be dropped for a client that is not ready to receive. Wire: <c>volatile: true</c>.</summary>
    Volatile = 1,

    /// <summary>Delivered only to this node's clients. Never on the wire.</summary>
    Local = 2,

    /// <summary>Wire: <c>compress: true</c>.</summary>
    Compress = 4,

    /// <summary>Wire: <c>compress: false</c>.</summary>
    NoCompress = 8,

    /// <summary><c>compress</c> was chosen before <c>volatile</c>: the wire keeps the order of the calls.</summary>
    CompressFirst = 16,

    /// <summary>Sent to one fetched socket. Wire: <c>expectSingleResponse: true</c>.</summary>
    SingleResponse = 32,
}
