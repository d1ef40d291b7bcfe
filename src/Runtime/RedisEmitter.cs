using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis;

/// <summary>Sends events and requests to the clients of all servers from a process that is no server itself.</summary>
/// <remarks>
/// <para>Thread safe; one instance serves a whole process. Events of one thread arrive in the order sent.</para>
/// <para>An event that is not awaited is handed to the connection and never waits and never throws for a lost Redis; an
/// awaited one completes when Redis accepted it, and throws a <see cref="RedisException"/> when it did not.</para>
/// <para>Events with acknowledgements, fetched sockets and rooms are requests that servers respond to. The first one of a namespace
/// subscribes to the responses; until then an emitter only publishes. Servers do not count an emitter as a server.</para>
/// <para>Dispose an emitter that has sent requests. Requests that wait end then: fetched sockets and rooms with an
/// <see cref="ObjectDisposedException"/>, acknowledgements with those that were received.</para>
/// <para>Wire: <c>PUBLISH socket.io#/clock#utc# ["emitter", {type, data, nsp}, {rooms, flags, except}]</c>.</para>
/// </remarks>
/// <example><code>
/// await using var io = new RedisEmitter(multiplexer);
/// io.Of&lt;IClockEvents&gt;().To("utc").Time(DateTime.UtcNow);
/// </code></example>
public sealed class RedisEmitter : IEmitterSource, IAsyncDisposable, IDisposable
{
    private readonly ConcurrentDictionary<string, EmitterSink> _namespaces = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _disposed = new();
    private readonly EmitterContext _context;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isEnding;

    /// <summary>Creates an emitter over a connection.</summary>
    /// <param name="multiplexer">The connection, which the caller owns and may share; it stays open when the emitter is disposed.</param>
    /// <param name="options">The options; they are read now.</param>
    /// <exception cref="ArgumentException">
    /// An option cannot be used; the message names it and what is allowed. Or the connection was made with a URI that was taken for a host
    /// name.
    /// </exception>
    public RedisEmitter(IConnectionMultiplexer multiplexer, RedisEmitterOptions? options = null)
        : this(Checked(multiplexer), options ?? new RedisEmitterOptions(), new RedisMetrics(), Logger(multiplexer, options?.LoggerFactory))
    {
    }

    /// <summary>Creates an emitter over a bus, which it disposes with the metrics.</summary>
    internal RedisEmitter(
        IRedisBus bus, RedisEmitterOptions? options, RedisMetrics? metrics = null, ILogger? logger = null, BusTimings? timings = null)
    {
        options ??= new RedisEmitterOptions();
        options.Validate();
        timings ??= BusTimings.Default;
        var report = new EmitterReport(
            options.Key, metrics ?? new RedisMetrics(), logger ?? Logger(multiplexer: null, options.LoggerFactory));
        _context = new EmitterContext(bus, options, report, timings, new LogGate(timings.Clock), _disposed.Token);
    }

    private RedisEmitter(IConnectionMultiplexer multiplexer, RedisEmitterOptions options, RedisMetrics metrics, ILogger logger)
        : this(
            new StackExchangeRedisBus(
                RedisConnection.Over(multiplexer, options.CreateTopology(), BusTimings.Default, metrics, logger), metrics, logger).Start(),
            options,
            metrics,
            logger)
    {
    }

    /// <summary>Creates the emitter of an application: over its connection, or over one that is made in the background.</summary>
    /// <param name="options">The options, validated.</param>
    /// <param name="multiplexer">The connection of the application, or null to make one with the configuration of the options.</param>
    /// <param name="loggers">The logger factory of the application.</param>
    /// <param name="time">The clock.</param>
    internal static RedisEmitter Create(
        RedisEmitterOptions options, IConnectionMultiplexer? multiplexer, ILoggerFactory? loggers, TimeProvider time)
    {
        if (multiplexer is not null) Checked(multiplexer);
        var logger = Logger(multiplexer, options.LoggerFactory ?? loggers);
        var metrics = new RedisMetrics();
        var topology = options.CreateTopology();
        var timings = BusTimings.Default with { Clock = time };
        var connection = multiplexer is not null
            ? RedisConnection.Over(multiplexer, topology, timings, metrics, logger)
            : RedisConnection.Open(RedisConfiguration.Parse(options.Configuration!), topology, timings, metrics, logger);
        var bus = new StackExchangeRedisBus(connection, metrics, logger).Start();
        if (multiplexer is null) _ = bus.HoldUntilReadyAsync();
        return new RedisEmitter(bus, options, metrics, logger, timings);
    }

    /// <summary>Returns an emitter of a contract's events.</summary>
    /// <typeparam name="TEvents">The contract, an interface with <see cref="SocketEventsAttribute"/>.</typeparam>
    /// <returns>The emitter. Its selections have no <c>Local()</c>: this process has no clients.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract of events for clients.</exception>
    /// <exception cref="ObjectDisposedException">The emitter was disposed.</exception>
    public IEmitter<TEvents> Of<TEvents>()
        where TEvents : class => new Emitter<TEvents>(this, Sink(Contract<TEvents>.EventsPath));

