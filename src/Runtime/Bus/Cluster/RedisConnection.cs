using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>A connection to Redis that is made in the background and reported once per change of its state.</summary>
internal sealed partial class RedisConnection : IAsyncDisposable
{
    private readonly ILogger _logger;
    private readonly RedisMetrics _metrics;
    private readonly bool _owned;
    private readonly Lock _gate = new();
    private readonly SilentLosses _losses = new();
    private volatile IRedisLink? _link;
    private volatile IRedisLink? _whole;
    private readonly ConfigurationOptions? _options;
    private readonly RedisSecrets _secrets;
    private bool _isConnected;
    private bool _wasReported;
    private volatile LinkEvents? _events;
    private ITimer? _timer;
    private volatile bool _disposed;

    private RedisConnection(IEnumerable<EndPoint> endpoints, ConfigurationOptions? options, bool owned, BusTopology topology,
        BusTimings timings, RedisMetrics metrics, ILogger logger)
    {
        Endpoints = RedisConfiguration.Describe(endpoints);
        (Topology, Timings, _options, _owned, _metrics, _logger) = (topology, timings, options, owned, metrics, logger);
        _secrets = new RedisSecrets(options);
        Roles = new ServerRole(timings, logger);
        _refresh = new TopologyRefresh(timings, Roles, logger);
        Gate = new LogGate(timings.Clock);
        _reasons = new LogGate(timings.Clock);
    }

    /// <summary>The servers, for the log.</summary>
    public string Endpoints { get; }

    /// <summary>The place of the channels.</summary>
    public BusTopology Topology { get; }

    /// <summary>The clock and the times.</summary>
    public BusTimings Timings { get; }

    /// <summary>
    /// The connection to publish and subscribe on, to one master in a cluster; null until the first attempt to connect has ended.
    /// </summary>
    public IRedisLink? Link => _link;

    /// <summary>The connection to all servers of a cluster; the same without a cluster.</summary>
    public IRedisLink? Whole => _whole ?? _link;

    /// <summary>The configuration of the library's own connection, or null for a connection of the application.</summary>
    public ConfigurationOptions? OwnOptions => _owned ? _options : null;

    /// <summary>The limit on repeated log entries.</summary>
    public LogGate Gate { get; }

    /// <summary>The bound of received messages that wait, of all sets of subscriptions.</summary>
    public ByteBudget Backlog { get; } = new();

    /// <summary>The query for the roles of servers.</summary>
    public ServerRole Roles { get; }

    /// <summary>A task that completes when there is a multiplexer, connected or not; it then connects by itself.</summary>
    public required Task Ready { get; init; }

    /// <summary>The handler of events of the connection, called on threads of the connection: it must not block.</summary>
    public Action<ConnectionEvent>? Changed { get; set; }

    /// <summary>Gets a value indicating whether the connection's state is followed and logged.</summary>
    public bool IsWatched => _events is not null;

    /// <summary>Creates a connection in the background; returns at once.</summary>
    /// <param name="configuration">The configuration of the connection.</param>
    /// <param name="topology">The place of the channels.</param>
    /// <param name="timings">The clock and the times.</param>
    /// <param name="metrics">The metrics for the state of the connection.</param>
    /// <param name="logger">The log of its state.</param>
    public static RedisConnection Open(ConfigurationOptions configuration, BusTopology topology, BusTimings timings, RedisMetrics metrics,
        ILogger logger)
    {
        var options = RedisConfiguration.Copy(configuration);
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry((int)timings.ReconnectInterval.TotalMilliseconds);

        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var connection = new RedisConnection(options.EndPoints, options, owned: true, topology, timings, metrics, logger)
        {
            Ready = connected.Task,
        };
        _ = Task.Run(() => connection.ConnectAsync(options, connected));
        return connection;
    }

    /// <summary>Uses a connection of the application.</summary>
    public static RedisConnection Over(IConnectionMultiplexer multiplexer, BusTopology topology, BusTimings timings, RedisMetrics metrics,
        ILogger logger) =>
        Over(RedisLink.Of(multiplexer), multiplexer.GetEndPoints(configuredOnly: true), RedisReason.OptionsOf(multiplexer), topology,
            timings, metrics, logger);

    /// <summary>Uses a link that others end.</summary>
    public static RedisConnection Over(IRedisLink link, IEnumerable<EndPoint> endpoints, ConfigurationOptions? options,
        BusTopology topology, BusTimings timings, RedisMetrics metrics, ILogger logger) =>
        new(endpoints, options, owned: false, topology, timings, metrics, logger) { Ready = Task.CompletedTask, _link = link };

