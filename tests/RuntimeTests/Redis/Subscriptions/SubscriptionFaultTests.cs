using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Lost subscriptions, half-open connections, moved slots and silent losses, in memory and within milliseconds.</summary>
public sealed class SubscriptionFaultTests
{
    // A set that is checked when something happens, and at no other time.
    private static readonly BusTimings Seldom = FakeNode.Quick with
    {
        ProbeInterval = TimeSpan.FromDays(1),
        BusySetTimeout = TimeSpan.FromDays(1),
    };

    // A set whose probes are lost late: a busy machine does not look like a loss.
    private static readonly BusTimings Patient = Seldom with
    {
        ProbeTimeout = TimeSpan.FromSeconds(20),
        MaxProbeDelay = TimeSpan.FromSeconds(40),
    };

    private readonly FakeRedis _redis = new(servers: 2);

    [Fact]
    public async Task A_lost_classic_subscription_is_found_and_restored_while_others_receive()
    {
        var (lost, busy) = (RedisChannel.Literal("lost"), RedisChannel.Literal("busy"));
        var link = new FakeLink(_redis);
        await using var node = new FakeNode(isSharded: false, link, FakeNode.Quick, lost, busy);
        await node.HealthyAsync();
        await node.ReceivesAsync(_redis, lost);

        _redis.Forget(lost);

        await node.UntilAsync(() => _redis.Publish(busy, "busy"u8.ToArray()) == 1 && node.Losses == 1);
        await node.UntilAsync(() => node.Outages == 1 && node.Bus.Health.Unhealthy == 0);
        await node.ReceivesAsync(_redis, lost);
    }

