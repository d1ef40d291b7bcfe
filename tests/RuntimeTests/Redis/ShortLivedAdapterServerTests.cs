using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The adapters of dynamic namespaces, which come and go; needs redis-server.</summary>
public class ShortLivedAdapterServerTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private const int Rounds = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_follows_another_of_its_name_hears_and_none_leaves_a_subscription_behind(bool perRoom)
    {
        var key = $"test-{Guid.NewGuid():N}";
        await using var coming = Open(key, perRoom);
        await using var staying = Open(key, perRoom);
        await using var other = staying.Create("/room-1", JsonPackets.Default);

        // The next one is there before the one before it has ended, as when a client comes while the last one leaves.
        List<Task> endings = [];
        for (var round = 0; round < Rounds; round++)
        {
            var passing = coming.Create("/room-1", JsonPackets.Default);
            if (round % 2 == 0) await passing.JoinAsync(new RecordingSocket(), ["a"], TestContext.Current.CancellationToken);
            endings.Add(passing.DisposeAsync().AsTask());
        }

        var last = coming.Create("/room-1", JsonPackets.Default);
        var socket = new RecordingSocket();
        await last.JoinAsync(socket, ["a"], TestContext.Current.CancellationToken);
        await Task.WhenAll(endings).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await ReceivesAsync(socket, other);

        await last.DisposeAsync();
        await other.DisposeAsync();
        using var client = await redis.ConnectAsync();
        var server = client.GetServers().Single();
        await UntilAsync(async () => (await server.SubscriptionChannelsAsync(RedisChannel.Pattern($"{key}*"))).Length == 0);
        await UntilAsync(async () => await server.SubscriptionPatternCountAsync() == 0);
    }

    private static async Task ReceivesAsync(RecordingSocket socket, ISocketAdapter from)
    {
        // Until it is subscribed Redis drops what it would hear.
        var sent = 0;
        await UntilAsync(async () =>
        {
            new Broadcast<AnyEvents>(from, BroadcastOptions.Everyone).To("a").Emit("sent", sent++);
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
