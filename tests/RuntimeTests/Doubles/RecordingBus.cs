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

    /// <summary>How often channels were added or removed.</summary>
    public int Changes { get; private set; }

    /// <summary>When additions are confirmed, and how; at once when it is not set.</summary>
    public TaskCompletionSource<bool>? Confirmation { get; set; }

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
        Changes++;
        Subscribed.Add(channel.ToString());
        return Confirmation?.Task ?? Task.FromResult(true);
    }

    public bool Has(RedisChannel channel) => !IsAway && Subscribed.Contains(channel.ToString());

    public void Remove(RedisChannel channel)
    {
        Changes++;
        Subscribed.Remove(channel.ToString());
    }

    public void Receive(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message) => _received!(channel, message);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
