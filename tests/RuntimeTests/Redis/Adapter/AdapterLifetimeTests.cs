using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The start and the end of a namespace's adapter.</summary>
public class AdapterLifetimeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly RecordingBus _bus = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Modes => ["Pattern", "PerRoom", "Static", "Dynamic"];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_join_completes_when_broadcasts_to_the_namespace_are_received(string mode)
    {
        _bus.Confirmation = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var factory = Factory(mode);
        await using var adapter = factory.Create("/", JsonPacketFormat.Default);

        var ready = adapter.ReadyAsync();
        var joining = adapter.JoinAsync(new RecordingSocket(), [], Token).AsTask();
        Assert.False(ready.IsCompleted);
        Assert.False(joining.IsCompleted);

        _bus.Confirmation.SetResult(true);
        await ready.WaitAsync(Patience, Token);
        await joining.WaitAsync(Patience, Token);
        Assert.True(adapter.ReadyAsync().IsCompleted);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_join_does_not_wait_longer_than_five_seconds_for_a_confirmation(string mode)
    {
        _bus.Confirmation = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var factory = Factory(mode);
        await using var adapter = factory.Create("/", JsonPacketFormat.Default);
        var joining = adapter.JoinAsync(new RecordingSocket(), ["a"], Token).AsTask();

        _time.Advance(TimeSpan.FromSeconds(5));

        await joining.WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task A_refused_subscription_is_requested_again_with_the_next_join()
    {
        _bus.IsDisconnected = true;
        _bus.Confirmation = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _bus.Confirmation.SetResult(false);
        await using var factory = Factory("Pattern");
        await using var adapter = factory.Create("/", JsonPacketFormat.Default);
        await adapter.JoinAsync(new RecordingSocket(), [], Token).AsTask().WaitAsync(Patience, Token);
        var changes = _bus.Changes;
        await adapter.JoinAsync(new RecordingSocket(), [], Token).AsTask().WaitAsync(Patience, Token);
        Assert.InRange(_bus.Changes, changes + 1, int.MaxValue);

        _bus.IsDisconnected = false;
        changes = _bus.Changes;
        await adapter.JoinAsync(new RecordingSocket(), [], Token).AsTask().WaitAsync(Patience, Token);
        Assert.Equal(changes, _bus.Changes);
    }

    [Fact]
    public async Task A_disposed_adapter_sends_its_pending_responses()
    {
        var handling = new TaskCompletionSource<SocketArguments>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var factory = Factory("Pattern");
        var adapter = factory.Create("/", JsonPacketFormat.Default);
        adapter.ServerEvents.On("e", _ => handling.Task);
        Receive("""{"uid":"asking","requestId":"1","type":6,"data":["e"]}""");
        Receive("""{"uid":"asking","requestId":"2","type":1}""");

        var ending = adapter.DisposeAsync().AsTask();
        Assert.False(ending.IsCompleted);

        // A request that came now would get no response, so no node may send one.
        Assert.True(_bus.IsEnded);
        handling.SetResult(SocketArguments.FromJson("[1]"));
        await ending.WaitAsync(Patience, Token);

        Assert.Equal(2, _bus.Published.Count(one => one.Channel == "socket.io-response#/#"));
    }

    [Fact]
    public async Task Disposal_of_an_adapter_does_not_wait_longer_than_two_seconds_for_a_handler()
    {
        var handling = new TaskCompletionSource<SocketArguments>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var factory = Factory("Pattern");
        var adapter = factory.Create("/", JsonPacketFormat.Default);
        adapter.ServerEvents.On("e", _ => handling.Task);
        Receive("""{"uid":"asking","requestId":"1","type":6,"data":["e"]}""");

        var ending = adapter.DisposeAsync().AsTask();
        _time.Advance(TimeSpan.FromSeconds(2));

        await ending.WaitAsync(Patience, Token);
        handling.SetCanceled(Token);
    }

    private void Receive(string message) => _bus.Receive("socket.io-request#/#"u8, Encoding.UTF8.GetBytes(message));

    private RedisAdapterFactory Factory(string mode)
    {
        RedisNodeOptions options = Enum.TryParse<RedisSubscriptionMode>(mode, out var classic)
            ? new RedisAdapterOptions { SubscriptionMode = classic }
            : new ShardedRedisAdapterOptions { SubscriptionMode = Enum.Parse<ShardedSubscriptionMode>(mode) };
        return new RedisAdapterFactory(options, _bus, new RedisMetrics(), NullLoggerFactory.Instance, _time);
    }
}
