using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>One set of subscriptions: a loop that changes it in call order, one that drains it, and a watch that makes sure it hears.</summary>
/// <remarks>
/// Changes that come together are sent together and confirmed by one round trip on the subscribing connection. What Redis does
/// not confirm now, because it is away, the connection subscribes by itself when it is back.
/// </remarks>
internal sealed class BusSubscription : IBusSubscription
{
    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RoundInterval = TimeSpan.FromMilliseconds(50);
    private const int MaxRounds = 20;

    private static readonly Task<bool> NotNow = Task.FromResult(false);

    private readonly RedisConnection _connection;
    private readonly byte[] _probe;
    private readonly BusMessageHandler _received;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BusReader _reader = new();
    private readonly Channel<Change> _changes = Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();

    // Read and written by the loop of changes only.
    private readonly Dictionary<RedisChannel, ChannelMessageQueue?> _queues = [];
    private Task _running = Task.CompletedTask;
    private volatile bool _isSilent;
    private int _disposed;

    public BusSubscription(RedisConnection connection, RedisChannel probe, BusMessageHandler received, RedisMetrics metrics, TimeProvider time, ILogger logger)
    {
        (_connection, _received, _time, _logger) = (connection, received, time, logger);
        _probe = ((byte[]?)probe)!;
        Watch = new BusWatch(connection, probe, metrics, time, logger)
        {
            Verify = () => MadeAsync(ChangeKind.Verify),
            Renew = () => MadeAsync(ChangeKind.Renew),
        };
    }

    private enum ChangeKind
    {
        Add,
        Remove,

        /// <summary>Those that Redis has not confirmed are subscribed again.</summary>
        Verify,

        /// <summary>All are subscribed again.</summary>
        Renew,
    }

    /// <summary>Knows whether the set hears.</summary>
    public BusWatch Watch { get; }

    public required Action<BusSubscription> Ended { private get; init; }

    public void Start() => _running = Task.WhenAll(
        Task.Run(ChangeAsync), Task.Run(() => _reader.RunAsync(Handle, _stop.Token)), Task.Run(() => Watch.RunAsync(_stop.Token)));

    public Task<bool> AddAsync(RedisChannel channel) => ConfirmedAsync(new Change(ChangeKind.Add, channel));

    public bool Has(RedisChannel channel) =>
        _connection.Multiplexer is { IsConnected: true } multiplexer && multiplexer.GetSubscriber().SubscribedEndpoint(channel) is not null;

    public void Remove(RedisChannel channel) => _changes.Writer.TryWrite(new Change(ChangeKind.Remove, channel));

    /// <summary>Subscribes everything again, on the connection there is now, and has it prove that it hears.</summary>
    public void Renew()
    {
        Watch.Interrupt();
        _ = MadeAsync(ChangeKind.Renew);
        Watch.Wake();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        Ended(this);
        _changes.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        if (!_isSilent) await SettledAsync([.. _queues.Keys]).ConfigureAwait(false);
        foreach (var channel in _queues.Keys.ToArray()) await EndAsync(channel).ConfigureAwait(false);
        while (_changes.Reader.TryRead(out var change)) change.Confirmed?.TrySetResult(false);
        _stop.Dispose();
    }

    /// <summary>Has a channel added; completes when it is confirmed, or known not to be.</summary>
    private Task<bool> ConfirmedAsync(Change change)
    {
        // Without a connection there is nothing to wait for; the change itself is made when there is one.
        if (_connection.Multiplexer is { IsConnected: true } && !_isSilent) return MadeAsync(change);
        _changes.Writer.TryWrite(change);
        return NotNow;
    }

    private Task<bool> MadeAsync(ChangeKind kind) => MadeAsync(new Change(kind, default));

    private Task<bool> MadeAsync(Change change)
    {
        var confirmed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _changes.Writer.TryWrite(change with { Confirmed = confirmed }) ? confirmed.Task : NotNow;
    }

    private async Task ChangeAsync()
    {
        List<Change> waiting = [];
        try
        {
            await _connection.Ready.WaitAsync(_stop.Token).ConfigureAwait(false);
            while (await _changes.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false))
            {
                while (_changes.Reader.TryRead(out var change))
                {
                    if (change.Confirmed is not null) waiting.Add(change);
                    await MakeAsync(change).ConfigureAwait(false);
                }

                if (waiting.Count > 0) await ConfirmAsync(waiting).ConfigureAwait(false);
                waiting.Clear();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            foreach (var change in waiting) change.Confirmed!.TrySetResult(false);
        }
    }