    /// <summary>Starts to watch the connection's state; one that only publishes is not watched and leaves nothing behind.</summary>
    public void Watch()
    {
        IRedisLink? followed;
        var events = new LinkEvents(OnRestored, OnFailed, OnError, OnMoved);
        lock (_gate)
        {
            if (IsWatched || _disposed) return;
            _events = events;
            followed = _link;
            _timer = Timings.Clock.CreateTimer(
                static self => ((RedisConnection)self!).Look(), this, Timeout.InfiniteTimeSpan, Timings.LookInterval);
        }

        // Nothing changes the link between these steps: a move to another master begins with the timer.
        followed?.Follow(events);
        if (_disposed) followed?.Unfollow(events);
        else _timer.Change(TimeSpan.Zero, Timings.LookInterval);
    }

    private void Look()
    {
        try
        {
            Refresh();
            LookForReason();
            if (_link is { } link) _losses.Look(link.Servers);
            Topology.Look(this);
            Changed?.Invoke(ConnectionEvent.Tick);
        }
        catch (Exception exception)
        {
            // On the timer's thread an exception would end the process. The connection can be the application's own.
            RedisLog.AdapterOperationFailed(_logger, $"look at the connection to {Endpoints}", _secrets.Clean(exception));
        }
    }

    private void Refresh()
    {
        if (_link is not { } link || !IsWatched) return;
        var connected = link.IsConnected;
        lock (_gate)
        {
            if (_disposed || (_wasReported && connected == _isConnected)) return;
            Report(connected, isFirst: !_wasReported);
            _isConnected = connected;
            _wasReported = true;
        }

        _metrics.Connected(connected);
        Changed?.Invoke(connected ? ConnectionEvent.Restored : ConnectionEvent.Lost);
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate) _disposed = true;
        if (_timer is not null) await _timer.DisposeAsync().ConfigureAwait(false);
        _handovers.Writer.TryComplete();
        if (_link is not { } link) return;
        if (_events is { } events) link.Unfollow(events);
        if (_owned) await DisposeAsync(link).ConfigureAwait(false);
    }

    private async Task ConnectAsync(ConfigurationOptions options, TaskCompletionSource connected)
    {
        try
        {
            var whole = RedisLink.Of(await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false));
            _whole = whole;
            if (!whole.IsConnected) await FindAsync(whole).ConfigureAwait(false);
            await UseAsync(await Topology.UseAsync(this, whole).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // An unreachable server does not end here: the client library keeps connecting to it.
            _failure = _secrets.Clean(exception);
            RedisLog.RedisConnectFailed(_logger, Endpoints, RedisReason.Text(_failure), _failure);
        }
        finally
        {
            connected.TrySetResult();
        }
    }

    /// <summary>Uses a new connection; one that comes too late is disposed.</summary>
    /// <returns>The connection that was used before.</returns>
    internal async Task<IRedisLink?> UseAsync(IRedisLink link)
    {
        IRedisLink? before;
        LinkEvents? events;
        bool isLate;
        lock (_gate)
        {
            (isLate, events, before) = (_disposed, _events, _link);
            if (!isLate) _link = link;
        }

        if (events is not null) before?.Unfollow(events);
        if (!isLate)
        {
            if (events is not null) link.Follow(events);
            Refresh();
            return before;
        }

        await DisposeAsync(link).ConfigureAwait(false);
        return null;
    }

    private async ValueTask DisposeAsync(IRedisLink link)
    {
        await link.DisposeAsync().ConfigureAwait(false);
        if (_whole is { } whole && whole != link) await whole.DisposeAsync().ConfigureAwait(false);
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs args)
    {
        Refresh();

        // The connection may have been lost and restored between two checks; its subscriptions have to be checked either way.
        Changed?.Invoke(_losses.Restored(args) && !IsSpare(args) ? ConnectionEvent.Renewed : ConnectionEvent.Restored);
    }

    private void OnFailed(object? sender, ConnectionFailedEventArgs args)
    {
        _losses.Failed(args);

        // Unless it has just been lost, the diagnosis is more specific than the client library's reason.
        if (args.Exception is { } exception && _failure is null && _isConnected) _failure = _secrets.Clean(exception);
        Refresh();

        // One of several connections may be lost while the others are established, and it may be the subscribing one.
        Changed?.Invoke(IsSpare(args) ? ConnectionEvent.Moved : ConnectionEvent.Lost);
    }

    private bool IsSpare(ConnectionFailedEventArgs args) =>
        args.EndPoint is { } endpoint && _link is { } link && Topology.IsSpare(link, endpoint);

    private void OnMoved(object? sender, EventArgs args) => Changed?.Invoke(ConnectionEvent.Moved);

    /// <summary>
    /// Reports that Redis refused a command. A command that is not awaited, such as a subscription, has no other way to report it.
    /// </summary>
    private void OnError(object? sender, RedisErrorEventArgs args)
    {
        var kind = args.Message.Split(' ', 2)[0];
        if (Gate.TryEnter(kind)) RedisLog.RedisCommandRefused(_logger, Endpoints, _secrets.Clean(args.Message));
    }
}
