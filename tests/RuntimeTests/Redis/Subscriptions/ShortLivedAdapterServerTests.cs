using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The short-lived adapters of dynamic namespaces. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public class ShortLivedAdapterServerTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private const int Rounds = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_recreated_adapter_receives_events_and_no_adapter_leaves_a_subscription_behind(bool perRoom)
    {
        var key = $"test-{Guid.NewGuid():N}";
        await using var creating = Open(key, perRoom);
        await using var remaining = Open(key, perRoom);
        await using var other = remaining.Create("/room-1", JsonPacketFormat.Default);

        // Each adapter is created before the disposal of the previous one has ended, as when a client joins while the last one leaves.
        List<Task> disposals = [];
        for (var round = 0; round < Rounds; round++)
        {
            var passing = creating.Create("/room-1", JsonPacketFormat.Default);
            if (round % 2 == 0) await passing.JoinAsync(new RecordingSocket(), ["a"], TestContext.Current.CancellationToken);
            disposals.Add(passing.DisposeAsync().AsTask());
        }

        var last = creating.Create("/room-1", JsonPacketFormat.Default);
        var socket = new RecordingSocket();
        await last.JoinAsync(socket, ["a"], TestContext.Current.CancellationToken);
        await Task.WhenAll(disposals).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await ReceivesAsync(socket, other);

        await last.DisposeAsync();
        await other.DisposeAsync();
        using var client = await redis.ConnectAsync();
        var server = client.GetServers().Single();
        await UntilAsync(async () => (await server.SubscriptionChannelsAsync(RedisChannel.Pattern($"{key}*"))).Length == 0);
        await UntilAsync(async () => await server.SubscriptionPatternCountAsync() == 0);
    }

    private static async Task ReceivesAsync(RecordingSocket socket, INamespaceAdapter from)
    {
        // Redis drops messages until the channel is subscribed.
        var sent = 0;
        await UntilAsync(async () =>
        {
            Emitters.Over<AnyEvents>(from).To("a").Emit("sent", sent++);
            await Task.Yield();
            return socket.Received.Count > 0;
        });
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition()) patience.Token.ThrowIfCancellationRequested();
    }

    private RedisAdapterFactory Open(string key, bool perRoom) => RedisAdapterFactory.Open(
        ConfigurationOptions.Parse(redis.Configuration),
        new RedisAdapterOptions { Key = key, SubscriptionMode = perRoom ? RedisSubscriptionMode.PerRoom : RedisSubscriptionMode.Pattern },
        NullLoggerFactory.Instance,
        TimeProvider.System);
}
