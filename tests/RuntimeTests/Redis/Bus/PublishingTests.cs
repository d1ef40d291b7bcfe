using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The results that senders get: size limits, receipts and full backlogs.</summary>
public class PublishingTests
{
    private const int NotReceived = 1212;

    [Fact]
    public async Task An_event_above_the_maximum_size_is_rejected_before_any_client_receives_it()
    {
        await using var node = new SingleNode(new RedisAdapterOptions { MaxMessageSize = 2000 }, "/", ("one", []));
        var emitter = new RedisEmitter(node.Bus, new RedisEmitterOptions { MaxMessageSize = 2000 });
        var large = new string('x', 2000);
        Action[] sends =
        [
            () => node.Everyone.All.Emit("large", large),
            () => node.Everyone.All.EmitAsync("large", large).AsTask(),
            () => emitter.Of<ITestEvents>().All.Emit("large", large),
            () => emitter.Of<ITestEvents>().All.EmitAsync("large", large).AsTask(),
        ];

        foreach (var send in sends)
        {
            var exception = Assert.Throws<ArgumentException>(send);
            Assert.Contains("MaxMessageSize", exception.Message, StringComparison.Ordinal);
            Assert.Contains("2,000", exception.Message, StringComparison.Ordinal);
        }

        Assert.Empty(node.Bus.Published);
        Assert.Empty(node["one"].Received);
        node.Everyone.All.Emit("fits", new string('x', 1900));
        Assert.Single(node.Bus.Published);
    }

    [Fact]
    public async Task A_request_above_the_maximum_size_is_rejected_without_a_wait()
    {
        await using var node = new SingleNode(new RedisAdapterOptions { MaxMessageSize = 2000 }, "/", ("one", []));
        node.Bus.Nodes = 2;
        var large = new string('x', 2000);
        var servers = new Servers<AnyEvents>(node.Adapter.Servers);
        Func<Task>[] requests =
        [
            () => node.EveryoneOf<AnyEvents>().All.EmitWithAck("large", large).ToResultAsync(),
            () => servers.EmitWithAck("large", large).ToResultAsync(),
            () => servers.EmitAsync("large", large).AsTask(),
            () => { servers.Emit("large", large); return Task.CompletedTask; },
            () => node.Everyone.To(large).FetchSocketsAsync(TestContext.Current.CancellationToken),
            () => node.Everyone.All.JoinAsync([large[..1000], large[1000..] + "y"], TestContext.Current.CancellationToken).AsTask(),
            () => node.Everyone.To(large).LeaveAsync("x").AsTask(),
            () => node.Everyone.To(large).DisconnectAsync().AsTask(),
        ];

        foreach (var request in requests)
            Assert.Contains("MaxMessageSize", (await Assert.ThrowsAsync<ArgumentException>(request)).Message, StringComparison.Ordinal);

        Assert.Empty(node.Bus.Published);
        Assert.Empty(node["one"].Received);
    }

