using System.Diagnostics;
using TypedSocketRedis.LoadTest.Load;
using TypedSocketRedis.LoadTest.Servers;

namespace TypedSocketRedis.LoadTest.Routing;

/// <summary>Four nodes, a thousand small rooms: what each node is sent by Redis in either mode, and what that costs.</summary>
internal static class RoutingReport
{
    private const int Nodes = 4;
    private const int Rooms = 1000;
    private const int MembersPerRoom = 2;
    private const int RoomsPerClient = 4;
    private const int Clients = Rooms * MembersPerRoom / RoomsPerClient;
    private const int Rounds = 50;
    private const int PerRound = 1000;
    private const int Everyone = 10;

    public static async Task RunAsync(string[] args)
    {
        var seed = args is ["--seed", var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
        Console.WriteLine($"{Nodes} nodes in one process, {Clients} clients on random nodes, {Rooms} rooms of {MembersPerRoom} members, a client in {RoomsPerClient} of them.");
        Console.WriteLine($"{Rounds * PerRound:#,0} broadcasts to one room each, from all nodes in turn, and {Rounds * Everyone:#,0} to everybody.");
        Console.WriteLine();
        Console.WriteLine("| mode | messages per node | of them for nobody here | KiB per node | channels at Redis | heap, MiB | join, ms | nodes' CPU, µs/broadcast | Redis' CPU, µs/broadcast |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var mode in new[] { RedisSubscriptionMode.Pattern, RedisSubscriptionMode.PerRoom })
            await MeasureAsync(mode, seed);
    }

    private static async Task MeasureAsync(RedisSubscriptionMode mode, int seed)
    {
        await using var redis = await RedisProcess.StartAsync();
        var nodes = new List<NodeUnderTest>();
        var clients = new List<LoadClient>();
        long received = 0;
        try
        {
            for (var i = 0; i < Nodes; i++) nodes.Add(await NodeUnderTest.StartAsync(redis.Address, mode));
            var members = new int[Rooms];
            var joining = await ConnectAsync(nodes, clients, members, seed, count => Interlocked.Add(ref received, count));
            await SettleAsync(nodes, clients.Count, () => Interlocked.Read(ref received));

            await using var asked = await redis.ConnectAsync();
            var channels = (await asked.GetDatabase().ExecuteAsync("PUBSUB", "CHANNELS")).Length
                + (int)await asked.GetDatabase().ExecuteAsync("PUBSUB", "NUMPAT");
            var heap = GC.GetTotalMemory(forceFullCollection: true) / (1024.0 * 1024);
            var before = nodes.Select(node => (node.Messages, node.Bytes, node.Unwanted)).ToArray();
            using var process = Process.GetCurrentProcess();
            var (own, redisCpu, start) = (process.TotalProcessorTime, redis.CpuTime, Interlocked.Read(ref received));

            await SendAsync(nodes, members, seed, start, () => Interlocked.Read(ref received));
            process.Refresh();

            const double Broadcasts = Rounds * (PerRound + Everyone);
            var after = nodes.Select((node, i) => (Messages: node.Messages - before[i].Messages, Bytes: node.Bytes - before[i].Bytes, Unwanted: node.Unwanted - before[i].Unwanted)).ToArray();
            Console.WriteLine($"| {mode} | {after.Average(one => one.Messages):#,0} | {after.Average(one => one.Unwanted):#,0} | {after.Average(one => one.Bytes) / 1024:#,0} | {channels:#,0} | {heap:0.0} | {joining:0.00} | {(process.TotalProcessorTime - own).TotalMicroseconds / Broadcasts:0.0} | {(redis.CpuTime - redisCpu).TotalMicroseconds / Broadcasts:0.0} |");
        }
        finally
        {
            foreach (var client in clients) await client.DisposeAsync();
            foreach (var node in nodes) await node.DisposeAsync();
        }
    }

    /// <returns>The mean time a join took, in ms.</returns>
    private static async Task<double> ConnectAsync(List<NodeUnderTest> nodes, List<LoadClient> clients, int[] members, int seed, Action<int> count)
    {
        var random = new Random(seed);
        var memberships = Enumerable.Range(0, Rooms * MembersPerRoom).Select(i => i % Rooms).ToArray();
        random.Shuffle(memberships);
        var spent = TimeSpan.Zero;
        for (var i = 0; i < Clients; i++)
        {
            var client = await LoadClient.ConnectAsync("ours", nodes[random.Next(Nodes)].Port, count);
            clients.Add(client);
            var rooms = memberships.AsSpan(i * RoomsPerClient, RoomsPerClient).ToArray().Distinct().ToArray();
            foreach (var room in rooms) members[room]++;
            var start = Stopwatch.GetTimestamp();
            await client.AskAsync($"[\"join\",{string.Join(',', rooms.Select(room => $"\"room{room}\""))}]");
            spent += Stopwatch.GetElapsedTime(start);
        }

        return spent.TotalMilliseconds / Clients;
    }

    // A broadcast from each node, until every client hears each of them: from then on nothing is missed.
    private static async Task SettleAsync(List<NodeUnderTest> nodes, int clients, Func<long> received)
    {
        foreach (var node in nodes)
        {
            while (true)
            {
                var before = received();
                node.Events.Tick(0);
                if (await ReachesAsync(received, before + clients, TimeSpan.FromSeconds(1))) break;
            }
        }
    }

    private static async Task SendAsync(List<NodeUnderTest> nodes, int[] members, int seed, long start, Func<long> received)
    {
        var random = new Random(seed + 1);
        var expected = start;
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < PerRound; i++)
            {
                var room = random.Next(Rooms);
                nodes[i % Nodes].Events.To($"room{room}").Tick(i);
                expected += members[room];
            }

            for (var i = 0; i < Everyone; i++) nodes[i % Nodes].Events.Tick(i);
            expected += Everyone * Clients;
            if (!await ReachesAsync(received, expected, TimeSpan.FromSeconds(30))) throw new InvalidOperationException("Events were lost.");
        }
    }

    private static async Task<bool> ReachesAsync(Func<long> received, long expected, TimeSpan timeout)
    {
        var start = Stopwatch.GetTimestamp();
        while (received() < expected)
        {
            if (Stopwatch.GetElapsedTime(start) > timeout) return false;
            await Task.Delay(1);
        }

        return true;
    }
}
