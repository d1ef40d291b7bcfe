namespace TypedSocketRedis.Engine;

/// <summary>The ways a session ends.</summary>
internal enum CloseMode
{
    /// <summary>Queued frames are sent, then the end frame, over the transport that the client uses or is upgrading to.</summary>
    Orderly,

    /// <summary>
    /// Queued frames are dropped and the session id becomes unknown; only the end frame is sent, if the client waits for it.
    /// </summary>
    Now,

    /// <summary>
    /// The client has sent its close packet. Like <see cref="Now"/>, but over polling the server responds to one more poll.
    /// </summary>
    ByClient,

    /// <summary>The connection is aborted.</summary>
    Abort,
}