    [Fact]
    public async Task Lost_sharded_subscriptions_of_one_server_are_restored_while_others_receive()
    {
        var (lost, busy) = Sharded();
        var link = new FakeLink(_redis);
        await using var node = new FakeNode(isSharded: true, link, FakeNode.Quick, lost, busy);
        await node.HealthyAsync();
        await node.ReceivesAsync(_redis, lost);

        var server = _redis.OwnerOf(lost);
        foreach (var (_, channel) in server.Subscribers.ToArray()) _redis.Forget(channel);

        // Sharded channels are subscribed again once before they count as unresponsive.
        await node.UntilAsync(() => _redis.Publish(busy, "busy"u8.ToArray()) == 1 && node.Outages == 1);
        Assert.Equal(0, node.Losses);
        await node.HealthyAsync();
        await node.ReceivesAsync(_redis, lost);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_subscription_that_other_code_ends_is_restored_and_its_outage_reported(bool isSharded)
    {
        var (probed, ended) = isSharded ? Sharded() : (RedisChannel.Literal("probed"), RedisChannel.Literal("ended"));
        var link = new FakeLink(_redis);
        await using var node = new FakeNode(isSharded, link, FakeNode.Quick, probed, ended);
        await node.HealthyAsync();
        await node.ReceivesAsync(_redis, ended);

        await link.UnsubscribeByOtherCodeAsync(ended);

        await node.UntilAsync(() => node.Outages == 1 && node.Bus.Health.Unhealthy == 0);
        await node.ReceivesAsync(_redis, ended);
    }

    [Fact]
    public async Task A_half_open_classic_connection_is_found_and_no_caller_waits_for_it()
    {
        var channel = RedisChannel.Literal("channel");
        var link = new FakeLink(_redis);
        await using var node = new FakeNode(isSharded: false, link, FakeNode.Quick, channel);
        await node.HealthyAsync();

        link.IsStalled = true;

        await node.UntilAsync(() => node.Losses == 1);
        Assert.False(await node.Set.AddAsync(RedisChannel.Literal("first")));
        await node.UntilAsync(() => node.Set.AddAsync(RedisChannel.Literal("second")) is { IsCompletedSuccessfully: true, Result: false });

        link.Lose(_redis.Servers[0], isReported: true);
        link.Restore(_redis.Servers[0]);
        await node.UntilAsync(() => node.Outages == 1 && node.Bus.Health.Unhealthy == 0);
        await node.ReceivesAsync(_redis, channel);
        await node.UntilAsync(() => node.Set.Has(RedisChannel.Literal("first")) && node.Set.Has(RedisChannel.Literal("second")));
    }

    [Fact]
    public async Task A_half_open_connection_to_one_shard_is_found_and_delays_no_channel_of_another()
    {
        var (stalled, other) = Sharded();
        var link = new FakeLink(_redis);
        await using var node = new FakeNode(isSharded: true, link, FakeNode.Quick, stalled, other);
        await node.HealthyAsync();
        var server = _redis.OwnerOf(stalled);

        server.IsStalled = true;
        await node.UntilAsync(() => node.Losses == 1);

        var late = node.Set.AddAsync(RedisChannel.Sharded($"late{{{stalled}}}"));
        Assert.True(await node.Set.AddAsync(RedisChannel.Sharded($"late{{{other}}}")));
        Assert.False(await late);
        await node.ReceivesAsync(_redis, other);

        server.IsStalled = false;
        link.Lose(server, isReported: true);
        link.Restore(server);
        await node.UntilAsync(() => node.Outages == 1 && node.Bus.Health.Unhealthy == 0);
        await node.ReceivesAsync(_redis, stalled);
        await node.UntilAsync(() => node.Set.Has(RedisChannel.Sharded($"late{{{stalled}}}")));
    }

    [Fact]
    public async Task A_moved_slot_is_followed_at_once_and_is_no_loss()
    {
        var (moved, other) = Sharded();
        var link = new FakeLink(_redis);
        await using var node = new FakeNode(isSharded: true, link, Patient, moved, other);
        await node.HealthyAsync();
        var former = _redis.OwnerOf(moved);
        var next = _redis.OwnerOf(other);

        _redis.Move(next, [.. former.Subscribers.Select(one => one.Channel)]);

        await node.UntilAsync(() => node.Set.Has(moved));
        Assert.Equal(next.EndPoint, link.PlaceOf(moved));
        await node.ReceivesAsync(_redis, moved);
        await node.ReceivesAsync(_redis, other);
        await node.HealthyAsync();
        Assert.Equal(0, node.Losses);
    }

    [Fact]
    public async Task A_classic_node_that_moves_to_another_server_subscribes_there_at_once()
    {
        var channel = RedisChannel.Literal("channel");
        var former = new FakeLink(_redis);
        await using var node = new FakeNode(isSharded: false, former, Patient, channel);
        await node.HealthyAsync();

        var next = new FakeLink(_redis);
        Assert.Same(former, await node.Connection.UseAsync(next));
        node.Connection.Changed!(ConnectionEvent.Replaced);

        await node.UntilAsync(() => next.PlaceOf(channel) is not null && former.PlaceOf(channel) is null);
        await node.UntilAsync(() => node.Outages == 1 && node.Bus.Health.Unhealthy == 0);
        await node.ReceivesAsync(_redis, channel);
        Assert.Equal((0, 1), (node.Losses, node.Outages));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_is_replaced_without_a_report_is_an_outage(bool isSharded)
    {
        var channel = isSharded ? RedisChannel.Sharded("channel") : RedisChannel.Literal("channel");
        var link = new FakeLink(_redis);
        await using var node = new FakeNode(isSharded, link, Patient, channel);
        await node.HealthyAsync();
        var server = _redis.OwnerOf(channel);

        // The connection is known as soon as it was looked at.
        var looks = link.Looks;
        await node.UntilAsync(() => link.Looks > looks + 1);
        link.Lose(server, isReported: false);
        Assert.Equal(0, _redis.Publish(channel, "lost"u8.ToArray()));
        link.Restore(server);

        await node.UntilAsync(() => node.Outages == 1 && node.Bus.Health.Unhealthy == 0);
        await node.ReceivesAsync(_redis, channel);
        Assert.Equal(0, node.Losses);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reported_loss_is_one_outage(bool isSharded)
    {
        var channel = isSharded ? RedisChannel.Sharded("channel") : RedisChannel.Literal("channel");
        var link = new FakeLink(_redis);
        await using var node = new FakeNode(isSharded, link, Patient, channel);
        await node.HealthyAsync();

        link.Lose(_redis.OwnerOf(channel), isReported: true);
        link.Restore(_redis.OwnerOf(channel));

        await node.UntilAsync(() => node.Outages == 1 && node.Bus.Health.Unhealthy == 0);
        await node.ReceivesAsync(_redis, channel);
        Assert.Equal((0, 1), (node.Losses, node.Outages));
    }

    /// <summary>Returns channels of two servers.</summary>
    private (RedisChannel First, RedisChannel Second) Sharded()
    {
        var first = RedisChannel.Sharded("channel0");
        var others = Enumerable.Range(1, 10).Select(i => RedisChannel.Sharded($"channel{i}"));
        return (first, others.First(one => _redis.OwnerOf(one) != _redis.OwnerOf(first)));
    }
}
