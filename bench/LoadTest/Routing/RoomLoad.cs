using System.Diagnostics;
using TypedSocketRedis.LoadTest.Load;
using TypedSocketRedis.LoadTest.Servers;

namespace TypedSocketRedis.LoadTest.Routing;

/// <summary>Nodes in this process, many clients in many small rooms, and broadcasts to them.</summary>
internal sealed class RoomLoad : IAsyncDisposable
{
    public const int Rooms = 1000;
    public const int MembersPerRoom = 2;
    public const int RoomsPerClient = 4;
    public const int Clients = Rooms * MembersPerRoom / RoomsPerClient;
    public const int ToRooms = Rounds * PerRound;
    public const int ToEverybody = Rounds * Everyone;
    public const int Broadcasts = ToRooms + ToEverybody;

    private const int Rounds = 50;
    private const int PerRound = 1000;
    private const int Everyone = 10;

    private readonly List<NodeUnderTest> _nodes = [];
    private readonly List<LoadClient> _clients = [];
    private readonly int[] _members = new int[Rooms];
    private readonly int _seed;
    private long _received;
    private long _awaited = long.MaxValue;
    private TaskCompletionSource _reached = new();

    private RoomLoad(int seed) => _seed = seed;

    public IReadOnlyList<NodeUnderTest> Nodes => _nodes;

    /// <summary>The mean duration of a join, in ms.</summary>
    public double Joining { get; private set; }

    /// <summary>Starts the nodes, connects the clients, and waits until the broadcasts of every node reach all clients.</summary>
    /// <param name="nodes">The number of nodes.</param>
    /// <param name="start">The function that starts a node.</param>
    /// <param name="seed">The seed for the distribution of clients over nodes and rooms.</param>
    public static async Task<RoomLoad> StartAsync(int nodes, Func<Task<NodeUnderTest>> start, int seed)
    {
        var load = new RoomLoad(seed);
        for (var i = 0; i < nodes; i++) load._nodes.Add(await start());
        await load.ConnectAsync();
        await load.SettleAsync();
        return load;
    }

    /// <summary>Sends all broadcasts, and waits until all of them have been received.</summary>
    public async Task SendAsync()
    {
        var random = new Random(_seed + 1);
        var expected = Interlocked.Read(ref _received);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < PerRound; i++)
            {
                var room = random.Next(Rooms);
                _nodes[i % _nodes.Count].Events.To($"room{room}").Tick(i);
                expected += _members[room];
            }

            for (var i = 0; i < Everyone; i++) _nodes[i % _nodes.Count].Events.All.Tick(i);
            expected += Everyone * Clients;
            if (!await ReachesAsync(expected, TimeSpan.FromSeconds(30))) throw new InvalidOperationException("Events were lost.");
        }
    }

    /// <summary>Sends to one room at a time, and returns the sorted times until all members had received each event, in ms.</summary>
    public async Task<double[]> LatenciesAsync(int count)
    {
        var random = new Random(_seed + 2);
        var latencies = new double[count];
        for (var i = 0; i < count; i++)
        {
            var room = random.Next(Rooms);
            var start = Stopwatch.GetTimestamp();
            var expected = Interlocked.Read(ref _received) + _members[room];
            var reached = ReachesAsync(expected, TimeSpan.FromSeconds(30));
            _nodes[i % _nodes.Count].Events.To($"room{room}").Tick(i);
            if (!await reached) throw new InvalidOperationException("An event was lost.");
            latencies[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(latencies);
        return latencies;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        foreach (var node in _nodes) await node.DisposeAsync();
    }

    private async Task ConnectAsync()
    {
        var random = new Random(_seed);
        var memberships = Enumerable.Range(0, Rooms * MembersPerRoom).Select(i => i % Rooms).ToArray();
        random.Shuffle(memberships);
        var spent = TimeSpan.Zero;
        for (var i = 0; i < Clients; i++)
        {
            var client = await LoadClient.ConnectAsync("ours", _nodes[random.Next(_nodes.Count)].Port, Received);
            _clients.Add(client);
            var rooms = memberships.AsSpan(i * RoomsPerClient, RoomsPerClient).ToArray().Distinct().ToArray();
            foreach (var room in rooms) _members[room]++;
            var start = Stopwatch.GetTimestamp();
            await client.AskAsync($"[\"join\",{string.Join(',', rooms.Select(room => $"\"room{room}\""))}]");
            spent += Stopwatch.GetElapsedTime(start);
        }

        Joining = spent.TotalMilliseconds / Clients;
    }

    // Broadcasts from each node until every client receives them; from then on no event is missed.
    private async Task SettleAsync()
    {
        foreach (var node in _nodes)
        {
            while (true)
            {
                var before = Interlocked.Read(ref _received);
                node.Events.All.Tick(0);
                if (await ReachesAsync(before + _clients.Count, TimeSpan.FromSeconds(1))) break;
            }
        }
    }

    private void Received(int count)
    {
        if (Interlocked.Add(ref _received, count) >= Interlocked.Read(ref _awaited)) _reached.TrySetResult();
    }

    private async Task<bool> ReachesAsync(long expected, TimeSpan timeout)
    {
        var reached = _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _awaited, expected);
        if (Interlocked.Read(ref _received) >= expected) return true;
        try
        {
            await reached.Task.WaitAsync(timeout);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
