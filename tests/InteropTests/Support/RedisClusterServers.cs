namespace TypedSocketRedis.Tests;

/// <summary>A Redis Cluster of three masters.</summary>
public sealed class RedisClusterServers : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("redis-cluster-");
    private readonly List<ChildProcess> _servers = [];

    /// <summary>The addresses, separated by commas.</summary>
    public string Addresses { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        int[] ports = [FreePort.Next(), FreePort.Next(), FreePort.Next()];
        foreach (var port in ports)
        {
            _servers.Add(ChildProcess.Start(
                Tools.Redis, "--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--dir", _folder.FullName,
                "--cluster-enabled", "yes", "--cluster-config-file", $"{port}.conf", "--cluster-port", $"{FreePort.Next()}"));
        }

        foreach (var server in _servers) await server.LineAsync("Ready to accept connections");
        string[] addresses = [.. ports.Select(port => $"127.0.0.1:{port}")];
        await using var create = ChildProcess.Start(Tools.RedisCli, ["--cluster", "create", .. addresses, "--cluster-yes"]);
        Assert.True(await create.ExitAsync() == 0, create.ToString());
        Addresses = string.Join(',', addresses);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
