using StackExchange.Redis;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A bus that remembers what is published, and hands messages to its one subscriber on the caller's thread.</summary>
internal sealed class RecordingBus : IRedisBus, IBusSubscription
{
    private BusMessageHandler? _received;

    public List<(string Channel, byte[] Message)> Published { get; } = [];

    /// <summary>The channels and patterns of its one set.</summary>
    public HashSet<string> Subscribed { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether Redis is to be away.</summary>
    public bool IsAway { get; set; }

    public bool Publish(RedisChannel channel, byte[] message)
    {
        if (!IsAway) Published.Add((channel.ToString(), message));
        return !IsAway;
    }

    public Task<long> PublishAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken) => Publish(channel, message)
        ? Task.FromResult(1L)
        : Task.FromException<long>(new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, "away"));

    public Task<long> CountSubscribersAsync(RedisChannel channel, CancellationToken cancellationToken) => Task.FromResult(1L);

    public IBusSubscription Subscribe(RedisChannel probe, BusMessageHandler received)
    {
        _received = received;
        return this;
    }

    public Task<bool> AddAsync(RedisChannel channel)
    {
        Subscribed.Add(channel.ToString());
        return Task.FromResult(true);
    }

    public void Remove(RedisChannel channel) => Subscribed.Remove(channel.ToString());

    public void Receive(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message) => _received!(channel, message);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
