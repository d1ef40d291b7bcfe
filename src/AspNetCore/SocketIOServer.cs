using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
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
    private readonly Limits _limits;

    internal SocketIOServer(
        IOptions<SocketIOOptions> options,
        ISocketAdapterFactory adapters,
        TimeProvider time,
        IMeterFactory meters,
        IServiceScopeFactory scopes,
        ILogger<SocketIOServer> logger)
    {
        var settings = options.Value;
        IPacketFormat packets = settings.Parser == SocketIOParser.MessagePack
            ? MessagePackPacketFormat.Instance
            : new JsonPacketFormat(settings.MaxAttachments);
        _limits = new Limits { PacketBytes = settings.MaxHttpBufferSize, Attachments = settings.MaxAttachments };
        var log = GuardedLogger.Of(logger);
        var gate = new LogGate(time);
        var engineMetrics = new EngineMetrics(meters);
        var metrics = new SocketIOMetrics(meters);
        var handlers = new SocketHandlerRunner(engineMetrics, metrics, log, gate);
        Context = new ServerContext(settings, packets, scopes, time, log, gate, metrics, handlers);
        Namespaces = new NamespaceTable(Context, adapters);
        _engine = new EngineServer(settings, settings.ConnectTimeout, time, engineMetrics, log, gate);
    }

    /// <summary>The number of clients that are connected to this node, with or without a namespace.</summary>
    /// <remarks>A client counts once, whatever the number of its namespaces. The metric
    /// <c>typedsocketredis.server.connections</c> has the same number.</remarks>
    public int ClientCount => _engine.Context.Table.Count;

    /// <summary>Gets or sets a value indicating whether a path is mapped to the server.</summary>
    internal bool IsMapped { get; set; }

    /// <summary>The parts that connections, namespaces and sockets share.</summary>
    internal ServerContext Context { get; }

    internal SocketIOOptions Options => Context.Options;

    internal ILogger Logger => Context.Logger;

    internal EngineContext Engine => _engine.Context;

    internal NamespaceTable Namespaces { get; }

    /// <summary>The shutdown that disconnects the clients when the application stops.</summary>
    internal EngineShutdown Shutdown => _engine.Shutdown;

    /// <summary>Creates the main namespace and subscribes to the end of the application.</summary>
    internal void Start(IHostApplicationLifetime lifetime)
    {
        Of(NamespacePath.Root);
        _engine.Shutdown.StartWith(lifetime);
    }

    /// <summary>Returns a chain for all clients of the cluster in a contract's namespace, which is created if necessary.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <returns>The chain.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract.</exception>
    public Broadcast<TEvents> Of<TEvents>() => new(Of(Contract<TEvents>.Path).Adapter, BroadcastOptions.Everyone);

    /// <summary>Returns the namespace of a name and creates it if necessary. Clients can join it.</summary>
    /// <param name="path">The name; a missing leading slash is added.</param>
    /// <returns>The namespace; always the same one for the same name.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name has a comma, which would end it on the wire, or more than 1,024 bytes.</exception>
    public SocketNamespace Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Namespaces.Of(NamespacePath.Normalize(path));
    }

    /// <summary>Returns the group of namespaces whose name matches a pattern. Each is created when a client names it.</summary>
    /// <remarks>
    /// <para>Names come from clients, with up to 1,024 bytes: anchor the pattern, and use one without long run times.
    /// Namespaces created earlier with <see cref="Of(string)"/> are not affected; those created later are.</para>
    /// <para>Of several patterns and predicates the first one that admits a client counts.</para>
    /// </remarks>
    /// <param name="pattern">The pattern, matched against the name with its leading slash.</param>
    /// <returns>The group, with the handlers that all these namespaces share.</returns>
    /// <exception cref="ArgumentNullException">The pattern is null.</exception>
    /// <example><code>
    /// io.Of(new Regex(@"^/room-[0-9]+\z")).On("hello", socket => …);
    /// </code></example>
    public DynamicNamespaces Of(Regex pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return Namespaces.Add(new DynamicNamespaces(Context.Scopes, pattern));
    }

    /// <summary>Returns the group of namespaces that a predicate allows. Each is created when a client names it.</summary>
    /// <remarks>Unlike in the JavaScript server, the predicate runs for each client, so that it can decide by the client's data.
    /// Predicate and middlewares together have <see cref="SocketIOOptions.ConnectTimeout"/>. An exception is treated like one of
    /// a middleware.</remarks>
    /// <param name="predicate">The predicate. Receives the name with its leading slash, the client's <c>auth</c> (or an empty map), and
    /// a token that is canceled when the client disconnects.</param>
    /// <returns>The group, with the handlers that all these namespaces share.</returns>
    /// <exception cref="ArgumentNullException">The predicate is null.</exception>
    public DynamicNamespaces Of(Func<string, SocketArgument, CancellationToken, ValueTask<bool>> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Namespaces.Add(new DynamicNamespaces(Context.Scopes, predicate));
    }

    /// <summary>Creates the connection that receives the messages of a session.</summary>
    internal ISessionReceiver CreateReceiver(EngineSession session) => new ClientConnection(Context, Namespaces, session, _limits);

    /// <summary>Cuts the remaining clients and ends the adapters.</summary>
    /// <returns>A task that completes when the adapters have ended.</returns>
    public async ValueTask DisposeAsync()
    {
        _engine.Dispose();
        await Namespaces.DisposeAsync().ConfigureAwait(false);
    }
}
