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
    /// <param name="response">The response.</param>
    /// <returns>The reason why the response was dropped, or <see cref="DropReason.None"/>.</returns>
    /// <exception cref="ProtocolException">The response is malformed.</exception>
    public abstract DropReason Take(PeerMessageFields response);

    /// <summary>Ends the wait for responses because the process no longer receives any.</summary>
    public abstract void Abandon();
}
