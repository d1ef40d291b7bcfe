using StackExchange.Redis;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Benchmarks;

/// <summary>A bus that accepts messages and delivers none, so that only the library's own work is measured.</summary>
internal sealed class SilentBus : IRedisBus, IBusSubscription
{
    public byte[] LastMessage { get; private set; } = [];

    public BusMessageHandler? Handler { get; private set; }

    public BusHealth Health { get; } = new(true, 1, 0, 0, TimeSpan.Zero);

    public bool Publish(RedisChannel channel, byte[] message)
    {
        LastMessage = message;
        return true;
    }

    public Task<long> PublishAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken)
    {
        LastMessage = message;
        return Task.FromResult(1L);
    }

    public Task ProcessedAsync(IReadOnlyCollection<RedisChannel> former, IReadOnlyCollection<RedisChannel> next) => Task.CompletedTask;

    public Task<long> CountSubscribersAsync(RedisChannel channel, CancellationToken cancellationToken) => Task.FromResult(1L);

    public IBusSubscription Subscribe(BusSet set, BusMessageHandler received)
    {
        Handler = received;
        return this;
    }

    public Task<bool> AddAsync(RedisChannel channel) => Task.FromResult(true);

    public bool Has(RedisChannel channel) => true;

    public void Remove(RedisChannel channel)
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
