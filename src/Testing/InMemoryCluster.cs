using System.Collections.Immutable;
using System.Threading.Channels;

namespace TypedSocketRedis;

/// <summary>The connection between servers of one process, for tests with several nodes; thread-safe.</summary>
/// <remarks>
/// Servers with the same cluster are nodes of it, as servers with the same Redis are. Messages between them are encoded as in production,
/// and are delivered at once, without a clock.
/// </remarks>
public sealed class InMemoryCluster
{
    private ImmutableList<Adapter> _adapters = [];

    /// <summary>Creates the adapter of one more node.</summary>
    internal ISocketAdapter CreateAdapter()
    {
        var adapter = new Adapter(this).Start();
        ImmutableInterlocked.Update(ref _adapters, static (all, one) => all.Add(one), adapter);
        return adapter;
    }

    private sealed class Adapter(InMemoryCluster cluster) : ISocketAdapter
    {
        private readonly Channel<(string Channel, ReadOnlyMemory<byte> Message)> _messages =
            Channel.CreateUnbounded<(string, ReadOnlyMemory<byte>)>();

        private Task _receiving = Task.CompletedTask;
        private ImmutableDictionary<string, ISocketAdapterReceiver> _receivers = ImmutableDictionary<string, ISocketAdapterReceiver>.Empty;

        public Adapter Start()
        {
            _receiving = Task.Run(ReceiveAsync);
            return this;
        }

        public Task PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            foreach (var adapter in Volatile.Read(ref cluster._adapters)) adapter._messages.Writer.TryWrite((channel, message));
            return Task.CompletedTask;
        }

        public Task SubscribeAsync(string channel, ISocketAdapterReceiver receiver, CancellationToken cancellationToken)
        {
            ImmutableInterlocked.TryAdd(ref _receivers, channel, receiver);
            return Task.CompletedTask;
        }

        public Task UnsubscribeAsync(string channel)
        {
            ImmutableInterlocked.TryRemove(ref _receivers, channel, out _);
            return Task.CompletedTask;
        }

        public Task<int> CountSubscribersAsync(string channel, CancellationToken cancellationToken) =>
            Task.FromResult(Volatile.Read(ref cluster._adapters)
                .Count(adapter => Volatile.Read(ref adapter._receivers).ContainsKey(channel)));

        public async ValueTask DisposeAsync()
        {
            ImmutableInterlocked.Update(ref cluster._adapters, static (all, one) => all.Remove(one), this);
            _messages.Writer.TryComplete();
            await _receiving.ConfigureAwait(false);
        }

        private async Task ReceiveAsync()
        {
            await foreach (var (channel, message) in _messages.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                if (Volatile.Read(ref _receivers).TryGetValue(channel, out var receiver)) receiver.Receive(message);
            }
        }
    }
}
