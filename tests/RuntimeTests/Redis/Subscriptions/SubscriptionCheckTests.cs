using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>A set of subscriptions is reported as lost when it is, and not while it moves to another server.</summary>
public sealed class SubscriptionCheckTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    // Confirmations that do not come are waited for without a pause.
    private static readonly BusTimings Impatient = BusTimings.Default with { RepairPause = TimeSpan.Zero };

    private readonly FakeRedis _redis = new();

    [Fact]
    public async Task A_node_that_moves_while_a_probe_is_on_its_way_is_no_loss()
    {
        var former = new FakeLink(_redis) { Arrives = static _ => false };
        await using var set = new WatchedSet("classic", former).Start();
        await Eventually.TrueAsync(() => former.Publishes > 0, () => "No probe was published.");

        await MoveAsync(set);

        Assert.Equal(0, set.Losses);
    }

    [Fact]
    public async Task A_node_that_moves_while_a_received_probe_waits_for_its_channel_is_no_loss()
    {
        var former = new FakeLink(_redis);
        await using var set = new WatchedSet("classic", former, Impatient);
        former.IsRefused = channel => channel == set.Requests;
        set.Start();
        await set.PassAsync(() => set.Set.Health == SubscriptionHealth.Unknown && former.Publishes > 1);
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isWaiting = false;
        former.Pinging = () =>
        {
            Volatile.Write(ref isWaiting, true);
            return waiting.Task;
        };
        await set.PassAsync(() => Volatile.Read(ref isWaiting));
        Assert.Equal(0, set.Losses);

        var next = new FakeLink(_redis);
        await set.Connection.UseAsync(next);
        set.Time.Advance(Timeout);
        waiting.SetResult();
        set.Set.Handle(ConnectionEvent.Replaced);

        await set.HealthyAsync();
        Assert.NotEqual(0, next.Publishes);
        Assert.Equal(0, set.Losses);
    }

    [Theory]
    [InlineData("probe")]
    [InlineData("request")]
    public async Task A_channel_without_messages_is_checked_and_found_lost_while_others_receive(string lost)
    {
        var link = new FakeLink(_redis);
        var busy = RedisChannel.Literal("busy");
        await using var set = new WatchedSet("classic", link).Start();
        _ = set.Set.AddAsync(busy);
        await set.HealthyAsync();

        link.Arrives = channel => channel.ToString() != lost;
        var seconds = 0;
        for (var isDue = false; !isDue; seconds++)
        {
            _redis.Publish(set.Probe, "x"u8.ToArray());
            _redis.Publish(set.Requests, "x"u8.ToArray());
            var received = set.Received;
            _redis.Publish(busy, "x"u8.ToArray());
            await Eventually.TrueAsync(() => set.Received > received, () => "Nothing was received.");
            isDue = set.Set.IsCheckDue();
            set.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.InRange(seconds, 0, Interval.TotalSeconds + 1);
        }

        Assert.Equal(0, set.Losses);
        set.Set.Check();
        await set.PassAsync(() => set.Losses > 0);
    }

    [Fact]
    public async Task A_sharded_set_is_checked_after_every_interval_whatever_it_receives()
    {
        await using var set = new WatchedSet("sharded", new FakeLink(_redis)).Start();
        await set.HealthyAsync();

        set.Time.Advance(Interval);
        var received = set.Received;
        _redis.Publish(set.Requests, "x"u8.ToArray());
        await Eventually.TrueAsync(() => set.Received > received, () => "Nothing was received.");

        Assert.True(set.Set.IsCheckDue());
    }

    [Theory]
    [InlineData("classic")]
    [InlineData("sharded")]
    public async Task A_received_probe_whose_channel_stays_unconfirmed_is_a_loss(string kind)
    {
        var link = new FakeLink(_redis);
        await using var set = new WatchedSet(kind, link, Impatient);
        link.IsRefused = channel => channel == set.Requests;
        var start = set.Time.GetTimestamp();
        set.Start();

        await set.PassAsync(() => set.Losses > 0);

        Assert.InRange(set.Time.GetElapsedTime(start), Timeout, Timeout * 2);
    }

    [Fact]
    public async Task A_sharded_channel_on_its_way_to_another_master_is_no_loss_until_it_has_one()
    {
        var redis = new FakeRedis(servers: 2);
        var link = new FakeLink(redis);
        await using var set = new WatchedSet("sharded", link, Impatient);
        var master = redis.OwnerOf(set.Requests);
        var other = Enumerable.Range(0, 10).Select(i => RedisChannel.Sharded($"other{i}")).First(one => redis.OwnerOf(one) != master);
        _ = set.Set.AddAsync(other);
        master.IsDown = true;
        link.IsRefused = channel => channel == set.Requests;
        var start = set.Time.GetTimestamp();
        set.Start();

        await set.PassAsync(() => set.Time.GetElapsedTime(start) > Timeout * 3);
        Assert.Equal(0, set.Losses);

        master.IsDown = false;
        await set.PassAsync(() => set.Losses > 0);
    }

    /// <param name="kind">The kind of the channels.</param>
    /// <param name="isPinged">
    /// True if Redis replied to a command that was sent behind the probe, which then waits behind nothing.
    /// </param>
    /// <param name="limit">The time in seconds. Sharded channels are subscribed again once before.</param>
    [Theory]
    [InlineData("classic", true, 2)]
    [InlineData("classic", false, 10)]
    [InlineData("sharded", false, 20)]
    public async Task A_probe_that_does_not_arrive_while_others_do_is_a_loss_after_a_bounded_time(string kind, bool isPinged, int limit)
    {
        var link = new FakeLink(_redis);
        await using var set = new WatchedSet(kind, link, Impatient);
        link.Arrives = channel => channel == set.Requests;
        if (!isPinged) link.Pinging = static () => new TaskCompletionSource().Task;
        var start = set.Time.GetTimestamp();
        set.Start();

        for (var seen = 0; set.Losses == 0;)
        {
            await Eventually.TrueAsync(() => link.Publishes > seen || set.Losses > 0 || Pass(set), () => "No probe was published.");
            seen = link.Publishes;
            var received = set.Received;
            _redis.Publish(set.Requests, "x"u8.ToArray());
            await Eventually.TrueAsync(() => set.Received > received, () => "Nothing was received.");
            Assert.InRange(set.Time.GetElapsedTime(start).TotalSeconds, 0, limit + 5);
        }

        Assert.InRange(set.Time.GetElapsedTime(start).TotalSeconds, limit, limit + 5);
    }

    private static bool Pass(WatchedSet set)
    {
        set.Time.Advance(TimeSpan.FromMilliseconds(100));
        return false;
    }

    /// <summary>Moves the node, and lets the time pass after which a probe is lost.</summary>
    private async Task MoveAsync(WatchedSet set)
    {
        var next = new FakeLink(_redis);
        await set.Connection.UseAsync(next);
        set.Set.Handle(ConnectionEvent.Replaced);
        await set.HealthyAsync();
        Assert.NotEqual(0, next.Publishes);
    }
}
