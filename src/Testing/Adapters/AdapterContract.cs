using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Testing;

namespace TypedSocketRedis;

/// <summary>The contract of <see cref="ISocketAdapter"/> as tests that run in any test framework.</summary>
/// <example><code>
/// public static TheoryData&lt;string> Cases => [.. AdapterContract.Cases];
///
/// [Theory, MemberData(nameof(Cases))]
/// public Task The_adapter_keeps_its_contract(string name) =>
///     AdapterContract.RunAsync(name, node => Task.FromResult&lt;ISocketAdapter>(new TcpAdapter(ports, node)));
/// </code></example>
[Experimental(ISocketAdapter.ExperimentalId)]
public static class AdapterContract
{
    /// <summary>The number of nodes of each case.</summary>
    public const int NodeCount = 3;

    /// <summary>The names of the cases, which say what an adapter does.</summary>
    public static IReadOnlyList<string> Cases { get; } =
        [.. ChannelCases.All.Select(one => one.Name), .. BroadcastCases.All.Concat(PeerCases.All).Select(one => one.Name)];

    /// <summary>Runs one case on the nodes of a cluster, which are disposed at its end.</summary>
    /// <param name="name">One of <see cref="Cases"/>.</param>
    /// <param name="createNode">The function that creates the adapter of a node, called with 0, 1 and 2. The three are the nodes of one
    /// cluster; those of the case before are disposed.</param>
    /// <param name="cancellationToken">The token that cancels the case.</param>
    /// <returns>A task that completes when the adapter has passed.</returns>
    /// <exception cref="ArgumentException">There is no case of the name.</exception>
    /// <exception cref="AdapterContractException">The adapter breaks the contract.</exception>
    /// <exception cref="TimeoutException">An expected message did not arrive within 20 seconds.</exception>
    public static async Task RunAsync(
        string name, Func<int, Task<ISocketAdapter>> createNode, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(createNode);
        if (ChannelCases.All.FirstOrDefault(one => one.Name == name).Run is { } runChannels)
        {
            var adapters = await CreateAsync(createNode).ConfigureAwait(false);
            await using (new Owned(adapters)) await runChannels(adapters).WaitAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        var run = BroadcastCases.All.Concat(PeerCases.All).FirstOrDefault(one => one.Name == name).Run
            ?? throw new ArgumentException($"There is no case \"{name}\" of the contract.", nameof(name));
        await using var services = new ServiceCollection().BuildServiceProvider();
        RedisAdapterFactory[] factories =
            [.. (await CreateAsync(createNode).ConfigureAwait(false)).Select(adapter => RedisAdapterFactory.Over(services, "", adapter))];
        var path = $"/{RandomNumberGenerator.GetHexString(32)}";
        await using var cluster = new AdapterCluster([.. factories.Select(one => one.Create(path, JsonPacketFormat.Default))], factories)
        {
            Path = path,
            Token = cancellationToken,
        };
        await cluster.ReadyAsync().ConfigureAwait(false);
        await run(cluster).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ISocketAdapter[]> CreateAsync(Func<int, Task<ISocketAdapter>> createNode)
    {
        var adapters = new ISocketAdapter[NodeCount];
        for (var node = 0; node < NodeCount; node++) adapters[node] = await createNode(node).ConfigureAwait(false);
        return adapters;
    }

    private sealed class Owned(ISocketAdapter[] adapters) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var adapter in adapters) await adapter.DisposeAsync().ConfigureAwait(false);
        }
    }
}
