using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The publishing half of the connection to the other nodes.</summary>
/// <remarks>The kind of a channel chooses the commands: a sharded one is published, subscribed and counted with those of sharded
/// pub/sub.</remarks>
internal interface IBusPublisher
{
    /// <summary>Publishes a message without waiting, in call order; never blocks, never throws.</summary>
    /// <param name="channel">A literal or sharded channel.</param>
    /// <param name="message">The message; not changed afterwards.</param>
    /// <returns>True if it was handed to a connection; false when Redis is not connected.</returns>
    bool Publish(RedisChannel channel, byte[] message);

    /// <summary>Publishes a message, in call order with <see cref="Publish"/>; completes when Redis accepted it.</summary>
    /// <returns>The number of connections that Redis passed it to.</returns>
    /// <exception cref="RedisException">Redis is not connected or did not respond in time.</exception>
    Task<long> PublishAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken);

    /// <summary>
    /// Completes when messages published before on some channels precede those published afterwards on others; never throws.
    /// </summary>
    /// <remarks>Channels that are published over one connection keep their order: then it completes at once. The wait is bounded.</remarks>
    /// <param name="former">The channels that messages were published on.</param>
    /// <param name="next">The channels that the following ones are published on.</param>
    Task ProcessedAsync(IReadOnlyCollection<RedisChannel> former, IReadOnlyCollection<RedisChannel> next);

    /// <summary>
    /// Returns the number of connections that subscribe to a channel by name, summed over the masters of a cluster and including this
    /// node's.
    /// </summary>
    /// <param name="channel">A literal or sharded channel.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RedisException">Redis is not connected or did not respond in time.</exception>
    Task<long> CountSubscribersAsync(RedisChannel channel, CancellationToken cancellationToken);
}
