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

    private readonly RedisConnection _connection;
    private readonly byte[] _probe;
    private readonly BusMessageHandler _received;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BusReader _reader = new();
    private readonly BusWatch _watch;
    private readonly Channel<Change> _changes = Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();

    // Read and written by the loop of changes only.
    private readonly Dictionary<RedisChannel, ChannelMessageQueue?> _queues = [];
    private Task _running = Task.CompletedTask;
    private volatile bool _isSilent;
    private int _disposed;

    public BusSubscription(RedisConnection connection, RedisChannel probe, BusMessageHandler received, TimeProvider time, ILogger logger)
    {
        (_connection, _received, _time, _logger) = (connection, received, time, logger);
        _probe = ((byte[]?)probe)!;
        _watch = new BusWatch(connection, probe, time, logger)
        {
            Renew = () => ChangeAsync(new Change(ChangeKind.Renew, default)),
            Heard = () => _isSilent = false,
        };
    }

    private enum ChangeKind
    {
        Add,
        Remove,
        Renew,
    }

    public required Action<BusSubscription> Ended { private get; init; }

    public void Start() => _running = Task.WhenAll(
        Task.Run(ChangeAsync), Task.Run(() => _reader.RunAsync(Handle, _stop.Token)), Task.Run(() => _watch.RunAsync(_stop.Token)));

    /// <summary>Makes the set prove again that it hears.</summary>
    public void Wake() => _watch.Wake();

    public Task<bool> AddAsync(RedisChannel channel) => ChangeAsync(new Change(ChangeKind.Add, channel));

    public bool Has(RedisChannel channel) =>
        _connection.Multiplexer is { IsConnected: true } multiplexer && multiplexer.GetSubscriber().SubscribedEndpoint(channel) is not null;

    public void Remove(RedisChannel channel) => _changes.Writer.TryWrite(new Change(ChangeKind.Remove, channel));

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        Ended(this);
        _changes.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        foreach (var channel in _queues.Keys.ToArray()) await EndAsync(channel).ConfigureAwait(false);
        while (_changes.Reader.TryRead(out var change)) change.Confirmed?.TrySetResult(false);
        _stop.Dispose();
    }

    /// <summary>Has a change made; completes when it is confirmed, or known not to be.</summary>
    private Task<bool> ChangeAsync(Change change)
    {
        // Without a connection there is nothing to wait for; the change itself is made when there is one.
        if (_connection.Multiplexer is not { IsConnected: true } || _isSilent)
        {
            _changes.Writer.TryWrite(change);
            return Task.FromResult(false);
        }

        var confirmed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _changes.Writer.TryWrite(change with { Confirmed = confirmed }) ? confirmed.Task : Task.FromResult(false);
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
                await EndAsync(change.Channel).ConfigureAwait(false);
                break;
            default:
                foreach (var channel in _queues.Keys.ToArray())
                {
                    await EndAsync(channel).ConfigureAwait(false);
                    await BeginAsync(channel).ConfigureAwait(false);
                }

                break;
        }
    }

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

    /// <summary>One round trip behind the subscriptions on their connection: when it is back, Redis has answered them.</summary>
    private async Task ConfirmAsync(List<Change> waiting)
    {
        var subscriber = _connection.Multiplexer?.GetSubscriber();
        try
        {
            if (subscriber is not null) await subscriber.PingAsync().WaitAsync(ConfirmTimeout, _time, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or TimeoutException)
        {
            // Nobody waits for it again until it answers.
            _isSilent = true;
            _watch.Wake();
        }

        foreach (var change in waiting)
        {
            change.Confirmed!.TrySetResult(
                !_isSilent && subscriber is not null && (change.Kind != ChangeKind.Add || subscriber.SubscribedEndpoint(change.Channel) is not null));
        }
    }

    private void Handle(ChannelMessage message)
    {
        _watch.Handled();
        var channel = ((byte[]?)message.Channel).AsSpan();
        if (channel.SequenceEqual(_probe)) _watch.Hear();
        else _received(channel, message.Message);
    }

    private readonly record struct Change(ChangeKind Kind, RedisChannel Channel)
    {
        public TaskCompletionSource<bool>? Confirmed { get; init; }
    }
}
