using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>A request to the other nodes, and its result.</summary>
internal abstract class PendingRequest
{
    /// <summary>
    /// Gets a value indicating whether responses may be large, so that they are not read on the loop that reads the messages.
    /// </summary>
    public virtual bool IsLarge => false;

    /// <summary>Handles one response.</summary>
    /// <param name="answer">The response.</param>
    /// <returns>Null, or the reason why the response was dropped.</returns>
    /// <exception cref="ProtocolException">The response is malformed.</exception>
    public abstract string? Take(PeerResponseBody answer);
}
