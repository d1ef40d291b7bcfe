using Microsoft.Extensions.Logging.Abstractions;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>The contract on three nodes over a bus in memory.</summary>
public sealed class RedisAdapterLoopbackTests : AdapterContract
{
    private protected override Task<AdapterCluster> StartAsync()
    {
        var hub = new LoopbackHub();
        var factories = Enumerable.Range(0, 3)
            .Select(_ => new RedisAdapterFactory(new RedisAdapterOptions(), hub.CreateBus(), new RedisMetrics(), NullLoggerFactory.Instance, TimeProvider.System))
            .ToArray();
        return Task.FromResult(new AdapterCluster([.. factories.Select(factory => factory.Create("/"))], factories));
    }
}
