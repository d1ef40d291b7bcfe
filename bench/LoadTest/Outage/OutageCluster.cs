using System.Diagnostics;
using StackExchange.Redis;
using TypedSocketRedis.LoadTest.Load;
using TypedSocketRedis.LoadTest.Servers;
using TypedSocketRedis.Tests.Doubles;

namespace TypedSocketRedis.LoadTest.Outage;

/// <summary>Two nodes, each with a client, on a Redis with a replica, behind a network that can lose packets.</summary>
internal sealed class OutageCluster : IAsyncDisposable
{
    private const int RoomsPerRequest = 500;

    private readonly List<IAsyncDisposable> _owned = [];
    private NodeUnderTest[] _nodes = [];
    private StallingProxy[] _networks = [];

    private OutageCluster(RedisProcess redis) => Redis = redis;

    public RedisProcess Redis { get; }

    /// <summary>The client of the sending node.</summary>
    public GapClock Own { get; } = new();

    /// <summary>The client of the other node.</summary>
    public GapClock Other { get; } = new();

    public ConnectionMultiplexer Admin { get; private set; } = null!;

    public ConnectionMultiplexer ReplicaAdmin { get; private set; } = null!;

    public static async Task<OutageCluster> StartAsync(int rooms, string more, bool withReplica)
    {
        var cluster = new OutageCluster(await RedisProcess.StartAsync());
        var replica = await RedisProcess.StartAsync("--replicaof", "127.0.0.1", $"{cluster.Redis.Port}");
        cluster._networks = [new StallingProxy(cluster.Redis.Port), new StallingProxy(replica.Port)];
        cluster.Admin = await cluster.Redis.ConnectAsync();
        cluster.ReplicaAdmin = await replica.ConnectAsync();
        var address = string.Join(',', cluster._networks.Take(withReplica ? 2 : 1).Select(network => network.Configuration)) + more;
        var mode = rooms > 0 ? RedisSubscriptionMode.PerRoom : RedisSubscriptionMode.Pattern;
        cluster._nodes = [await NodeUnderTest.StartAsync(address, mode), await NodeUnderTest.StartAsync(address, mode)];
        cluster._owned.AddRange([.. cluster._nodes, cluster.Admin, cluster.ReplicaAdmin, .. cluster._networks, cluster.Redis, replica]);
        await cluster.ConnectAsync(rooms);
        while (!await cluster.IsHealthyAsync()) await Task.Delay(20);
        return cluster;
    }

    /// <summary>Loses all packets of the existing connections, and returns immediately. New connections work.</summary>
    public Task StallAsync()
    {
        foreach (var network in _networks) network.Stall();
        return Task.CompletedTask;
    }

    /// <summary>Sends events until it is stopped.</summary>
    /// <returns>The number of events sent.</returns>
    public async Task<int> SendAsync(CancellationToken stop)
    {
        var sent = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!stop.IsCancellationRequested)
        {
            _nodes[0].Events.All.Tick(sent++);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        return sent;
    }

    public void StartClocks()
    {
        Own.Start();
        Other.Start();
    }

    public async Task<bool> IsHealthyAsync() => await _nodes[0].IsHealthyAsync() && await _nodes[1].IsHealthyAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _owned) await one.DisposeAsync();
    }

    private async Task ConnectAsync(int rooms)
    {
        _owned.Insert(0, await LoadClient.ConnectAsync("ours", _nodes[0].Port, Own.Add));
        var other = await LoadClient.ConnectAsync("ours", _nodes[1].Port, Other.Add);
        _owned.Insert(0, other);
        for (var i = 0; i < rooms; i += RoomsPerRequest)
            await other.AskAsync($"[\"join\",{string.Join(',', Enumerable.Range(i, RoomsPerRequest).Select(room => $"\"room{room}\""))}]");
    }
}

/// <summary>A counter of events that records the longest time without an event.</summary>
internal sealed class GapClock
{
    private readonly Lock _gate = new();
    private long _last;
    private bool _isStarted;

    public int Count { get; private set; }

    public TimeSpan LongestGap { get; private set; }

    /// <summary>The timestamp of the end of the longest gap.</summary>
    public long LongestGapEnd { get; private set; }

    public void Start()
    {
        lock (_gate) (_isStarted, LongestGap) = (true, TimeSpan.Zero);
    }

    public void Add(int events)
    {
        lock (_gate)
        {
            var gap = Stopwatch.GetElapsedTime(_last);
            _last = Stopwatch.GetTimestamp();
            if (_isStarted && gap > LongestGap) (LongestGap, LongestGapEnd) = (gap, _last);
            Count += events;
        }
    }
}
