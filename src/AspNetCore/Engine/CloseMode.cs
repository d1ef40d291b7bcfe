namespace TypedSocketRedis.Engine;

/// <summary>How a session ends.</summary>
internal enum CloseMode
{
    /// <summary>Queued frames are sent, then the end frame, over the transport that the client uses or is upgrading to.</summary>
    Orderly,

    /// <summary>Queued frames are dropped and the id becomes unknown; only the end frame is sent, to a client that waits for it.</summary>
    Now,

    /// <summary>The client has sent its close packet. As <see cref="Now"/>, but over polling one more poll is answered.</summary>
    ByClient,

    /// <summary>The connection is cut.</summary>
    Abort,
}
