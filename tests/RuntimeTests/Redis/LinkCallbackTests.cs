using System.Collections.Concurrent;
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
    private const int MaxCallsBack = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly AsyncLocal<bool> _isCallingBack = new();
    private readonly ConcurrentDictionary<string, int> _called = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _blocked = [];
    private readonly FakeRedis _redis = new(servers: 2);
    private FakeNode? _node;
    private RedisChannel _added;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_connection_is_called_outside_the_locks_of_the_bus(bool isSharded)
    {
        var (channel, added) = isSharded
            ? (RedisChannel.Sharded("a"), RedisChannel.Sharded("b"))
            : (RedisChannel.Literal("a"), RedisChannel.Literal("b"));
        var inner = new FakeLink(_redis);
        var link = FakeCluster.Fake<IRedisLink>((method, arguments) =>
        {
            CallBack(method.Name);
            return method.Invoke(inner, arguments);
        });
        await using var node = new FakeNode(isSharded, link, FakeNode.Quick, channel);
        (_node, _added) = (node, added);
        await node.HealthyAsync();
        await node.ReceivesAsync(_redis, channel);
        var server = _redis.OwnerOf(channel);

        inner.Lose(server, isReported: true);
        inner.Restore(server);

        await node.HealthyAsync();
        await node.ReceivesAsync(_redis, channel);
        await node.Connection.RefreshTopologyAsync();
        Assert.Empty(_blocked);
        string[] expected = ["get_IsConnected", "get_Servers", "PublishAsync", "SubscribeAsync"];
        Assert.Empty(expected.Except(_called.Keys));
    }

    private void CallBack(string member)
    {
        // Some calls back cause the same call again, so their number is limited.
        if (_isCallingBack.Value || _node is not { } node
            || _called.AddOrUpdate(member, 1, static (_, count) => count + 1) > MaxCallsBack) return;
        _isCallingBack.Value = true;
        try
        {
            if (!Task.Run(() => CallBus(node), TestContext.Current.CancellationToken).Wait(Patience)) _blocked.Add(member);
        }
        finally
        {
            _isCallingBack.Value = false;
        }
    }

    private void CallBus(FakeNode node)
    {
        _ = node.Bus.Health;
        _ = node.Bus.Publish(_added, [1]);
        _ = node.Set.AddAsync(_added);
        _ = node.Set.Has(_added);
        node.Set.Remove(_added);
    }
}
