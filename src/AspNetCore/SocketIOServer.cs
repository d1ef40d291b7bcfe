using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Namespaces;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>The Socket.IO server of this node: its namespaces, and through them its clients.</summary>
/// <remarks>A singleton of the application's services.</remarks>
public sealed class SocketIOServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<SocketNamespace>> _namespaces = new(StringComparer.Ordinal);
    private readonly ISocketAdapterFactory _adapters;
    private readonly EngineServer _engine;

    internal SocketIOServer(
        IOptions<SocketIOOptions> options,
        ISocketAdapterFactory adapters,
        TimeProvider time,
        IMeterFactory meters,
        IServiceProvider services,
        ILogger<SocketIOServer> logger,
        IHostApplicationLifetime lifetime)
    {
        _adapters = adapters;
        Time = time;
        Services = services;
        Options = options.Value;
        Logger = logger;
        var limits = new Limits { PacketBytes = Options.MaxHttpBufferSize };
        Metrics = new SocketIOMetrics(meters);
        _engine = new EngineServer(Options, Options.ConnectTimeout, time, meters, logger, session => new ClientConnection(this, session, limits));
        Of(NamespacePath.Root);
        _engine.StopWith(lifetime);
    }

    internal EngineEndpoint Endpoint => _engine.Endpoint;

    internal SocketIOOptions Options { get; }

    internal ILogger Logger { get; }

    internal EngineServices Engine => _engine.Services;

    internal SocketIOMetrics Metrics { get; }

    internal TimeProvider Time { get; }

    /// <summary>The application's services, of which handlers are made.</summary>
    internal IServiceProvider Services { get; }

    /// <summary>The clients in a contract's namespace, all of the cluster, as the start of a chain; the namespace exists from then on.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <returns>The chain.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract.</exception>
    public Broadcast<TEvents> Of<TEvents>() => new(Of(Contract<TEvents>.Path).Adapter, BroadcastOptions.Everyone);

    /// <summary>The namespace of a name; it exists from then on, and clients may join it.</summary>
    /// <param name="path">Its name; a missing leading slash is added.</param>
    /// <returns>The namespace, always the same for one name.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name has a comma, which ends it on the wire.</exception>
    public SocketNamespace Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        path = NamespacePath.Normalize(path);
        return _namespaces.TryGetValue(path, out var known)
            ? known.Value
            : _namespaces.GetOrAdd(path, added => new Lazy<SocketNamespace>(() => new SocketNamespace(added, this, _adapters.Create(added)))).Value;
    }

    /// <summary>Cuts what clients are left and ends the adapters.</summary>
    /// <returns>Completes when they have ended.</returns>
    public async ValueTask DisposeAsync()
    {
        _engine.Dispose();
        foreach (var added in _namespaces.Values) await added.Value.Adapter.DisposeAsync().ConfigureAwait(false);
    }

    internal bool TryGet(string path, [NotNullWhen(true)] out SocketNamespace? found)
    {
        found = _namespaces.TryGetValue(path, out var known) ? known.Value : null;
        return found is not null;
    }
}
