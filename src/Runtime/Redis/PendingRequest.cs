using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>A request to the other nodes, and what has come of it.</summary>
internal abstract class PendingRequest
{
    /// <summary>Whether its answers may be large, so that they are not read on the loop that reads the messages.</summary>
    public virtual bool IsLarge => false;

    /// <summary>Takes one answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>Null, or why it counts for nothing.</returns>
    /// <exception cref="ProtocolException">It is malformed.</exception>
    public abstract string? Take(PeerResponse answer);
}
