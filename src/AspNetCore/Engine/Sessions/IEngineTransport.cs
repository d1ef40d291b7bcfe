using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>The transport that carries a session's frames to its client: HTTP long-polling or a WebSocket.</summary>
/// <remarks>A transport holds nothing of its session, which passes itself with each flush.</remarks>
internal interface IEngineTransport
{
    /// <summary>The value of the query parameter <c>transport</c>.</summary>
    string Name { get; }

    /// <summary>Gets a value indicating whether frames are compressed before they are queued.</summary>
    bool Deflates { get; }

    /// <summary>Gets the form in which the client reads binary messages.</summary>
    /// <remarks>Frames are converted to text before they are queued, so that the queue counts the bytes that are sent.</remarks>
    FrameForm Form { get; }

    /// <summary>
    /// Gets a value indicating whether a frame queued now would be sent immediately; if not, volatile frames are dropped.
    /// </summary>
    bool IsWritable { get; }

    /// <summary>Writes some of a session's queued frames without waiting; called by the flusher from more than one thread.</summary>
    void Flush(EngineSession session);

    /// <summary>Aborts the connection; nothing more is written.</summary>
    void Abort();
}
