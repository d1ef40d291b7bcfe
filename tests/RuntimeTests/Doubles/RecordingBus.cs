using StackExchange.Redis;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A bus that remembers what is published, and hands messages to its one subscriber on the caller's thread.</summary>
internal sealed class RecordingBus : IRedisBus
{
    private BusMessageHandler? _received;

    public List<(string Channel, byte[] Message)> Published { get; } = [];

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

    public IAsyncDisposable Subscribe(RedisChannel pattern, RedisChannel probe, BusMessageHandler received)
    {
        _received = received;
        return this;
    }

    public void Receive(ReadOnlySpan<byte> channel, ReadOnlyMemory<byte> message) => _received!(channel, message);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
