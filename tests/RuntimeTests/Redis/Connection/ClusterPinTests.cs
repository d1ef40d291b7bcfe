using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The choice of the Redis Cluster master that a node is connected to.</summary>
public sealed class ClusterPinTests
{
    // No server listens on these ports: the connections are never established.
    private readonly FakeServer _first = new(1);
    private readonly FakeServer _second = new(2) { IsReplica = true };
    private readonly IRedisLink _whole;
    private readonly ClusterPin _pin;

    public ClusterPinTests()
    {
        _whole = RedisLink.Of(FakeCluster.Connection(_first, _second));
        var options = new ConfigurationOptions { AbortOnConnectFail = false, ConnectTimeout = 50, ConnectRetry = 1 };
        _pin = new ClusterPin(_whole, options, new ServerRole(BusTimings.Default, NullLogger.Instance));
    }

    [Fact]
    public async Task A_failed_move_is_tried_again()
    {
        await MoveAsync(isUsed: true);
        var current = RedisLink.Of(FakeCluster.Connection(_first));
        Assert.False(await _pin.IsDemotedAsync(current));

        (_first.IsReplica, _second.IsReplica) = (true, false);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.True(await _pin.IsDemotedAsync(current));
            Assert.Equal(_second.EndPoint, await MoveAsync(isUsed: false));
        }

        await MoveAsync(isUsed: true);
        Assert.False(await _pin.IsDemotedAsync(RedisLink.Of(FakeCluster.Connection(_second))));
        Assert.False(_pin.ShouldMove(RedisLink.Of(FakeCluster.Connection(_second))));
    }

    [Fact]
    public async Task An_unused_first_connection_is_tried_again_at_once()
    {
        await MoveAsync(isUsed: false);
        Assert.True(_pin.ShouldMove(_whole));
        await MoveAsync(isUsed: true);
        Assert.False(_pin.ShouldMove(_whole));
    }

    [Fact]
    public async Task A_lost_server_is_left_until_another_server_is_used()
    {
        await MoveAsync(isUsed: true);
        _first.IsLost = true;
        Assert.Equal([false, false, true], [_pin.ShouldMove(_whole), _pin.ShouldMove(_whole), _pin.ShouldMove(_whole)]);
        _second.IsReplica = false;
        await MoveAsync(isUsed: false);
        Assert.True(_pin.ShouldMove(_whole));
        await MoveAsync(isUsed: true);
        Assert.False(_pin.ShouldMove(_whole));
    }

    private async Task<EndPoint> MoveAsync(bool isUsed)
    {
        var (server, link) = Assert.NotNull(await _pin.ConnectAsync());
        await link.DisposeAsync();
        if (isUsed) _pin.Choose(server);
        return server;
    }
}
