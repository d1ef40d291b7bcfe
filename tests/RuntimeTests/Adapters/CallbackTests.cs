using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>
/// The bus and the sockets of an adapter call back into it from a second thread, and wait for it, on every call: no lock of the adapter
/// is held meanwhile.
/// </summary>
public class CallbackTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SecondThread _second = new();
    private readonly FakeTimeProvider _time = new();
    private INamespaceAdapter? _adapter;

    private static CancellationToken Canceled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Modes => ["pattern", "per room", "sharded", "sharded per room"];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Neither_the_bus_nor_a_socket_is_called_inside_a_lock(string mode)
    {
        var hub = new LoopbackHub { WrapBus = Around };
        var cluster = await ClusterStart.InMemoryAsync([Options(mode), Options(mode)], hub, _time);
        _adapter = cluster.Nodes[0];
        _second.Call = () => CallAdapter(_adapter);
        await using var third = await ClusterStart.InMemoryAsync([Options(mode)], hub, _time);
        Action<string> called = _second.CallBack<ILocalSocket>;
        var sockets = Enumerable.Range(0, 3).Select(_ => new RecordingSocket { Called = called }).ToArray();
        foreach (var socket in sockets) await _adapter.JoinAsync(socket, ["a", $"{socket.Id}"], Canceled);

        await CallEachMemberAsync(_adapter, sockets);
        await CallEachMemberAsync(cluster.Nodes[1], sockets);
        _time.Advance(BusTimings.Default.RoomLinger);
        await EndAsync(_adapter);
        await EndAsync(cluster.Nodes[1]);

        _second.AssertCalled<IRedisBus>(nameof(IRedisBus.Health), nameof(IRedisBus.Ready));
        _second.AssertCalled<IBusPublisher>(nameof(IBusPublisher.ProcessedAsync));
        _second.AssertCalled<IBusSubscription>(mode.EndsWith("per room", StringComparison.Ordinal)
            ? []
            : [nameof(IBusSubscription.AddAsync), nameof(IBusSubscription.Remove)]);
        _second.AssertCalled<ILocalSocket>(nameof(ILocalSocket.Id), nameof(ILocalSocket.Membership), nameof(ILocalSocket.Handshake),
            nameof(ILocalSocket.Data), nameof(ILocalSocket.MaxRooms));
    }

    [Fact]
    public async Task An_adapter_of_a_third_party_is_called_outside_the_locks()
    {
        var inner = new InMemoryCluster().CreateAdapter();
        await using var services = new ServiceCollection().AddSingleton<TimeProvider>(_time).BuildServiceProvider();
        await using var factory = RedisAdapterFactory.Over(services, "", _second.Around(inner));
        await using var adapter = factory.Create("/", JsonPacketFormat.Default);
        _second.Call = () => CallAdapter(adapter);
        var socket = new RecordingSocket();
        await adapter.JoinAsync(socket, ["a", $"{socket.Id}"], Canceled);
        await adapter.BroadcastAsync(Events.Of("hi"), BroadcastOptions.Everyone with { Rooms = ["a"] }, Canceled);
        Observe(adapter.ServerCountAsync(Canceled));
        await factory.Create("/other", JsonPacketFormat.Default).DisposeAsync();

        _second.AssertCalled<ISocketAdapter>();
    }

    [Fact]
    public async Task The_receiver_of_an_in_memory_adapter_is_called_outside_its_locks()
    {
        var received = new TaskCompletionSource();
        var receiver = Fake.Of<ISocketAdapterReceiver>((_, _) =>
        {
            received.TrySetResult();
            return null;
        });
        await using var adapter = new InMemoryCluster().CreateAdapter();
        _second.Call = async () =>
        {
            await adapter.SubscribeAsync("other", receiver, Canceled);
            await adapter.CountSubscribersAsync("channel", Canceled);
            await adapter.PublishAsync("other", new byte[] { 1 }, Canceled);
            await adapter.UnsubscribeAsync("other");
        };
        await adapter.SubscribeAsync("channel", _second.Around(receiver), Canceled);
        await adapter.PublishAsync("channel", new byte[] { 1 }, Canceled);

        await received.Task.WaitAsync(Patience, Canceled);
        _second.AssertCalled<ISocketAdapterReceiver>();
    }

    private IRedisBus Around(IRedisBus bus) =>
        _second.Around(bus, result => result is IBusSubscription subscription ? _second.Around(subscription) : result);

    // The end waits for responses that are pending; the clock of the test ends that wait.
    private async Task EndAsync(INamespaceAdapter adapter)
    {
        var ending = adapter.DisposeAsync().AsTask();
        while (!ending.IsCompleted)
        {
            Canceled.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await ending;
    }

    private static RedisNodeOptions Options(string mode) => mode switch
    {
        "pattern" => new RedisAdapterOptions { SubscriptionMode = RedisSubscriptionMode.Pattern },
        "per room" => new RedisAdapterOptions { SubscriptionMode = RedisSubscriptionMode.PerRoom },
        "sharded" => new ShardedRedisAdapterOptions { SubscriptionMode = ShardedSubscriptionMode.Static },
        _ => new ShardedRedisAdapterOptions { SubscriptionMode = ShardedSubscriptionMode.DynamicPrivate },
    };

    private async Task CallEachMemberAsync(INamespaceAdapter adapter, RecordingSocket[] sockets)
    {
        var everyone = BroadcastOptions.Everyone;
        adapter.Broadcast(Events.Of("hi"), everyone with { Rooms = ["a"] });
        await adapter.BroadcastAsync(Events.Of("hi"), everyone, Canceled).AsTask().WaitAsync(Patience, Canceled);
        Observe(adapter.ServerCountAsync(Canceled));
        Observe(adapter.AllRoomsAsync(Canceled));
        Observe(adapter.FetchSocketsAsync(everyone, Canceled));
        await adapter.SocketsJoinAsync(everyone, ["b"], Canceled).AsTask().WaitAsync(Patience, Canceled);
        await adapter.SocketsLeaveAsync(everyone, ["b"], Canceled).AsTask().WaitAsync(Patience, Canceled);
        var acks = new AckCollector<int>(static (ref reader, _) => reader.ReadInt32(), Canceled);
        adapter.SendWithAck(Events.Of("hi"), everyone with { Timeout = TimeSpan.FromSeconds(1) }, acks);
        await sockets[0].AckRequestedAsync(Patience);
        _time.Advance(TimeSpan.FromSeconds(1));
        await adapter.DisconnectSocketsAsync(everyone, close: true, Canceled).AsTask().WaitAsync(Patience, Canceled);
        if (adapter == _adapter) adapter.Remove(sockets[2]);
    }

    /// <summary>Calls every member that changes or reads the adapter.</summary>
    private static Task CallAdapter(INamespaceAdapter adapter)
    {
        var socket = new RecordingSocket();
        ImmutableArray<string> rooms = ["a", $"{socket.Id}"];
        Observe(adapter.JoinAsync(socket, rooms, Canceled).AsTask());
        adapter.Broadcast(Events.Of("back"), BroadcastOptions.Everyone with { Rooms = ["a"] });
        Observe(adapter.SocketsJoinAsync(BroadcastOptions.Everyone, ["c"], Canceled).AsTask());
        _ = adapter.RoomsOf(socket);
        Observe(adapter.LeaveAsync(socket, ["a"], Canceled).AsTask());
        adapter.Remove(socket);
        return Task.CompletedTask;
    }

    // Requests to other nodes end with the clock, which the test does not advance that far.
    private static void Observe(Task task) =>
        _ = task.ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
