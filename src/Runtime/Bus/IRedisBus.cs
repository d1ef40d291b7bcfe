using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Handles one message of a subscription; the bytes are valid until the call returns.</summary>
/// <param name="channel">The channel it was published on, UTF-8.</param>
/// <param name="message">The message.</param>
internal delegate void BusMessageHandler(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message);

/// <summary>A snapshot of the state of a bus.</summary>
/// <param name="IsConnected">A value indicating whether Redis is connected.</param>
/// <param name="Sets">The number of sets of subscriptions, one for each namespace.</param>
/// <param name="Unhealthy">
/// The number of sets that are not known to receive: at the start, after a lost connection, or unresponsive.
/// </param>
/// <param name="Unresponsive">The number of sets that do not receive although Redis is connected.</param>
/// <param name="TimeSinceLastProbe">The time since the set with the oldest successful check was last known to receive.</param>
internal sealed record BusHealth(bool IsConnected, int Sets, int Unhealthy, int Unresponsive, TimeSpan TimeSinceLastProbe)
{
    /// <summary>
    /// The reason why Redis is not connected, without a secret; null when it is connected, or when the reason is not known.
    /// </summary>
    public Exception? Failure { get; init; }
}

/// <summary>The connection to the other nodes: the operations of Redis that the adapters need.</summary>
internal interface IRedisBus : IBusPublisher, IAsyncDisposable
{
    /// <summary>The state of the connection and the subscriptions now.</summary>
    BusHealth Health { get; }

    /// <summary>A task that completes when the first attempt to connect has ended.</summary>
    Task Ready => Task.CompletedTask;

    /// <summary>Starts a set of subscriptions that are read together; it is empty at first. Never waits, never throws.</summary>
    /// <param name="set">The set. Its probe is added like any other channel, or matched by a pattern of the set.</param>
    /// <param name="received">
    /// The handler, called for one message of the set at a time, in the order in which Redis delivered them on all channels.
    /// </param>
    /// <returns>The set. Disposing it ends its subscriptions and delivers the messages that have arrived; it never throws.</returns>
    IBusSubscription Subscribe(BusSet set, BusMessageHandler received);
}

/// <summary>Channels and patterns that are read together, in one order.</summary>
internal interface IBusSubscription : IAsyncDisposable
{
    /// <summary>
    /// Subscribes to a channel, at once or as soon as Redis is connected, and again after each reconnection; never throws for Redis.
    /// </summary>
    /// <param name="channel">A literal channel, a pattern or a sharded channel; adding it twice changes nothing.</param>
    /// <returns>
    /// True when Redis confirmed: messages that are published from then on are received. False, at once or after a second, when Redis is
    /// not connected: the subscription follows when it is.
    /// </returns>
    Task<bool> AddAsync(RedisChannel channel);

    /// <summary>
    /// Returns <c>true</c> if Redis confirmed an added channel on the current connection; undefined while <see cref="Remove"/> is in
    /// progress.
    /// </summary>
    bool Has(RedisChannel channel);

    /// <summary>
    /// Unsubscribes from a channel, in call order with <see cref="AddAsync"/>; never waits, never throws. Unknown channels are ignored.
    /// </summary>
    void Remove(RedisChannel channel);
}
