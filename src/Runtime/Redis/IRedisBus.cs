using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Takes one message of a subscription; the bytes are lent for the call.</summary>
/// <param name="channel">The channel it was published on, UTF-8.</param>
/// <param name="message">What was published.</param>
internal delegate void BusMessageHandler(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message);

/// <summary>What is known of a bus at one moment.</summary>
/// <param name="IsConnected">Whether Redis is connected.</param>
/// <param name="Sets">How many sets of subscriptions there are, one for each namespace.</param>
/// <param name="Unhealthy">How many of them are not known to hear: at the start, after a lost connection, or deaf.</param>
/// <param name="Unresponsive">How many do not hear although Redis is connected.</param>
/// <param name="TimeSinceLastProbe">How long ago the set that has been silent longest was last known to hear.</param>
internal sealed record BusHealth(bool IsConnected, int Sets, int Unhealthy, int Unresponsive, TimeSpan TimeSinceLastProbe)
{
    /// <summary>Why Redis is not connected, without a secret; null when it is, or when that is not known.</summary>
    public Exception? Failure { get; init; }
}

/// <summary>The way to the other nodes: what the Redis adapters need of Redis.</summary>
/// <remarks>The kind of a channel chooses the commands: a sharded one is published, subscribed and counted with those of sharded pub/sub.</remarks>
internal interface IRedisBus : IAsyncDisposable
{
    /// <summary>What is known of the connection and the subscriptions now.</summary>
    BusHealth Health { get; }

    /// <summary>Publishes and forgets, in call order; never blocks, never throws.</summary>
    /// <param name="channel">A literal or sharded channel.</param>
    /// <param name="message">Handed over: not changed afterwards.</param>
    /// <returns>Whether it was handed to a connection; false when Redis is away.</returns>
    bool Publish(RedisChannel channel, byte[] message);

    /// <summary>Publishes, in call order with <see cref="Publish"/>; completes when Redis accepted the message.</summary>
    /// <returns>How many connections Redis passed it to.</returns>
    /// <exception cref="RedisException">Redis is away or did not answer in time.</exception>
    Task<long> PublishAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken);

    /// <summary>Completes when what was published on some channels precedes what is published on others afterwards; never throws.</summary>
    /// <remarks>Channels that are published over one connection keep their order: then it completes at once. The wait is bounded.</remarks>
    /// <param name="former">The channels that messages were published on.</param>
    /// <param name="next">The channels that the following ones are published on.</param>
    Task ProcessedAsync(IReadOnlyCollection<RedisChannel> former, IReadOnlyCollection<RedisChannel> next);

    /// <summary>How many connections subscribe a channel by its name, summed over the masters of a cluster; this node's own counts.</summary>
    /// <param name="channel">A literal or sharded channel.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RedisException">Redis is away or did not answer in time.</exception>
    Task<long> CountSubscribersAsync(RedisChannel channel, CancellationToken cancellationToken);

    /// <summary>Starts a set of subscriptions that are read together; it is empty at first. Never waits, never throws.</summary>
    /// <param name="set">The set. Its probe is added like any other channel, or matched by a pattern of the set.</param>
    /// <param name="received">Called for one message of the set at a time, in the order Redis delivered them, whatever their channels.</param>
    /// <returns>The set. Disposing it ends its subscriptions and hands on what has arrived; it never throws.</returns>
    IBusSubscription Subscribe(BusSet set, BusMessageHandler received);
}

/// <summary>Channels and patterns that are read together, in one order.</summary>
internal interface IBusSubscription : IAsyncDisposable
{
    /// <summary>Subscribes, at once or as soon as Redis is there, and again whenever it comes back; never throws for Redis.</summary>
    /// <param name="channel">A literal channel, a pattern or a sharded channel; adding it twice changes nothing.</param>
    /// <returns>
    /// True when Redis confirmed: what is published from then on is received. False, at once or after a second, when Redis is
    /// away: the subscription follows when it is back.
    /// </returns>
    Task<bool> AddAsync(RedisChannel channel);

    /// <summary>Whether an added channel is heard now: Redis confirmed it on the connection there is; with <see cref="Remove"/> under way nothing is promised.</summary>
    bool Has(RedisChannel channel);

    /// <summary>Unsubscribes, in call order with <see cref="AddAsync"/>; never waits, never throws. Unknown channels are ignored.</summary>
    void Remove(RedisChannel channel);
}
