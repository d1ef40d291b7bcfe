using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>The contract on three nodes over a real Redis; needs redis-server.</summary>
public sealed class RedisAdapterServerTests(RedisServerProcess redis) : AdapterContract, IClassFixture<RedisServerProcess>
{
    private protected override Task<AdapterCluster> StartAsync()
    {
        var options = new RedisAdapterOptions { Key = $"test-{Guid.NewGuid():N}" };
        var factories = Enumerable.Range(0, 3)
            .Select(_ => RedisAdapterFactory.Open(ConfigurationOptions.Parse(redis.Configuration), options, NullLoggerFactory.Instance, TimeProvider.System))
            .ToArray();
        return Task.FromResult(new AdapterCluster([.. factories.Select(factory => factory.Create("/"))], factories));
    }
}
