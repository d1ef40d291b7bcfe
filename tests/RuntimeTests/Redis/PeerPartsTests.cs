using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The parts that asking and answering are made of.</summary>
public class PeerPartsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Work_is_done_one_after_the_other_and_a_failure_is_told()
    {
        var failures = new Inbox();
        var done = new Inbox();
        var work = new PeerWork(capacity: 100, side: 1, exception => _ = failures.AddAsync(exception.Message));
        var gate = new TaskCompletionSource();
        work.TryAdd(0, () => gate.Task);
        for (var i = 0; i < 50; i++)
        {
            var number = i;
            Assert.True(work.TryAdd(0, () => number == 7 ? throw new InvalidOperationException("seven") : done.AddAsync($"{number}")));
        }

        gate.SetResult();

        Assert.Equal(Enumerable.Range(0, 50).Where(i => i != 7).Select(i => $"{i}"), await done.TakeAsync(49, Patience));
        Assert.Equal(["seven"], await failures.TakeAsync(1, Patience));
    }

    [Fact]
    public async Task Work_side_by_side_is_started_in_order_and_bounded()
    {
        var started = new Inbox();
        var work = new PeerWork(capacity: 3, side: 2, _ => { });
        var gates = Enumerable.Range(0, 6).Select(_ => new TaskCompletionSource()).ToArray();
        Func<Task> Piece(int i) => () =>
        {
            _ = started.AddAsync($"{i}");
            return gates[i].Task;
        };
        Assert.True(work.TryAdd(0, Piece(0)));
        Assert.True(work.TryAdd(0, Piece(1)));
        Assert.Equal(["0", "1"], await started.TakeAsync(2, Patience));
        for (var i = 2; i < 5; i++) Assert.True(work.TryAdd(0, Piece(i)));
        Assert.False(work.TryAdd(0, Piece(5)));

        gates[1].SetResult();
        Assert.Equal(["2"], await started.TakeAsync(1, Patience));
        foreach (var gate in gates) gate.TrySetResult();
        Assert.Equal(["3", "4"], await started.TakeAsync(2, Patience));
    }

    [Fact]
    public void A_join_is_recent_for_a_while_and_the_memory_for_it_is_bounded()
    {
        var time = new FakeTimeProvider();
        var joins = new RecentJoins(time);
        joins.Add(["a", "b"]);
        time.Advance(RecentJoins.LongestAge / 2);
        joins.Add(["b"]);
        Assert.True(joins.Contains("a") && joins.Contains("b"));

        time.Advance(RecentJoins.LongestAge / 2);
        Assert.Equal((false, true), (joins.Contains("a"), joins.Contains("b")));
        time.Advance(RecentJoins.LongestAge / 2);
        Assert.False(joins.Contains("b"));

        joins.Add(Enumerable.Range(0, 15_000).Select(i => $"{i}"));
        Assert.Equal(10_000, Enumerable.Range(0, 15_000).Count(i => joins.Contains($"{i}")));
        Assert.True(joins.Contains("14999"));
    }

    [Theory]
    [InlineData(RedisSubscriptionMode.Pattern)]
    [InlineData(RedisSubscriptionMode.PerRoom)]
    public async Task What_is_sent_to_a_room_that_sockets_elsewhere_have_just_joined_takes_a_channel_that_all_hear(RedisSubscriptionMode mode)
    {
        var time = new FakeTimeProvider();
        await using var node = new SingleNode(new RedisAdapterOptions { SubscriptionMode = mode }, "/", time);

        await node.Everyone.To("x").SocketsJoinAsync("room");
        node.Everyone.To("room").Emit("one");
        await node.Everyone.To("room").EmitAsync("two");
        node.Everyone.To("other").Emit("three");
        time.Advance(RecentJoins.Age);
        node.Everyone.To("room").Emit("four");

        Assert.Equal(["socket.io-request#/#", "socket.io#/#", "socket.io#/#", "socket.io#/#other#", "socket.io#/#room#"], node.Bus.Published.Select(one => one.Channel));
    }

    [Fact]
    public async Task The_same_goes_for_an_emitter()
    {
        var bus = new RecordingBus();
        var everyone = new RedisEmitter(bus, null).Of<ITestEvents>();

        everyone.To("room").Emit("one");
        await everyone.To("x").SocketsJoinAsync("room");
        everyone.To("room").Emit("two");
        await everyone.To("room").EmitAsync("three");
        await everyone.To("other").EmitAsync("four");

        Assert.Equal(["socket.io#/#room#", "socket.io-request#/#", "socket.io#/#", "socket.io#/#", "socket.io#/#other#"], bus.Published.Select(one => one.Channel));
    }

    [Fact]
    public async Task No_more_requests_wait_than_are_kept()
    {
        using var stop = new CancellationTokenSource();
        await using var node = new SingleNode("/");
        node.Bus.Nodes = 2;
        var waiting = Enumerable.Range(0, PeerRequests.MaxPending).Select(_ => node.Everyone.FetchSocketsAsync(stop.Token)).ToArray();

        var refused = await node.Everyone.FetchSocketsAsync(stop.Token);

        Assert.Equal((2, 1), (refused.ExpectedNodes, refused.AnsweredNodes));
        Assert.Equal(PeerRequests.MaxPending, node.Bus.Published.Count);
        await stop.CancelAsync();
        foreach (var fetch in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(100_000)]
    public void A_time_that_cannot_be_waited_is_refused(int seconds)
    {
        var options = new RedisAdapterOptions { RequestsTimeout = TimeSpan.FromSeconds(seconds) };

        var refused = Assert.Throws<ArgumentException>(() => new RedisAdapterFactory(options, new RecordingBus(), new RedisMetrics(), NullLoggerFactory.Instance, TimeProvider.System));
        Assert.StartsWith("RedisAdapterOptions.RequestsTimeout must be positive and no longer than a day", refused.Message, StringComparison.Ordinal);
    }
}
