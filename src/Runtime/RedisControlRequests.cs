namespace TypedSocketRedis;

/// <summary>The senders that may move and disconnect this node's sockets.</summary>
/// <remarks>The sender is the one named in the request. Redis does not check it: every client that may publish can forge it.</remarks>
[Flags]
public enum RedisControlRequests
{
    /// <summary>No sender: only this node moves and disconnects its sockets.</summary>
    None = 0,

    /// <summary>The other servers.</summary>
    Nodes = 1,

    /// <summary>Emitters: processes that are no servers.</summary>
    Emitters = 2,

    /// <summary>Both, as Node.js servers do it.</summary>
    All = Nodes | Emitters,
}