    private async Task MakeAsync(Change change)
    {
        switch (change.Kind)
        {
            case ChangeKind.Add:
                if (_queues.GetValueOrDefault(change.Channel) is null) await BeginAsync(change.Channel).ConfigureAwait(false);
                break;
            case ChangeKind.Remove:
                if (!_isSilent) await SettledAsync([change.Channel]).ConfigureAwait(false);
                await EndAsync(change.Channel).ConfigureAwait(false);
                break;
            case ChangeKind.Verify:
                await SettleAsync().ConfigureAwait(false);
                await RenewAsync(Missing()).ConfigureAwait(false);
                break;
            default:
                await RenewAsync([.. _queues.Keys]).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Lets the connection restore its subscriptions, which it does by itself and in the background.</summary>
    private async Task SettleAsync()
    {
        for (var round = 0; round < MaxRounds && await AnswersAsync().ConfigureAwait(false) && Missing().Length > 0; round++)
            await Task.Delay(RoundInterval, _time, _stop.Token).ConfigureAwait(false);
    }

    /// <summary>Lets Redis answer for channels that are about to be unsubscribed: what it has not confirmed the library would not take back.</summary>
    private async Task SettledAsync(RedisChannel[] channels)
    {
        if (_connection.Multiplexer is { IsConnected: true } && !channels.All(Has)) await AnswersAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task RenewAsync(RedisChannel[] channels)
    {
        foreach (var channel in channels)
        {
            await EndAsync(channel).ConfigureAwait(false);
            await BeginAsync(channel).ConfigureAwait(false);
        }
    }

    /// <summary>The channels Redis has not confirmed, and those somebody else unsubscribed.</summary>
    private RedisChannel[] Missing() => [.. _queues.Where(one => one.Value is not { Completion.IsCompleted: false } || !Has(one.Key)).Select(one => one.Key)];

    private async Task BeginAsync(RedisChannel channel)
    {
        _queues[channel] = null;
        if (_connection.Multiplexer is not { } multiplexer) return;
        try
        {
            // Without awaiting Redis: the queue exists at once, and the connection subscribes it whenever it is (again) there.
            var queue = await multiplexer.GetSubscriber().SubscribeAsync(channel, CommandFlags.FireAndForget).ConfigureAwait(false);
            _queues[channel] = queue;
            _ = _reader.Follow(queue);
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or TimeoutException)
        {
            RedisLog.WatchFailed(_logger, channel.ToString(), exception);
        }
    }

    private async Task EndAsync(RedisChannel channel)
    {
        if (!_queues.Remove(channel, out var queue) || queue is null) return;
        try
        {
            await queue.UnsubscribeAsync(CommandFlags.FireAndForget).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or TimeoutException)
        {
            RedisLog.WatchFailed(_logger, channel.ToString(), exception);
        }
    }

    /// <summary>One round trip behind the changes on their connection: when it is back, Redis has answered them.</summary>
    private async Task ConfirmAsync(List<Change> waiting)
    {
        var answers = await AnswersAsync().ConfigureAwait(false);

        // While it is silent nobody waits for it.
        if (!answers && !_isSilent) Watch.Wake();
        _isSilent = !answers;
        foreach (var change in waiting)
        {
            change.Confirmed!.TrySetResult(answers && change.Kind switch
            {
                ChangeKind.Add => Has(change.Channel),
                ChangeKind.Verify => Missing().Length == 0,
                _ => true,
            });
        }
    }

    private Task<bool> AnswersAsync() => AnswersAsync(_stop.Token);

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_connection.Multiplexer is not { } multiplexer) return false;
            await multiplexer.GetSubscriber().PingAsync().WaitAsync(ConfirmTimeout, _time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or TimeoutException)
        {
            RedisLog.WatchFailed(_logger, Watch.Name, exception);
            return false;
        }
    }

    private void Handle(ChannelMessage message)
    {
        var channel = ((byte[]?)message.Channel).AsSpan();
        if (channel.SequenceEqual(_probe))
        {
            Watch.Hear();
            return;
        }

        Watch.Handled();
        _received(channel, message.Message);
    }

    private readonly record struct Change(ChangeKind Kind, RedisChannel Channel)
    {
        public TaskCompletionSource<bool>? Confirmed { get; init; }
    }
}
