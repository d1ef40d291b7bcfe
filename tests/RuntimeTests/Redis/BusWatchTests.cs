using StackExchange.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>A set of subscriptions is reported as lost when it is, and not while it moves to another server.</summary>
public sealed class BusWatchTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_node_that_moves_while_a_probe_is_on_its_way_is_no_loss()
    {
        var former = new FakeConnection();
        await using var set = new WatchedSet("classic", former);
        await Eventually.TrueAsync(() => former.Publishes > 0, () => "No probe was published.");

        await MoveAsync(set);

        Assert.Equal(0, set.Losses);
    }

    [Fact]
    public async Task A_node_that_moves_while_a_received_probe_waits_for_its_channel_is_no_loss()
    {
        WatchedSet? probed = null;
        var former = new FakeConnection { Published = channel => Volatile.Read(ref probed)?.Receive(channel) };
        await using var set = new WatchedSet("classic", former) { Confirmed = static () => Task.FromResult(false) };
        Volatile.Write(ref probed, set);
        await set.PassAsync(() => set.Verifications > 1);
        var waiting = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isWaiting = false;
        set.Confirmed = () =>
        {
            Volatile.Write(ref isWaiting, true);
            return waiting.Task;
        };
        await set.PassAsync(() => Volatile.Read(ref isWaiting));
        Assert.Equal(0, set.Losses);

        set.Time.Advance(Timeout);
        var next = Next(set);
        await set.MoveAsync(next);
        set.Confirmed = static () => Task.FromResult(true);
        waiting.SetResult(false);

        await set.HealthyAsync();
        Assert.NotEqual(0, next.Publishes);
        Assert.Equal(0, set.Losses);
    }

    [Theory]
    [InlineData("probe")]
    [InlineData("request")]
    public async Task A_channel_without_messages_is_checked_and_found_lost_while_others_receive(string lost)
    {
        WatchedSet? probed = null;
        var isLost = false;
        var connection = new FakeConnection { Published = channel => Deliver(Volatile.Read(ref probed), channel) };
        await using var set = new WatchedSet("classic", connection);
        Volatile.Write(ref probed, set);
        await set.HealthyAsync();

        Volatile.Write(ref isLost, true);
        var seconds = 0;
        for (var isDue = false; !isDue; seconds++)
        {
            Deliver(set, set.Probe);
            Deliver(set, WatchedSet.Requests);
            set.Watch.Handled();
            isDue = set.Watch.IsDue(Interval);
            set.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.InRange(seconds, 0, Interval.TotalSeconds + 1);
        }

        Assert.Equal(0, set.Losses);
        set.Watch.Wake();
        await set.PassAsync(() => set.Losses > 0);

        void Deliver(WatchedSet? to, RedisChannel channel)
        {
            if (!Volatile.Read(ref isLost) || channel.ToString() != lost) to?.Receive(channel);
        }
    }

    [Fact]
    public async Task A_sharded_set_is_checked_after_every_interval_whatever_it_receives()
    {
        WatchedSet? probed = null;
        var connection = new FakeConnection { Published = channel => Volatile.Read(ref probed)?.Receive(channel) };
        await using var set = new WatchedSet("sharded", connection);
        Volatile.Write(ref probed, set);
        await set.HealthyAsync();

        set.Time.Advance(Interval);
        set.Receive(set.Probe);
        set.Watch.Handled();

        Assert.True(set.Watch.IsDue(Interval));
    }

    [Theory]
    [InlineData("classic")]
    [InlineData("sharded")]
    public async Task A_received_probe_whose_channel_stays_unconfirmed_is_a_loss(string kind)
    {
        WatchedSet? probed = null;
        var connection = new FakeConnection { Published = channel => Volatile.Read(ref probed)?.Receive(channel) };
        await using var set = new WatchedSet(kind, connection) { Confirmed = static () => Task.FromResult(false) };
        Volatile.Write(ref probed, set);
        var start = set.Time.GetTimestamp();

        await set.PassAsync(() => set.Losses > 0);

        Assert.InRange(set.Time.GetElapsedTime(start), Timeout, Timeout * 2);
    }

    [Fact]
    public async Task A_sharded_channel_on_its_way_to_another_master_is_no_loss_until_it_has_one()
    {
        WatchedSet? probed = null;
        var connection = new FakeConnection { Published = channel => Volatile.Read(ref probed)?.Receive(channel) };
        await using var set = new WatchedSet("sharded", connection)
        {
            Confirmed = static () => Task.FromResult(false),
            IsMasterAway = true,
        };
        Volatile.Write(ref probed, set);
        var start = set.Time.GetTimestamp();

        await set.PassAsync(() => set.Time.GetElapsedTime(start) > Timeout * 3);
        Assert.Equal(0, set.Losses);

        set.IsMasterAway = false;
        await set.PassAsync(() => set.Losses > 0);
    }

    /// <summary>Moves the node, and lets the time pass after which a probe is lost.</summary>
    private static async Task MoveAsync(WatchedSet set)
    {
        var next = Next(set);
        await set.MoveAsync(next);
        await set.HealthyAsync();
        Assert.NotEqual(0, next.Publishes);
    }

    private static FakeConnection Next(WatchedSet set) => new() { Published = set.Receive };
}
