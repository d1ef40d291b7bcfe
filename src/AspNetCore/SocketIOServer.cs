using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
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
        Time = time;
        Services = services;
        Options = options.Value;
        Logger = GuardedLogger.Of(logger);
        Packets = Options.Parser == SocketIOParser.MessagePack ? MessagePackPackets.Instance : new JsonPackets(Options.MaxAttachments);
        var limits = new Limits { PacketBytes = Options.MaxHttpBufferSize, Attachments = Options.MaxAttachments };
        Metrics = new SocketIOMetrics(meters);
        _engine = new EngineServer(Options, Options.ConnectTimeout, time, meters, Logger, session => new ClientConnection(this, session, limits));
        Failures = new HandlerFailures(Engine);
        Namespaces = new NamespaceTable(this, adapters);
        Of(NamespacePath.Root);
        _engine.Shutdown.StartWith(lifetime);
    }

    internal EngineEndpoint Endpoint => _engine.Endpoint;

    /// <summary>A value indicating whether clients can reach the server under some path.</summary>
    internal bool IsMapped { get; set; }

    internal SocketIOOptions Options { get; }

    /// <summary>What clients understand.</summary>
    internal IPacketFormat Packets { get; }

    internal ILogger Logger { get; }

    internal EngineServices Engine => _engine.Services;

    internal SocketIOMetrics Metrics { get; }

    /// <summary>Where what handlers throw is told.</summary>
    internal HandlerFailures Failures { get; }

    internal NamespaceTable Namespaces { get; }

    internal TimeProvider Time { get; }

    /// <summary>What its clients are disconnected by when the application stops.</summary>
    internal EngineShutdown Shutdown => _engine.Shutdown;

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
    /// <exception cref="ArgumentException">The name has a comma, which ends it on the wire, or more than 1,024 bytes.</exception>
    public SocketNamespace Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Namespaces.Of(NamespacePath.Normalize(path));
    }

    /// <summary>The namespaces whose name matches a pattern, made when a client names one.</summary>
    /// <remarks>
    /// <para>Names come from clients, with up to 1,024 bytes: anchor the pattern, and let it be one that cannot take long.
    /// Namespaces that have been named with <see cref="Of(string)"/> before are not concerned; one that is named later is.</para>
    /// <para>Of several patterns and predicates the first that admits a client counts.</para>
    /// </remarks>
    /// <param name="pattern">Matched against the name with its leading slash.</param>
    /// <returns>What all those namespaces have in common.</returns>
    /// <exception cref="ArgumentNullException">The pattern is null.</exception>
    /// <example><code>
    /// io.Of(new Regex(@"^/room-[0-9]+\z")).On("hello", socket => …);
    /// </code></example>
    public DynamicNamespaces Of(Regex pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return Namespaces.Add(new DynamicNamespaces(this, pattern));
    }

    /// <summary>The namespaces that a predicate allows, made when a client names one.</summary>
    /// <remarks>Unlike the JavaScript server's, the predicate is asked for each client, so that it can decide by what the client sent.
    /// It and the middlewares together may take <see cref="SocketIOOptions.ConnectTimeout"/>. What it throws is treated as what a
    /// middleware throws.</remarks>
    /// <param name="predicate">Gets the name with its leading slash, what the client sent along (its <c>auth</c>, or an empty map), and
    /// a token that is cancelled when the client is gone.</param>
    /// <returns>What all those namespaces have in common.</returns>
    /// <exception cref="ArgumentNullException">The predicate is null.</exception>
    public DynamicNamespaces Of(Func<string, EventArgument, CancellationToken, ValueTask<bool>> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Namespaces.Add(new DynamicNamespaces(this, predicate));
    }

    /// <summary>Cuts what clients are left and ends the adapters.</summary>
    /// <returns>Completes when they have ended.</returns>
    public async ValueTask DisposeAsync()
    {
        _engine.Dispose();
        await Namespaces.DisposeAsync().ConfigureAwait(false);
    }
}
