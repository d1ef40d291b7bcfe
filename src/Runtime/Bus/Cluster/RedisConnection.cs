using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>A connection to Redis that is made in the background and reported once per change of its state.</summary>
internal sealed partial class RedisConnection : IAsyncDisposable
{
    // Events report most changes; this finds the rest.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger;
    private readonly RedisMetrics _metrics;
    private readonly bool _owned;
    private readonly Lock _gate = new();
    private readonly SilentLosses _losses = new();
    private volatile IConnectionMultiplexer? _multiplexer;
    private volatile IConnectionMultiplexer? _whole;
    private readonly ConfigurationOptions? _options;
    private readonly RedisSecrets _secrets;
    private bool _isSharded;
    private TopologyRefresh? _topology;
    private ClusterPin? _pin;
    private int _isMoving;
    private bool _isConnected;
    private bool _wasReported;
    private volatile bool _isWatched;
    private ITimer? _timer;
    private LogGate? _refused;
    private bool _disposed;

    private RedisConnection(IEnumerable<EndPoint> endpoints, ConfigurationOptions? options, bool owned, RedisMetrics metrics,
        ILogger logger)
    {
        Endpoints = RedisConfiguration.Describe(endpoints);
        (_options, _owned, _metrics, _logger) = (options, owned, metrics, logger);
        _secrets = new RedisSecrets(options);
    }

    /// <summary>The servers, for the log.</summary>
    public string Endpoints { get; }

    /// <summary>
    /// The connection to publish and subscribe on, to one master in a cluster; null until the first attempt to connect has ended.
    /// </summary>
    public IConnectionMultiplexer? Multiplexer => _multiplexer;

    /// <summary>The connection to all servers of a cluster; the same without a cluster.</summary>
    public IConnectionMultiplexer? Whole => _whole ?? _multiplexer;

    /// <summary>A task that completes when there is a multiplexer, connected or not; it then connects by itself.</summary>
    public required Task Ready { get; init; }

    /// <summary>The handler of events of the connection, called on threads of the connection: it must not block.</summary>
    public Action<ConnectionEvent>? Changed { get; set; }

    /// <summary>The handover between servers of a Redis Cluster, or null if subscriptions stay.</summary>
    public IServerHandover? Handover { get; set; }

    /// <summary>Gets a value indicating whether the connection's state is followed and logged.</summary>
    public bool IsWatched => _isWatched;

    /// <summary>Gets a value indicating whether sharded subscriptions are being handed over.</summary>
    public bool IsHandingOver => _topology is { IsHandingOver: true };

    /// <summary>Creates a connection in the background; returns at once.</summary>
    /// <param name="configuration">The configuration of the connection.</param>
    /// <param name="metrics">The metrics for the state of the connection.</param>
    /// <param name="logger">The log of its state.</param>
    /// <param name="isSharded">
    /// A value indicating whether it is for sharded channels, each of which belongs to one master of a cluster; the others are kept on one
    /// master, in order.
    /// </param>
    public static RedisConnection Open(ConfigurationOptions configuration, RedisMetrics metrics, ILogger logger, bool isSharded = false)
    {
        var options = configuration.Clone();
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry(1000);

        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var connection = new RedisConnection(options.EndPoints, options, owned: true, metrics, logger)
        {
            Ready = connected.Task,
            _isSharded = isSharded,
        };
        _ = Task.Run(() => connection.ConnectAsync(options, connected));
        return connection;
    }

    /// <summary>Uses a connection of the application.</summary>
    public static RedisConnection Over(IConnectionMultiplexer multiplexer, RedisMetrics metrics, ILogger logger, bool isSharded = false)
    {
        var endpoints = multiplexer.GetEndPoints(configuredOnly: true);
        return new RedisConnection(endpoints, RedisReason.OptionsOf(multiplexer), owned: false, metrics, logger)
        {
            Ready = Task.CompletedTask,
            _multiplexer = multiplexer,
            _isSharded = isSharded,
        };
    }

    /// <summary>A task that completes when the refresh of the servers in progress, or the last one, has ended; it never fails.</summary>
    public Task TopologyLook => _multiplexer is { } multiplexer ? SubscriptionGate.Of(multiplexer).Look : Task.CompletedTask;

    /// <summary>Waits for a refresh of the servers in progress, for a second at most.</summary>
    public Task TopologyLookedAsync(TimeProvider time) =>
        _multiplexer is { } multiplexer ? SubscriptionGate.Of(multiplexer).LookedAsync(time) : Task.CompletedTask;

    /// <summary>Starts to watch the connection's state; one that only publishes is not watched and leaves nothing behind.</summary>
    public void Watch(TimeProvider time)
    {
        lock (_gate)
        {
            if (_isWatched || _disposed) return;
            _isWatched = true;
            _refused = new LogGate(time);
            _topology = new TopologyRefresh(time, _logger);
            Follow();
            _timer = time.CreateTimer(static self => ((RedisConnection)self!).Look(), this, TimeSpan.Zero, LookInterval);
        }
    }

