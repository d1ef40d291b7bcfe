namespace TypedSocketRedis;

/// <summary>Who may move and disconnect this node's sockets.</summary>
/// <remarks>It goes by what a request says of its sender. Redis does not check that: whoever may publish may also pretend.</remarks>
[Flags]
public enum RedisControlRequests
{
    /// <summary>Nobody: only this node moves and disconnects its sockets.</summary>
    None = 0,

    /// <summary>The other servers.</summary>
    Nodes = 1,

    /// <summary>Emitters: processes that are no servers.</summary>
    Emitters = 2,

    /// <summary>Both, as Node.js servers do it.</summary>
    All = Nodes | Emitters,
}
