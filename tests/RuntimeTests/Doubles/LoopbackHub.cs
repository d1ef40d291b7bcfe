using System.Collections.Immutable;
using System.Threading.Channels;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>An in-memory replacement of Redis for several buses. Each subscription handles its messages in order in its own loop.</summary>
internal sealed class LoopbackHub
{
    private ImmutableList<Subscription> _subscriptions = [];

    /// <summary>Gets the function that replaces a new bus; by default it returns the bus.</summary>
    public Func<IRedisBus, IRedisBus> WrapBus { get; init; } = static bus => bus;

    public IRedisBus CreateBus() => WrapBus(new Bus(this));

    private int Publish(RedisChannel channel, byte[] message)
    {
        var receivers = 0;
        foreach (var subscription in _subscriptions) receivers += subscription.Offer(((byte[]?)channel)!, message) ? 1 : 0;
        return receivers;
    }

    /// <summary>Returns the number of buses with a subscription, because a bus stands for one connection.</summary>
    private int Count(RedisChannel channel) =>
        _subscriptions.Where(subscription => subscription.Has(channel)).Select(subscription => subscription.Bus).Distinct().Count();

    private sealed class Bus(LoopbackHub hub) : IRedisBus
    {
        public BusHealth Health { get; } = new(true, 1, 0, 0, TimeSpan.Zero);

        public bool Publish(RedisChannel channel, byte[] message)
        {
            hub.Publish(channel, message);
            return true;
        }

        public Task<long> PublishAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken) =>
            Task.FromResult((long)hub.Publish(channel, message));

        public Task ProcessedAsync(IReadOnlyCollection<RedisChannel> former, IReadOnlyCollection<RedisChannel> next) => Task.CompletedTask;

        public Task<long> CountSubscribersAsync(RedisChannel channel, CancellationToken cancellationToken) =>
            Task.FromResult((long)hub.Count(channel));

        public IBusSubscription Subscribe(BusSet set, BusMessageHandler received)
        {
            var subscription = new Subscription(hub, this, received);
            ImmutableInterlocked.Update(ref hub._subscriptions, static (all, one) => all.Add(one), subscription);
            return subscription;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Subscription : IBusSubscription
    {
        private readonly LoopbackHub _hub;
        private readonly Channel<(byte[] Channel, byte[] Message)> _queue = Channel.CreateUnbounded<(byte[], byte[])>();
        private readonly Task _handling;
        private ImmutableHashSet<RedisChannel> _channels = [];

        public Subscription(LoopbackHub hub, Bus bus, BusMessageHandler received)
        {
            (_hub, Bus) = (hub, bus);
            _handling = Task.Run(async () =>
            {
                await foreach (var (channel, message) in _queue.Reader.ReadAllAsync()) received(channel, message);
            });
        }

        public Bus Bus { get; }

        public Task<bool> AddAsync(RedisChannel channel)
        {
            ImmutableInterlocked.Update(ref _channels, static (all, one) => all.Add(one), channel);
            return Task.FromResult(true);
        }

        public void Remove(RedisChannel channel) =>
            ImmutableInterlocked.Update(ref _channels, static (all, one) => all.Remove(one), channel);

        public bool Has(RedisChannel channel) => _channels.Contains(channel);

        /// <summary>Queues a message as Redis delivers it: once for the name of the channel and once for each matching pattern.</summary>
        public bool Offer(byte[] channel, byte[] message)
        {
            var receivers = 0;
            foreach (var one in _channels)
            {
                if (Matches(one, channel) && _queue.Writer.TryWrite((channel, message))) receivers++;
            }

            return receivers > 0;
        }

        public async ValueTask DisposeAsync()
        {
            ImmutableInterlocked.Update(ref _hub._subscriptions, static (all, one) => all.Remove(one), this);
            _queue.Writer.TryComplete();
            await _handling;
        }

        private static bool Matches(RedisChannel subscribed, ReadOnlySpan<byte> channel)
        {
            ReadOnlySpan<byte> name = (byte[]?)subscribed;
            if (!subscribed.IsPattern) return channel.SequenceEqual(name);

            // Only patterns with one star at the end are used here.
            Assert.DoesNotContain((byte)'\\', name.ToArray());
            return channel.StartsWith(name[..^1]);
        }
    }
}
