using StackExchange.Redis;

namespace TypedSocketRedis.LoadTest.Load;

/// <summary>One Redis, or a Redis Cluster of several masters.</summary>
internal sealed class RedisMasters : IAsyncDisposable
{
    private const int Slots = 16_384;

    private readonly List<RedisProcess> _all = [];
    private readonly List<int> _clusterPorts = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("redis-masters-");

    private RedisMasters()
    {
    }

    public string Address => string.Join(',', _all.Select(one => one.Address));

    /// <summary>The user and system time of all masters so far.</summary>
    public TimeSpan CpuTime => new(_all.Sum(one => one.CpuTime.Ticks));

    /// <param name="count">The number of masters: 1, or at least 3 for a cluster.</param>
    public static async Task<RedisMasters> StartAsync(int count)
    {
        var masters = new RedisMasters();
        for (var i = 0; i < count; i++) masters._all.Add(await RedisProcess.StartAsync(count == 1 ? [] : masters.Clustered()));
        if (count > 1) await masters.JoinAsync();
        return masters;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _all) await one.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string[] Clustered()
    {
        var port = FreePort.Next();
        _clusterPorts.Add(port);
        return ["--cluster-enabled", "yes", "--cluster-config-file", Path.Combine(_folder.FullName, $"{port}.conf"), "--cluster-port",
            $"{port}"];
    }

    private async Task JoinAsync()
    {
        var servers = new List<IServer>();
        foreach (var one in _all) servers.Add((await one.ConnectAsync()).GetServers()[0]);
        for (var i = 0; i < _all.Count; i++)
        {
            await servers[i].ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", i * Slots / _all.Count, ((i + 1) * Slots / _all.Count) - 1);
            if (i > 0) await servers[0].ExecuteAsync("CLUSTER", "MEET", "127.0.0.1", _all[i].Port, _clusterPorts[i]);
        }

        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        foreach (var server in servers)
        {
            while (!await IsCompleteAsync(server)) await pause.WaitForNextTickAsync();
            await server.Multiplexer.DisposeAsync();
        }
    }

    private async Task<bool> IsCompleteAsync(IServer server)
    {
        var state = (string)(await server.ExecuteAsync("CLUSTER", "INFO"))!;
        return state.Contains("cluster_state:ok", StringComparison.Ordinal)
            && state.Contains($"cluster_known_nodes:{_all.Count}", StringComparison.Ordinal);
    }
}
