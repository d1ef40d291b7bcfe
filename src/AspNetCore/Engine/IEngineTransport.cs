using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>How a session's frames reach its client: over HTTP long-polling or over a websocket.</summary>
internal interface IEngineTransport
{
    /// <summary>The value of the query parameter <c>transport</c>.</summary>
    string Name { get; }

    /// <summary>Whether frames are to be given their compressed form before they are queued.</summary>
    bool Deflates { get; }

    /// <summary>Gets a value indicating whether binary messages are sent as base64 text.</summary>
    /// <remarks>Frames are given their text form before they are queued, so that the queue counts what is sent.</remarks>
    bool IsTextOnly { get; }

    /// <summary>Whether a frame queued now would leave at once; volatile frames are dropped when not.</summary>
    bool IsWritable { get; }

    /// <summary>The last frame of a session that ends on this transport.</summary>
    Frame EndFrame { get; }

    /// <summary>Writes some of the queued frames and never waits; the flusher calls it, from more than one thread.</summary>
    void Flush();

    /// <summary>Cuts the connection; nothing more is written.</summary>
    void Abort();
}
