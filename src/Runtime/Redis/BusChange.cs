using System.Net;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>What is done to a set of subscriptions.</summary>
internal enum BusChangeKind
{
    Add,
    Remove,

    /// <summary>Those that Redis has not confirmed are subscribed again.</summary>
    Verify,

    /// <summary>All are subscribed again; of sharded ones those on the servers of channels that received nothing.</summary>
    Renew,

    /// <summary>The probes are chosen.</summary>
    Probe,

    /// <summary>What is subscribed on some servers is subscribed elsewhere.</summary>
    Leave,

    /// <summary>All are subscribed on another connection before those of the current one end.</summary>
    Move,
}

/// <summary>One change of a set of subscriptions.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Channel">To which channel, where it is one.</param>
internal readonly record struct BusChange(BusChangeKind Kind, RedisChannel Channel)
{
    /// <summary>Completed when it is made; null: nobody waits.</summary>
    public TaskCompletionSource<bool>? Confirmed { get; init; }

    /// <summary>Of leaving: the servers.</summary>
    public IReadOnlySet<EndPoint>? Servers { get; init; }

    /// <summary>Of leaving: the client library knows the new servers. Of moving: the next connection is in use.</summary>
    public Task? Ready { get; init; }

    /// <summary>Of moving: the next connection.</summary>
    public IConnectionMultiplexer? Next { get; init; }

    /// <summary>Of a renewal: the channels that received nothing.</summary>
    public RedisChannel[]? Silent { get; init; }
}
