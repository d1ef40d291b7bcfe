using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Namespaces;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>The Socket.IO server of this node: its namespaces, and through them its clients.</summary>
/// <remarks>A singleton of the application's services; a named server is one with its name as the key.</remarks>
public sealed class SocketIOServer : IAsyncDisposable
{
    // The groups of handler classes, by their patterns; complete when the server has started.
    private readonly Dictionary<(string Pattern, RegexOptions Options), DynamicNamespaces> _handled = [];

    private readonly EngineServer _engine;
    private readonly Limits _limits;

    internal SocketIOServer(
        string name,
        SocketIOOptions settings,
        INamespaceAdapterFactory adapters,
        TimeProvider time,
        IMeterFactory meters,
        IServiceScopeFactory scopes,
        ISocketUserIdProvider userIds,
        ILogger logger,
        TokenAuthentication? tokens)
    {
        Name = name;
        IsAlone = adapters is LocalAdapterFactory;
        IPacketFormat packets = settings.Parser == SocketIOParser.MessagePack
            ? MessagePackPacketFormat.Instance
            : new JsonPacketFormat(settings.MaxAttachments);
        _limits = new Limits { PacketBytes = settings.MaxHttpBufferSize, Attachments = settings.MaxAttachments };
        var log = GuardedLogger.Of(logger);
        var gate = new LogGate(time);
        var engineMetrics = new EngineMetrics(meters, time, name);
        var metrics = new SocketIOMetrics(meters, name);
        var timed = new TimedPacketFormat(packets, engineMetrics);
        var authorization = new SocketAuthorization(scopes);
        var handlers = new SocketHandlerRunner(engineMetrics, metrics, log, gate, time, authorization)
        {
            Durations = metrics.Handlers,
            RefusesSurplusArguments = settings.RefuseSurplusArguments,
        };
        Context = new ServerContext(settings, timed, scopes, time, log, gate, metrics, handlers,
            new SocketAuthentication(scopes, time), authorization, tokens)
        {
            Users = UserRooms.Create(settings.UserRoomPrefix, $"{nameof(SocketIOOptions)}.{nameof(SocketIOOptions.UserRoomPrefix)}"),
            UserIds = userIds,
        };
        Namespaces = new NamespaceTable(Context, adapters);
        Users = new SocketUsers(Namespaces, Context.Users);
        _engine = new EngineServer(settings, settings.ConnectTimeout, time, engineMetrics, log, gate);
    }

    /// <summary>The users of the cluster: disconnects all clients of one, and tells if it is online.</summary>
    public ISocketUsers Users { get; }

    /// <summary>The name of the server, or an empty text for the default server.</summary>
    public string Name { get; }

    /// <summary>The number of clients that are connected to this node, with or without a namespace.</summary>
    /// <remarks>A client counts once, whatever the number of its namespaces. The metric
    /// <c>typedsocketredis.server.connections</c> has the same number.</remarks>
    public int ClientCount => _engine.Context.Table.Count;

    /// <summary>Gets or sets a value indicating whether a path is mapped to the server.</summary>
    internal bool IsMapped { get; set; }

    /// <summary>Gets a value indicating whether the server has no adapter, so that it is the only node.</summary>
    internal bool IsAlone { get; }

    /// <summary>The parts that connections, namespaces and sockets share.</summary>
    internal ServerContext Context { get; }

    internal SocketIOOptions Options => Context.Options;

    internal ILogger Logger => Context.Logger;

    internal EngineContext Engine => _engine.Context;

    internal NamespaceTable Namespaces { get; }

    /// <summary>The shutdown that disconnects the clients when the application stops.</summary>
    internal EngineShutdown Shutdown => _engine.Shutdown;

    /// <summary>Returns a value indicating whether an endpoint is one of this server.</summary>
    internal bool Serves(EndpointMetadataCollection endpoint) => endpoint.GetMetadata<EngineContext>() == Engine;

    /// <summary>Creates the main namespace and subscribes to the end of the application.</summary>
    /// <param name="lifetime">The lifetime of the application.</param>
    /// <param name="handlers">The handler classes of the application.</param>
    internal void Start(IHostApplicationLifetime lifetime, HandlerTable handlers)
    {
        Namespaces.Classes = handlers;
        Of(NamespacePath.Root);

        // Before the patterns: a namespace that a contract names belongs to no group.
        foreach (var path in handlers.Paths) Of(path);
        foreach (var pattern in handlers.Patterns) _handled[(pattern.ToString(), pattern.Options)] = Of(pattern);
        _engine.Shutdown.StartWith(lifetime);
    }

    /// <summary>Returns the namespace of a contract, for its events. The namespace is created if necessary.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <returns>The namespace.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract of events for clients.</exception>
    public ISocketNamespace<TEvents> Of<TEvents>()
        where TEvents : class => Namespaces.Of(Contract<TEvents>.EventsPath).For<TEvents>();

    /// <summary>Returns the other servers of the cluster, as receivers of a contract's events.</summary>
    /// <typeparam name="TEvents">The contract; servers that have its namespace receive the events.</typeparam>
    /// <returns>The receivers.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract of events between servers.</exception>
    /// <example><code>
    /// await io.Servers&lt;IClusterEvents&gt;().ReloadSettings();
    /// </code></example>
    public IServers<TEvents> Servers<TEvents>()
        where TEvents : class => new Servers<TEvents>(Namespaces.Of(Contract<TEvents>.ServersPath).Adapter.Servers);

    /// <summary>Returns the namespace of a name and creates it if necessary. Clients can join it.</summary>
    /// <param name="path">The name; a missing leading slash is added.</param>
    /// <returns>The namespace.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name has a comma, which would end it on the wire, or more than 1,024 bytes.</exception>
    public ISocketNamespace<AnyEvents> Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Namespaces.Of(NamespacePath.Normalize(path)).For<AnyEvents>();
    }

    /// <summary>Returns the group of namespaces whose name matches a pattern. Each is created when a client names it.</summary>
    /// <remarks>
    /// <para>Names come from clients, with up to 1,024 bytes: anchor the pattern, and use one without long run times.
    /// Namespaces created earlier with <see cref="Of(string)"/> are not affected; those created later are.</para>
    /// <para>Of several patterns and predicates the first one that admits a client counts. A pattern that was passed to <c>AddHandler</c>
    /// returns the group of its handlers.</para>
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
        return _handled.GetValueOrDefault((pattern.ToString(), pattern.Options))
            ?? Namespaces.Add(new DynamicNamespaces(Context.Users, Namespaces, pattern));
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
        return Namespaces.Add(new DynamicNamespaces(Context.Users, Namespaces, predicate));
    }

    /// <summary>
    /// Adds a handler that runs when a namespace has been created: by <c>Of</c>, or for a client that named a dynamic one.
    /// </summary>
    /// <remarks>
    /// <para>It runs on a pool thread, for one namespace after the other, and delays no client: the first ones can be connected to the
    /// namespace before it runs. Middlewares and handlers that no client may miss are added to the group of dynamic namespaces. It does
    /// not run for <c>/</c>, nor for namespaces that were created before.</para>
    /// <para>At most 10,000 namespaces are queued for it; further ones are not passed to it, and counted. An exception is logged.</para>
    /// </remarks>
    /// <param name="handler">The handler, which receives the namespace.</param>
    /// <returns>The registration, which removes the handler when it is disposed.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public IDisposable OnNamespaceCreated(Func<ISocketNamespace<AnyEvents>, Task> handler) => Namespaces.AddCreatedHandler(handler);

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
