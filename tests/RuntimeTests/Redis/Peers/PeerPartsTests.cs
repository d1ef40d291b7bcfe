using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The parts of the requests and responses between nodes.</summary>
public class PeerPartsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Work_items_run_sequentially_and_failures_are_reported()
    {
        var failures = new Inbox();
        var done = new Inbox();
        var work = new PeerWork(capacity: 100, side: 1, new ByteBudget(), exception => _ = failures.AddAsync(exception.Message));
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
    public async Task Concurrent_work_items_start_in_order_and_their_number_is_limited()
    {
        var started = new Inbox();
        var work = new PeerWork(capacity: 3, side: 2, new ByteBudget(), _ => { });
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
    public void A_join_is_recent_for_a_limited_time_and_the_number_of_recent_joins_is_limited()
    {
        var time = new FakeTimeProvider();
        var joins = new RecentJoins(BusTimings.Default with { Clock = time });
        joins.Add(["a", "b"]);
        time.Advance(BusTimings.Default.ReceivedRecentJoin / 2);
        joins.Add(["b"]);
        Assert.True(joins.Contains("a") && joins.Contains("b"));

        time.Advance(BusTimings.Default.ReceivedRecentJoin / 2);
        Assert.Equal((false, true), (joins.Contains("a"), joins.Contains("b")));
        time.Advance(BusTimings.Default.ReceivedRecentJoin / 2);
        Assert.False(joins.Contains("b"));

        joins.Add(Enumerable.Range(0, 15_000).Select(i => $"{i}"));
        Assert.Equal(10_000, Enumerable.Range(0, 15_000).Count(i => joins.Contains($"{i}")));
        Assert.True(joins.Contains("14999"));
    }

    [Theory]
    [InlineData(RedisSubscriptionMode.Pattern)]
    [InlineData(RedisSubscriptionMode.PerRoom)]
    public async Task Messages_to_a_room_with_recent_remote_joins_use_the_namespace_channel(RedisSubscriptionMode mode)
    {
        var time = new FakeTimeProvider();
        await using var node = new SingleNode(new RedisAdapterOptions { SubscriptionMode = mode }, "/", time);

        await node.Everyone.To("x").JoinAsync("room", TestContext.Current.CancellationToken);
        node.Everyone.To("room").Emit("one");
        await node.Everyone.To("room").EmitAsync("two");
        node.Everyone.To("other").Emit("three");
        time.Advance(BusTimings.Default.RecentJoin);
        node.Everyone.To("room").Emit("four");

        Assert.Equal(["socket.io-request#/#", "socket.io#/#", "socket.io#/#", "socket.io#/#other#", "socket.io#/#room#"],
            node.Bus.Published.Select(one => one.Channel));
    }

    [Fact]
    public async Task Messages_of_an_emitter_to_a_room_with_recent_joins_use_the_namespace_channel()
    {
        var bus = new RecordingBus();
        var everyone = new RedisEmitter(bus, null).Of<ITestEvents>();

        everyone.To("room").Emit("one");
        await everyone.To("x").JoinAsync("room", TestContext.Current.CancellationToken);
        everyone.To("room").Emit("two");
        await everyone.To("room").EmitAsync("three");
        await everyone.To("other").EmitAsync("four");

        Assert.Equal(["socket.io#/#room#", "socket.io-request#/#", "socket.io#/#", "socket.io#/#", "socket.io#/#other#"],
            bus.Published.Select(one => one.Channel));
    }

    [Fact]
    public async Task The_number_of_pending_requests_is_limited()
    {
        using var stop = new CancellationTokenSource();
        await using var node = new SingleNode("/");
        node.Bus.Nodes = 2;
        var waiting = Enumerable.Range(0, PeerRequests.MaxPending).Select(_ => node.Everyone.All.FetchSocketsAsync(stop.Token)).ToArray();

        var rejected = await node.Everyone.All.FetchSocketsAsync(stop.Token);

        Assert.Equal((2, 1), (rejected.ExpectedNodes, rejected.RespondedNodes));
        Assert.Equal(PeerRequests.MaxPending, node.Bus.Published.Count);
        await stop.CancelAsync();
        foreach (var fetch in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(100_000)]
    public void An_invalid_timeout_is_rejected(int seconds)
    {
        var options = new RedisAdapterOptions { RequestsTimeout = TimeSpan.FromSeconds(seconds) };

        var rejected = Assert.Throws<ArgumentException>(() =>
            new RedisAdapterFactory(options, new RecordingBus(), new RedisMetrics(), NullLoggerFactory.Instance, TimeProvider.System));
        Assert.StartsWith(
            "RedisAdapterOptions.RequestsTimeout must be positive and no longer than a day", rejected.Message, StringComparison.Ordinal);
    }
}
