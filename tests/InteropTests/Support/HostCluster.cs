namespace TypedSocketRedis.Tests;

/// <summary>Three hosts on one Redis or Redis Cluster, shared by the tests of a class: one or two of ours, the others Node hosts.</summary>
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

    /// <summary>The hosts a, b and n. The last is a Node host, and so is the second if <see cref="HasTwoNodeHosts"/> is true.</summary>
    public ConformanceProcess[] Hosts { get; private set; } = [];

    /// <summary>Gets a value indicating whether two of the hosts are Node hosts.</summary>
    protected virtual bool HasTwoNodeHosts => false;

    public async ValueTask InitializeAsync()
    {
        await _redis.InitializeAsync();
        string[] options = ["--redis", _addresses(), .. _options];
        Hosts = await Task.WhenAll(
            ConformanceProcess.StartOnAsync(FreePort.Next(), "a", options),
            HasTwoNodeHosts
                ? ConformanceProcess.StartNodeAsync(FreePort.Next(), "b", options)
                : ConformanceProcess.StartOnAsync(FreePort.Next(), "b", options),
            ConformanceProcess.StartNodeAsync(FreePort.Next(), "n", options));

        // On sharded channels, a Node host subscribes to the others some time after it is healthy.
        foreach (var nsp in new[] { "/", "/custom", "/auth" })
        {
            foreach (var host in Hosts)
                await Patience.UntilAsync(
                    async () => (int?)await host.DoAsync("server-count", $$"""{"nsp":"{{nsp}}"}""") == Hosts.Length,
                    "all hosts are subscribed");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Hosts) await host.DisposeAsync();
        await _redis.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