    /// <summary>Returns an emitter of events without a contract.</summary>
    /// <param name="path">The namespace; a missing leading slash is added.</param>
    /// <returns>The emitter. Its selections have no <c>Local()</c>: this process has no clients.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name has a comma, which ends it on the wire, or more than 1,024 bytes.</exception>
    /// <exception cref="ObjectDisposedException">The emitter was disposed.</exception>
    public IEmitter<AnyEvents> Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new Emitter<AnyEvents>(this, Sink(NamespacePath.Normalize(path)));
    }

    /// <summary>Returns all servers, as receivers of a contract's events.</summary>
    /// <typeparam name="TEvents">The contract; the servers that have its namespace receive.</typeparam>
    /// <returns>The receivers.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract of events between servers.</exception>
    /// <exception cref="ObjectDisposedException">The emitter was disposed.</exception>
    public IServers<TEvents> Servers<TEvents>()
        where TEvents : class => new Servers<TEvents>(Sink(Contract<TEvents>.ServersPath));

    /// <summary>Returns all servers that have a namespace, as receivers of events without a contract.</summary>
    /// <param name="path">The namespace; a missing leading slash is added.</param>
    /// <returns>The receivers.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name has a comma, which ends it on the wire, or more than 1,024 bytes.</exception>
    /// <exception cref="ObjectDisposedException">The emitter was disposed.</exception>
    public IServers<AnyEvents> Servers(string path = "/")
    {
        ArgumentNullException.ThrowIfNull(path);
        return new Servers<AnyEvents>(Sink(NamespacePath.Normalize(path)));
    }

    /// <inheritdoc/>
    IBroadcastSink IEmitterSource.SinkOf(string path) => Sink(path);

    /// <summary>Counts the servers that have the namespace of a contract.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The number of servers, 0 if there is none. An emitter is not one of them.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract.</exception>
    /// <exception cref="RedisException">Redis is not connected, or reported an error.</exception>
    /// <exception cref="TimeoutException">Redis did not respond.</exception>
    /// <exception cref="ObjectDisposedException">The emitter was disposed.</exception>
    public Task<int> ServerCountAsync<TEvents>(CancellationToken cancellationToken = default) =>
        Sink(Contract<TEvents>.Path).ServerCountAsync(cancellationToken);

    /// <summary>Counts the servers that have a namespace.</summary>
    /// <param name="path">The namespace; a missing leading slash is added.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The number of servers, 0 if there is none. An emitter is not one of them.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name has a comma, which ends it on the wire, or more than 1,024 bytes.</exception>
    /// <exception cref="RedisException">Redis is not connected, or reported an error.</exception>
    /// <exception cref="TimeoutException">Redis did not respond.</exception>
    /// <exception cref="ObjectDisposedException">The emitter was disposed.</exception>
    public Task<int> ServerCountAsync(string path = "/", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Sink(NamespacePath.Normalize(path)).ServerCountAsync(cancellationToken);
    }

    /// <summary>Fetches the names of the rooms with members in the namespace of a contract from every server.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The rooms of the servers that responded in time, and the number of those that did not. A missing response does not
    /// throw.</returns>
    /// <exception cref="InvalidOperationException">The type is not a contract.</exception>
    /// <exception cref="ObjectDisposedException">The emitter was disposed.</exception>
    public Task<FetchedRooms> AllRoomsAsync<TEvents>(CancellationToken cancellationToken = default) =>
        Sink(Contract<TEvents>.Path).AllRoomsAsync(cancellationToken);

    /// <summary>Fetches the names of the rooms with members in a namespace from every server.</summary>
    /// <param name="path">The namespace; a missing leading slash is added.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The rooms of the servers that responded in time, and the number of those that did not. A missing response does not
    /// throw.</returns>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">The name has a comma, which ends it on the wire, or more than 1,024 bytes.</exception>
    /// <exception cref="ObjectDisposedException">The emitter was disposed.</exception>
    public Task<FetchedRooms> AllRoomsAsync(string path = "/", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Sink(NamespacePath.Normalize(path)).AllRoomsAsync(cancellationToken);
    }

    /// <summary>Ends the requests that wait, and the subscriptions to responses. A connection of the application stays open.</summary>
    /// <remarks>
    /// It never throws. A Redis that does not respond delays it by about two seconds; the end then continues in the background. Everything
    /// that is sent afterwards throws an <see cref="ObjectDisposedException"/>.
    /// </remarks>
    /// <returns>A task that completes when the emitter has ended.</returns>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isEnding, 1) == 0) _ = EndAsync();
        return new ValueTask(_ended.Task);
    }

    /// <inheritdoc cref="DisposeAsync"/>
    void IDisposable.Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    internal EmitterSink Sink(string path)
    {
        _context.ThrowIfDisposed();
        return _namespaces.GetOrAdd(path, static (name, context) => new EmitterSink(context, name), _context);
    }

    private async Task EndAsync()
    {
        try
        {
            await _disposed.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(_namespaces.Values.Select(sink => sink.DisposeAsync().AsTask())).ConfigureAwait(false);
            await _context.Bus.DisposeAsync().ConfigureAwait(false);
            _context.Report.Metrics.Dispose();
        }
        finally
        {
            _disposed.Dispose();
            _ended.TrySetResult();
        }
    }

    private static IConnectionMultiplexer Checked(IConnectionMultiplexer multiplexer)
    {
        ArgumentNullException.ThrowIfNull(multiplexer);
        RedisConfiguration.RefuseMisreadHosts(multiplexer.GetEndPoints(configuredOnly: true), nameof(multiplexer));
        return multiplexer;
    }

    private static ILogger Logger(IConnectionMultiplexer? multiplexer, ILoggerFactory? loggers)
    {
        loggers ??= multiplexer is null ? null : RedisReason.OptionsOf(multiplexer)?.LoggerFactory;
        return GuardedLogger.Of((loggers ?? NullLoggerFactory.Instance).CreateLogger(RedisLog.Category));
    }
}
