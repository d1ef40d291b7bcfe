using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Takes one message of a subscription; the bytes are lent for the call.</summary>
/// <param name="channel">The channel it was published on, UTF-8.</param>
/// <param name="message">What was published.</param>
internal delegate void BusMessageHandler(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message);

/// <summary>The way to the other nodes: what the Redis adapters need of Redis.</summary>
internal interface IRedisBus : IAsyncDisposable
{
    /// <summary>Publishes and forgets, in call order; never blocks, never throws.</summary>
    /// <param name="channel">A literal channel.</param>
    /// <param name="message">Handed over: not changed afterwards.</param>
    /// <returns>Whether it was handed to a connection; false when Redis is away.</returns>
    bool Publish(RedisChannel channel, byte[] message);

    /// <summary>Publishes, in call order with <see cref="Publish"/>; completes when Redis accepted the message.</summary>
    /// <returns>How many connections Redis passed it to.</returns>
    /// <exception cref="RedisException">Redis is away or did not answer in time.</exception>
    Task<long> PublishAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken);

    /// <summary>Subscribes, at once or as soon as Redis is there, and again whenever it comes back; never waits, never throws.</summary>
    /// <param name="pattern">The channels.</param>
    /// <param name="probe">A channel the pattern matches and nobody else uses: the bus proves on it that it hears itself.</param>
    /// <param name="received">Called for one message at a time, in the order of arrival.</param>
    /// <returns>The subscription; disposing it ends it.</returns>
    IAsyncDisposable Subscribe(RedisChannel pattern, RedisChannel probe, BusMessageHandler received);
}
