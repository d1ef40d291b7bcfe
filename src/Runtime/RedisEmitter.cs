using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis;

/// <summary>Sends events to the clients of all servers from a process that is no server itself.</summary>
/// <remarks>
/// <para>Thread safe; one instance serves a whole process. Events of one thread arrive in the order sent.</para>
/// <para>An event that is not awaited is handed to the connection and never waits and never throws for a lost Redis; an
/// awaited one completes when Redis accepted it, and throws a <see cref="RedisException"/> when it did not.</para>
/// <para>Wire: <c>PUBLISH socket.io#/clock#utc# ["emitter", {type, data, nsp}, {rooms, flags, except}]</c>.</para>
/// </remarks>
/// <example><code>
/// var io = new RedisEmitter(multiplexer);
/// io.Of&lt;IClockEvents&gt;().To("utc").Time(DateTime.UtcNow);
/// </code></example>
public sealed class RedisEmitter
{
    private readonly ConcurrentDictionary<string, EmitterSink> _namespaces = new(StringComparer.Ordinal);
    private readonly IRedisBus _bus;
    private readonly RedisEmitterOptions _options;
    private readonly EmitterReport _report;
    private readonly BusTimings _timings;

    /// <summary>Creates an emitter over a connection.</summary>
    /// <param name="multiplexer">The connection, which the caller owns and may share.</param>
    /// <param name="options">The options; they are read now.</param>
    /// <exception cref="ArgumentException">
    /// An option cannot be used; the message names it and what is allowed. Or the connection was made with a URI that was taken for a host
    /// name.
    /// </exception>
    public RedisEmitter(IConnectionMultiplexer multiplexer, RedisEmitterOptions? options = null)
        : this(Checked(multiplexer), options ?? new RedisEmitterOptions(), new RedisMetrics(), Logger(multiplexer, options?.LoggerFactory))
    {
    }

    internal RedisEmitter(
        IRedisBus bus, RedisEmitterOptions? options, RedisMetrics? metrics = null, ILogger? logger = null, BusTimings? timings = null)
    {
        _options = options ?? new RedisEmitterOptions();
        _options.Validate();
        _bus = bus;
        _timings = timings ?? BusTimings.Default;
        _report = new EmitterReport(
            _options.Key, metrics ?? new RedisMetrics(), logger ?? Logger(multiplexer: null, _options.LoggerFactory));
    }

    private RedisEmitter(IConnectionMultiplexer multiplexer, RedisEmitterOptions options, RedisMetrics metrics, ILogger logger)
        : this(
            new StackExchangeRedisBus(
                RedisConnection.Over(multiplexer, options.CreateTopology(), BusTimings.Default, metrics, logger), metrics, logger),
            options,
            metrics,
            logger)
    {
    }

    /// <summary>Returns the clients of a contract's namespace.</summary>
    /// <typeparam name="TEvents">The contract, an interface with <see cref="SocketEventsAttribute"/>.</typeparam>
    /// <returns>The start of a chain: all clients of the namespace. It has no <c>Local()</c>: an emitter has no clients.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract.</exception>
    public Broadcast<TEvents> Of<TEvents>() => Of<TEvents>(Contract<TEvents>.Path);

    /// <summary>Returns the clients of a namespace by name, for events without a contract.</summary>
    /// <param name="path">Its name; a missing leading slash is added.</param>
    /// <returns>The start of a chain: all clients of the namespace. It has no <c>Local()</c>: an emitter has no clients.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name has a comma, which ends it on the wire, or more than 1,024 bytes.</exception>
    public Broadcast<AnyEvents> Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Of<AnyEvents>(NamespacePath.Normalize(path));
    }

    /// <summary>Returns all servers, as receivers of a contract's events.</summary>
    /// <remarks>Servers cannot acknowledge: a <see cref="NotSupportedException"/> is thrown.</remarks>
    /// <typeparam name="TEvents">The contract; the servers that have its namespace receive.</typeparam>
    /// <returns>The receivers.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract.</exception>
    public Servers<TEvents> Servers<TEvents>() => new(Sink(Contract<TEvents>.Path));

    /// <summary>Returns all servers that have a namespace, as receivers of events without a contract.</summary>
    /// <param name="path">The namespace; a missing leading slash is added.</param>
    /// <returns>The receivers.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name has a comma, which ends it on the wire, or more than 1,024 bytes.</exception>
    public Servers<AnyEvents> Servers(string path = "/")
    {
        ArgumentNullException.ThrowIfNull(path);
        return new Servers<AnyEvents>(Sink(NamespacePath.Normalize(path)));
    }

    internal Broadcast<TEvents> Of<TEvents>(string path) => new(Sink(path), BroadcastOptions.Everyone);

    internal EmitterSink Sink(string path) =>
        _namespaces.GetOrAdd(path, static (name, self) => new EmitterSink(self._bus, self._options, self._report, self._timings, name),
            this);

    private static IConnectionMultiplexer Checked(IConnectionMultiplexer multiplexer)
    {
        ArgumentNullException.ThrowIfNull(multiplexer);
        RedisConfiguration.RefuseMisreadHosts(multiplexer.GetEndPoints(configuredOnly: true), nameof(multiplexer));
        return multiplexer;
    }

    internal static ILogger Logger(IConnectionMultiplexer? multiplexer, ILoggerFactory? loggers)
    {
        loggers ??= multiplexer is null ? null : RedisReason.OptionsOf(multiplexer)?.LoggerFactory;
        return GuardedLogger.Of((loggers ?? NullLoggerFactory.Instance).CreateLogger(RedisLog.Category));
    }
}
