using System.Reflection;
using System.Runtime.CompilerServices;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Concurrent subscribes and unsubscribes on one connection. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class RedisLinkServerTests(RedisServerProcess redis) : IClassFixture<RedisServerProcess>
{
    private const int Rounds = 3000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("literal")]
    [InlineData("pattern")]
    [InlineData("sharded")]
    public async Task A_channel_subscribed_during_the_unsubscribe_of_another_owner_receives_messages(string kind)
    {
        using var connection = await redis.ConnectAsync();
        using var sender = await redis.ConnectAsync();
        var link = RedisLink.Of(connection);
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var channel = Channel(kind, $"{kind}-{round}#");
            var first = await link.SubscribeAsync(channel);
            await connection.GetSubscriber().PingAsync();
            using var start = new Barrier(2);
            var spin = random.Next(200);
            var ending = Task.Run(() => Together(start, 0, () => first.EndAsync(BusTimings.Default)), Token);
            var beginning = Task.Run(() => Together(start, spin, () => link.SubscribeAsync(channel)), Token);
            Assert.Null(await ending);
            var second = await beginning;
            var received = 0;
            second.Read((_, _) => Interlocked.Increment(ref received));
            await connection.GetSubscriber().PingAsync();

            await sender.GetSubscriber().PublishAsync(kind == "pattern" ? RedisChannel.Literal($"{kind}-{round}#") : channel, "x");
            await connection.GetSubscriber().PingAsync();
            Assert.True(Volatile.Read(ref received) == 1, $"round {round}");
            Assert.Null(await second.EndAsync(BusTimings.Default));
        }
    }

    [Fact]
    public async Task An_unsubscribe_that_fails_returns_the_exception_and_leaves_no_subscription()
    {
        using var connection = await redis.ConnectAsync();
        var link = RedisLink.Of(connection);
        var channel = RedisChannel.Literal("fails");
        var queue = await link.SubscribeAsync(channel);
        await connection.GetSubscriber().PingAsync();
        Break((ChannelMessageQueue)typeof(RedisLinkSubscription).GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Single(field => field.FieldType == typeof(ChannelMessageQueue)).GetValue(queue)!);

        Assert.IsType<NullReferenceException>(await queue.EndAsync(BusTimings.Default));

        await connection.GetSubscriber().PingAsync();
        Assert.Equal(0, await connection.GetServers().Single().SubscriptionSubscriberCountAsync(channel));
    }

    [Fact]
    public async Task An_unsubscribe_on_a_closed_connection_does_not_throw()
    {
        using var connection = await redis.ConnectAsync();
        var link = RedisLink.Of(connection);
        Assert.Same(link, RedisLink.Of(connection));
        var queue = await link.SubscribeAsync(RedisChannel.Literal("ended"));
        await connection.DisposeAsync();
        await queue.EndAsync(BusTimings.Default);
        await queue.EndAsync(BusTimings.Default);
    }

    // The client library fails like this when two of its own calls meet.
    private static void Break(ChannelMessageQueue queue)
    {
        var parent = typeof(ChannelMessageQueue).GetField("_parent", BindingFlags.Instance | BindingFlags.NonPublic)!;
        parent.SetValue(queue, RuntimeHelpers.GetUninitializedObject(parent.GetValue(queue)!.GetType()));
    }

    private static Task<T> Together<T>(Barrier start, int spin, Func<Task<T>> change)
    {
        start.SignalAndWait();
        Thread.SpinWait(spin);
        return change();
    }

    private static RedisChannel Channel(string kind, string name) => kind switch
    {
        "pattern" => RedisChannel.Pattern($"{name}*"),
        "sharded" => RedisChannel.Sharded(name),
        _ => RedisChannel.Literal(name),
    };
}
