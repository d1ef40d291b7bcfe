namespace TypedSocketRedis.Engine;

/// <summary>How a session ends.</summary>
internal enum CloseMode
{
    /// <summary>What is queued still goes out, then the goodbye; the client may take a few seconds for it.</summary>
    Orderly,

    /// <summary>The session is unknown from now on; only the goodbye goes out, if the client is listening.</summary>
    Now,

    /// <summary>The connection is cut.</summary>
    Abort,
}
