using TcpAdapters;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>The contract of adapters of third parties, on the adapter in memory and on that of the sample.</summary>
public class SocketAdapterTests
{
    public static TheoryData<string> Cases => [.. AdapterContract.Cases];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Cases))]
    public Task The_adapter_in_memory_keeps_the_contract(string name)
    {
        var cluster = new InMemoryCluster();
        return TypedSocketRedis.AdapterContract.RunAsync(name, _ => Task.FromResult(cluster.CreateAdapter()), Token);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_adapter_over_TCP_keeps_the_contract(string name)
    {
        using var hub = new TcpHub();
        await TypedSocketRedis.AdapterContract.RunAsync(name, _ => Task.FromResult<ISocketAdapter>(new TcpAdapter(hub.Address)), Token);
    }

    [Fact]
    public async Task The_adapter_over_TCP_subscribes_again_when_the_hub_was_restarted()
    {
        var hub = new TcpHub();
        var address = hub.Address;
        await using var sender = new TcpAdapter(address);
        await using var receiver = new TcpAdapter(address);
        var inbox = new Receiver();
        await receiver.SubscribeAsync("channel", inbox, Token);
        hub.Dispose();

        using var again = new TcpHub(address.Port);

        await Eventually.TrueAsync(
            () =>
            {
                _ = PublishAsync(sender);
                return inbox.Count > 0;
            },
            () => "The receiver is not subscribed.");
    }

    [Fact]
    public async Task A_case_that_does_not_exist_is_an_exception() => await Assert.ThrowsAsync<ArgumentException>(
        () => TypedSocketRedis.AdapterContract.RunAsync("unknown", _ => Task.FromResult(new InMemoryCluster().CreateAdapter()), Token));

    [Fact]
    public async Task An_adapter_that_changes_messages_breaks_the_contract()
    {
        var cluster = new InMemoryCluster();
        var broken = await Assert.ThrowsAsync<AdapterContractException>(() => TypedSocketRedis.AdapterContract.RunAsync(
            "Messages_of_any_size_arrive_whole", _ => Task.FromResult<ISocketAdapter>(new Truncating(cluster.CreateAdapter())), Token));
        Assert.Contains("4096", broken.Message, StringComparison.Ordinal);
    }

    // Fails while the hub is not connected.
    private static async Task PublishAsync(TcpAdapter adapter) =>
        await adapter.PublishAsync("channel", new byte[] { 1 }, Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private sealed class Receiver : ISocketAdapterReceiver
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Receive(ReadOnlyMemory<byte> message) => Interlocked.Increment(ref _count);
    }

    /// <summary>An adapter whose messages have fewer than 4096 bytes.</summary>
    private sealed class Truncating(ISocketAdapter adapter) : ISocketAdapter
    {
        private const int Max = 4095;

        public Task PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
            adapter.PublishAsync(channel, message[..Math.Min(message.Length, Max)], cancellationToken);

        public Task SubscribeAsync(string channel, ISocketAdapterReceiver receiver, CancellationToken cancellationToken) =>
            adapter.SubscribeAsync(channel, receiver, cancellationToken);

        public Task UnsubscribeAsync(string channel) => adapter.UnsubscribeAsync(channel);

        public Task<int> CountSubscribersAsync(string channel, CancellationToken cancellationToken) =>
            adapter.CountSubscribersAsync(channel, cancellationToken);

        public ValueTask DisposeAsync() => adapter.DisposeAsync();
    }
}
