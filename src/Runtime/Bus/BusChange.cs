using System.Net;
using System.Threading.Channels;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The kinds of changes to a set of subscriptions.</summary>
internal enum BusChangeKind
{
    Add,
    Remove,

    /// <summary>Subscribes the unconfirmed channels again.</summary>
    Verify,

    /// <summary>Subscribes all channels again; of sharded ones those on the servers of channels that received nothing.</summary>
    Renew,

    /// <summary>Unsubscribes the channels that were removed while the servers were refreshed.</summary>
    Settle,

    /// <summary>Checks that the set receives.</summary>
    Check,

    /// <summary>Ends a check.</summary>
    Checked,

    /// <summary>Chooses the probes.</summary>
    Probe,

    /// <summary>Moves the channels that are subscribed on some servers to other servers.</summary>
    Leave,

    /// <summary>Subscribes all channels on another connection before the subscriptions on the current one end.</summary>
    Move,
}

/// <summary>One change of a set of subscriptions.</summary>
/// <param name="Kind">The kind of the change.</param>
/// <param name="Channel">The channel to change, if the change is about one.</param>
internal readonly record struct BusChange(BusChangeKind Kind, RedisChannel Channel)
{
    /// <summary>The completion of the change, or null if no caller waits.</summary>
    public TaskCompletionSource<bool>? Confirmed { get; init; }

    /// <summary>For Leave: the servers to leave. The reader completes when the client library knows all successors.</summary>
    public ChannelReader<ServerLeave>? Leaves { get; init; }

    /// <summary>For Move: a task that completes when the next connection is in use.</summary>
    public Task? Ready { get; init; }

    /// <summary>For Move: the next connection.</summary>
    public IRedisLink? Next { get; init; }

    /// <summary>For Renew: the channels that received nothing.</summary>
    public RedisChannel[]? Unreceived { get; init; }
}

/// <summary>The servers that one set of subscriptions leaves in a handover.</summary>
/// <param name="Servers">The servers.</param>
/// <param name="Left">Completes when nothing is subscribed on the servers.</param>
internal sealed record ServerLeave(IReadOnlySet<EndPoint> Servers, TaskCompletionSource Left);
