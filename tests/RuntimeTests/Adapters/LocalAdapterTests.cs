using Microsoft.Extensions.Logging.Abstractions;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Tests.Adapters;

/// <summary>The contract of adapters on a single node without Redis.</summary>
public sealed class LocalAdapterTests : AdapterContract
{
    private protected override Task<AdapterCluster> StartAsync() => Start();

    internal static Task<AdapterCluster> Start() =>
        Task.FromResult(
            new AdapterCluster(
                [new LocalAdapterFactory(NullLoggerFactory.Instance, TimeProvider.System).Create("/", JsonPacketFormat.Default)]));
}

/// <summary>The contract of operations between nodes on a single node without Redis.</summary>
public sealed class LocalPeerTests : PeerContract
{
    private protected override Task<AdapterCluster> StartAsync() => LocalAdapterTests.Start();
}
