namespace TypedSocketRedis.Redis;

/// <summary>Moves subscriptions and publishes between servers of a Redis Cluster while both are connected.</summary>
internal interface IServerHandover
{
    /// <summary>Gets a value indicating whether channels are subscribed on a replica, to be left for its master.</summary>
    bool IsOnReplica { get; }

    /// <summary>Moves from masters that became replicas to their successors; completes when no message can come twice any more.</summary>
    /// <param name="former">The former masters.</param>
    /// <param name="refresh">
    /// Makes the client library refresh its list of servers. Its argument leaves masters that became replicas meanwhile, and is to be
    /// called before the library finds out about them.
    /// </param>
    Task LeaveAsync(FormerMasters former, Func<Func<FormerMasters, Task>, Task> refresh);

    /// <summary>
    /// Moves to another connection, unless it cannot be subscribed on; completes when no message can come twice any more.
    /// </summary>
    /// <param name="next">The connection.</param>
    /// <param name="use">Puts the next connection in use.</param>
    Task MoveAsync(IRedisLink next, Func<Task> use);
}