    [Fact]
    public async Task A_receipt_has_the_number_of_connections_that_received_an_awaited_event()
    {
        await using var node = new SingleNode("/", ("one", []));
        node.Bus.Receivers = 3;
        EmitReceipt fromServer = new(), fromEmitter = new(), local = new();
        Assert.Null(fromServer.Connections);

        await node.Everyone.All.WithReceipt(fromServer).EmitAsync("a");
        await new RedisEmitter(node.Bus, null).Of<ITestEvents>().To("x").WithReceipt(fromEmitter).EmitAsync("a");
        await node.Everyone.All.Local().WithReceipt(local).EmitAsync("a");
        foreach (var everyone in new[] { node.Everyone, new RedisEmitter(node.Bus, null).Of<ITestEvents>() })
        {
            Func<IBroadcast<ITestEvents>,
                ValueTask>[] moves = [chain => chain.JoinAsync("x"), chain => chain.LeaveAsync("x"),
                    chain => chain.DisconnectAsync()];
            foreach (var move in moves)
            {
                var receipt = new EmitReceipt();
                await move(everyone.To("empty").WithReceipt(receipt));
                Assert.Equal(3, receipt.Connections);
            }
        }

        await node.Everyone.All.Local().WithReceipt(local).JoinAsync("x", TestContext.Current.CancellationToken);

        Assert.Equal((3, 3, null), (fromServer.Connections, fromEmitter.Connections, local.Connections));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_emitter_without_receivers_logs_one_warning(bool awaited)
    {
        var logger = new RecordingLogger();
        var bus = new RecordingBus { Receivers = 0 };
        var emitter = new RedisEmitter(bus, new RedisEmitterOptions { LoggerFactory = logger }).Of<ITestEvents>();

        for (var i = 0; i < 3; i++)
        {
            if (awaited) await emitter.All.EmitAsync("a");
            else emitter.All.Emit("a");
        }

        Assert.Equal(1, logger.Count(NotReceived));
        Assert.Equal(3, bus.Published.Count);
    }

    [Fact]
    public void The_first_accepted_event_decides_on_the_warning_about_missing_receivers()
    {
        var logger = new RecordingLogger();
        var bus = new RecordingBus { Receivers = 0, IsDisconnected = true };
        var emitter = new RedisEmitter(bus, new RedisEmitterOptions { LoggerFactory = logger }).Of<ITestEvents>();

        emitter.All.Emit("a");
        Assert.Equal(0, logger.Count(NotReceived));
        bus.IsDisconnected = false;
        emitter.All.Emit("b");

        Assert.Equal(1, logger.Count(NotReceived));
    }

    [Fact]
    public void The_backlog_of_a_silent_connection_is_limited_until_Redis_confirms_a_mark()
    {
        const int Size = 1024 * 1024;
        var backlog = new PublishBacklog();
        List<long> marks = [];
        var accepted = 0L;
        while (backlog.TryAdd(Size, out var mark))
        {
            accepted += Size;
            if (mark != 0) marks.Add(mark);
        }

        Assert.InRange(accepted, PublishBacklog.Limit - (2 * Size), PublishBacklog.Limit);
        Assert.InRange(marks.Count, 60, 64);
        Assert.False(backlog.TryAdd(Size, out _));

        backlog.Settle(marks[0]);
        Assert.True(backlog.TryAdd(Size, out _));
        backlog.Settle(marks[^1]);
        for (var i = 0; i < 200; i++) Assert.True(backlog.TryAdd(Size, out _));
    }

    [Theory]
    [InlineData(nameof(RedisAdapterOptions.Key), "")]
    [InlineData(nameof(RedisAdapterOptions.MaxMessageSize), 1023)]
    [InlineData(nameof(RedisAdapterOptions.SubscriptionMode), 7)]
    [InlineData(nameof(RedisAdapterOptions.ProbeInterval), 0.5)]
    [InlineData(nameof(RedisAdapterOptions.ProbeInterval), 100_000.0)]
    public void Invalid_options_are_rejected_by_name(string option, object value)
    {
        var options = new RedisAdapterOptions();
        var property = typeof(RedisAdapterOptions).GetProperty(option)!;
        property.SetValue(options, value switch
        {
            double seconds => TimeSpan.FromSeconds(seconds),
            int number when property.PropertyType.IsEnum => Enum.ToObject(property.PropertyType, number),
            _ => value,
        });

        Assert.Contains($"{nameof(RedisAdapterOptions)}.{option}", Assert.Throws<ArgumentException>(options.Validate).Message,
            StringComparison.Ordinal);
        new RedisAdapterOptions().Validate();
    }

    [Fact]
    public void Invalid_emitter_options_are_rejected_by_name()
    {
        Assert.Contains("MaxMessageSize",
            Assert.Throws<ArgumentException>(
                () => new RedisEmitter(new RecordingBus(), new RedisEmitterOptions { MaxMessageSize = 1 })).Message,
                    StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new RedisEmitter(new RecordingBus(), new RedisEmitterOptions { Key = null! }));
        Assert.Throws<ArgumentNullException>(() => new RedisEmitter((IConnectionMultiplexer)null!));
    }
}
