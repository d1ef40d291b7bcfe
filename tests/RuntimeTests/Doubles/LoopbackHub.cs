using System.Collections.Immutable;
using System.Threading.Channels;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A Redis without a Redis: several buses that hear one another, each subscription drained in order by a loop of its own.</summary>
internal sealed class LoopbackHub
{
    private ImmutableList<Subscription> _subscriptions = [];

    public IRedisBus CreateBus() => new Bus(this);

    private int Publish(RedisChannel channel, byte[] message)
    {
        var heard = 0;
        foreach (var subscription in _subscriptions) heard += subscription.Offer(((byte[]?)channel)!, message) ? 1 : 0;
        return heard;
    }

    private sealed class Bus(LoopbackHub hub) : IRedisBus
    {
        public bool Publish(RedisChannel channel, byte[] message)
        {
            hub.Publish(channel, message);
            return true;
        }

        public Task<long> PublishAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken) =>
            Task.FromResult((long)hub.Publish(channel, message));

        public IAsyncDisposable Subscribe(RedisChannel pattern, RedisChannel probe, BusMessageHandler received)
        {
            var subscription = new Subscription(hub, pattern, received);
            ImmutableInterlocked.Update(ref hub._subscriptions, static (all, one) => all.Add(one), subscription);
            return subscription;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Subscription : IAsyncDisposable
    {
        private readonly LoopbackHub _hub;
        private readonly byte[] _prefix;
        private readonly Channel<(byte[] Channel, byte[] Message)> _queue = Channel.CreateUnbounded<(byte[], byte[])>();
        private readonly Task _draining;

        public Subscription(LoopbackHub hub, RedisChannel pattern, BusMessageHandler received)
        {
            _hub = hub;
            _prefix = ((byte[]?)pattern)![..^1];
            Assert.DoesNotContain((byte)'\\', _prefix);
            _draining = Task.Run(async () =>
            {
                await foreach (var (channel, message) in _queue.Reader.ReadAllAsync()) received(channel, message);
            });
        }

        public bool Offer(byte[] channel, byte[] message) =>
            channel.AsSpan().StartsWith(_prefix) && _queue.Writer.TryWrite((channel, message));

        public async ValueTask DisposeAsync()
        {
            ImmutableInterlocked.Update(ref _hub._subscriptions, static (all, one) => all.Remove(one), this);
            _queue.Writer.TryComplete();
            await _draining;
        }
    }
}
