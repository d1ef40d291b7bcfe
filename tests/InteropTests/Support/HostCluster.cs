namespace TypedSocketRedis.Tests;

/// <summary>Three hosts on one Redis or Redis Cluster, two of ours and one of Node's or the other way round, that the tests of a class share.</summary>
public abstract class HostCluster : IAsyncLifetime
{
    private readonly IAsyncLifetime _redis;
    private readonly Func<string> _addresses;
    private readonly string[] _options;

    protected HostCluster(params string[] options)
    {
        var redis = new RedisServer();
        (_redis, _addresses, _options) = (redis, () => redis.Address, options);
    }

    protected HostCluster(RedisClusterServers redis, params string[] options) =>
        (_redis, _addresses, _options) = (redis, () => redis.Addresses, ["--redis-cluster", "true", .. options]);

    /// <summary>The hosts a, b and n, the last of them Node's, and the second, too, if that is wanted.</summary>
    public ConformanceProcess[] Hosts { get; private set; } = [];

    /// <summary>Whether two of the hosts are Node's.</summary>
    protected virtual bool HasTwoOfNode => false;

    public async ValueTask InitializeAsync()
    {
        await _redis.InitializeAsync();
        string[] options = ["--redis", _addresses(), .. _options];
        Hosts = await Task.WhenAll(
            ConformanceProcess.StartOnAsync(FreePort.Next(), "a", options),
            HasTwoOfNode ? ConformanceProcess.StartNodeAsync(FreePort.Next(), "b", options) : ConformanceProcess.StartOnAsync(FreePort.Next(), "b", options),
            ConformanceProcess.StartNodeAsync(FreePort.Next(), "n", options));

        // On sharded channels Node's listens for the others some time after it is healthy.
        foreach (var nsp in new[] { "/", "/custom", "/auth" })
        {
            foreach (var host in Hosts)
                await Patience.UntilAsync(async () => (int?)await host.DoAsync("server-count", $$"""{"nsp":"{{nsp}}"}""") == Hosts.Length, "the hosts hear each other");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Hosts) await host.DisposeAsync();
        await _redis.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
