using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>
/// The connection to Redis calls back into the bus from a second thread, and waits for it, on every call: no lock that the bus needs is
/// held meanwhile.
/// </summary>
public sealed class LinkCallbackTests
{
    private readonly SecondThread _second = new();
    private readonly FakeRedis _redis = new(servers: 2);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_connection_is_called_outside_the_locks_of_the_bus(bool isSharded)
    {
        var (channel, added) = isSharded
            ? (RedisChannel.Sharded("a"), RedisChannel.Sharded("b"))
            : (RedisChannel.Literal("a"), RedisChannel.Literal("b"));
        var inner = new FakeLink(_redis);
        var link = _second.Around<IRedisLink>(
            inner, result => result is Task<ILinkSubscription> subscribing ? AroundAsync(subscribing) : result);
        await using var node = new FakeNode(isSharded, link, FakeNode.Quick, channel);
        _second.Call = () => CallBus(node, added);
        await node.HealthyAsync();
        await node.ReceivesAsync(_redis, channel);
        var server = _redis.OwnerOf(channel);

        inner.Lose(server, isReported: true);
        inner.Restore(server);

        await node.HealthyAsync();
        await node.ReceivesAsync(_redis, channel);
        await node.Connection.RefreshTopologyAsync();
        await node.Set.AddAsync(added);
        node.Set.Remove(added);
        await node.UntilAsync(() => _second.HasCalled<ILinkSubscription>(nameof(ILinkSubscription.EndAsync)));
        _second.AssertCalled<ILinkSubscription>(nameof(ILinkSubscription.IsOpen));


        // The events and the diagnosis belong to connections that the library makes; the last one is of the other topology.
        string[] except = [nameof(IRedisLink.Follow), nameof(IRedisLink.Unfollow), nameof(IRedisLink.PingAsync),
            isSharded ? nameof(IRedisLink.PingSubscriberAsync) : nameof(IRedisLink.OwnerOf)];
        await node.UntilAsync(() => !_second.NotCalled<IRedisLink>().Except(except).Any());
        _second.AssertCalled<IRedisLink>(except);
    }

    private async Task<ILinkSubscription> AroundAsync(Task<ILinkSubscription> subscribing) => _second.Around(await subscribing);

    private static Task CallBus(FakeNode node, RedisChannel added)
    {
        _ = node.Bus.Health;
        _ = node.Bus.Publish(added, [1]);
        _ = node.Set.AddAsync(added);
        _ = node.Set.Has(added);
        node.Set.Remove(added);
        return Task.CompletedTask;
    }
}