    /// <summary>Refreshes the servers of a cluster, at most once a second; never throws.</summary>
    public Task RefreshTopologyAsync() => _topology is { } topology && _multiplexer is { } multiplexer
        ? topology.RunAsync(multiplexer, isSkippable: _isSharded)
        : Task.CompletedTask;

    /// <summary>Moves subscriptions off former masters, and refreshes the servers; never throws.</summary>
    public async Task FollowTopologyAsync()
    {
        if (_multiplexer is { } multiplexer && Handover is { } handover) await FollowAsync(multiplexer, handover).ConfigureAwait(false);
        await RefreshTopologyAsync().ConfigureAwait(false);
    }

    private void Look()
    {
        try
        {
            Refresh();
            LookForReason();
            if (_multiplexer is { } looked) _losses.Look(looked);
            if (HasPin() && Interlocked.Exchange(ref _isMoving, 1) == 0) _ = Task.Run(FollowPinAsync);
            if (_isSharded && _multiplexer is { } multiplexer && Handover is { } handover) _ = FollowAsync(multiplexer, handover);
            Changed?.Invoke(ConnectionEvent.Tick);
        }
        catch (Exception exception)
        {
            // On the timer's thread an exception would end the process. The connection can be the application's own.
            RedisLog.WatchFailed(_logger, Endpoints, _secrets.Clean(exception));
        }
    }

    private async Task FollowAsync(IConnectionMultiplexer multiplexer, IServerHandover handover)
    {
        if (await _topology!.FollowAsync(multiplexer, handover).ConfigureAwait(false)) Changed?.Invoke(ConnectionEvent.Followed);
    }

    private void Refresh()
    {
        if (_multiplexer is not { } multiplexer || !_isWatched) return;
        var connected = multiplexer.IsConnected;
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
        if (_multiplexer is not { } multiplexer) return;
        Unfollow(multiplexer);
        if (!_owned) return;
        await multiplexer.DisposeAsync().ConfigureAwait(false);
        if (_whole is { } whole && whole != multiplexer) await whole.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ConnectAsync(ConfigurationOptions options, TaskCompletionSource connected)
    {
        try
        {
            var multiplexer = await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false);
            _whole = multiplexer;
            if (!multiplexer.IsConnected) await FindAsync(multiplexer).ConfigureAwait(false);
            await UseAsync(await PinAsync(multiplexer).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // An unreachable server does not end here: this is a configuration that can never work.
            _failure = _secrets.Clean(exception);
            RedisLog.ConnectFailed(_logger, Endpoints, _failure);
        }
        finally
        {
            connected.TrySetResult();
        }
    }

    /// <summary>Uses a new connection; one that comes too late is disposed.</summary>
    /// <returns>The connection that was used before.</returns>
    internal async Task<IConnectionMultiplexer?> UseAsync(IConnectionMultiplexer multiplexer)
    {
        IConnectionMultiplexer? before;
        bool isLate;
        lock (_gate)
        {
            isLate = _disposed;
            before = _multiplexer;
            if (before is not null) Unfollow(before);
            if (!isLate) _multiplexer = multiplexer;
            if (_isWatched && !isLate) Follow();
        }

        if (!isLate)
        {
            Refresh();
            return before;
        }

        await multiplexer.DisposeAsync().ConfigureAwait(false);
        if (_whole is { } whole && whole != multiplexer) await whole.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    private void Follow()
    {
        if (_multiplexer is not { } multiplexer) return;
        multiplexer.ConnectionRestored += OnRestored;
        multiplexer.ConnectionFailed += OnFailed;
        multiplexer.ErrorMessage += OnError;
        multiplexer.HashSlotMoved += OnMoved;
        multiplexer.ConfigurationChanged += OnMoved;
    }

    private void Unfollow(IConnectionMultiplexer multiplexer)
    {
        multiplexer.ConnectionRestored -= OnRestored;
        multiplexer.ConnectionFailed -= OnFailed;
        multiplexer.ErrorMessage -= OnError;
        multiplexer.HashSlotMoved -= OnMoved;
        multiplexer.ConfigurationChanged -= OnMoved;
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

    /// <summary>Returns <c>true</c> for a connection to a replica, on which no sharded channel is subscribed.</summary>
    private bool IsSpare(ConnectionFailedEventArgs args) =>
        _isSharded && args.EndPoint is { } endpoint && _multiplexer is { } multiplexer && multiplexer.GetServer(endpoint).IsReplica;

    private void OnMoved(object? sender, EventArgs args) => Changed?.Invoke(ConnectionEvent.Moved);

    /// <summary>
    /// Reports that Redis refused a command. A command that is not awaited, such as a subscription, has no other way to report it.
    /// </summary>
    private void OnError(object? sender, RedisErrorEventArgs args)
    {
        var kind = args.Message.Split(' ', 2)[0];
        if (_refused?.TryEnter(kind) == true) RedisLog.Refused(_logger, Endpoints, _secrets.Clean(args.Message));
    }
}
