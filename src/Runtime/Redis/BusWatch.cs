using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>What a set of subscriptions is known to do.</summary>
internal enum Hearing
{
    /// <summary>Nothing yet: it has just begun.</summary>
    Unproven,

    /// <summary>It received something lately.</summary>
    Proven,

    /// <summary>The connection was lost; it has to prove itself again.</summary>
    Interrupted,

    /// <summary>The connection is there, and its own probe does not arrive.</summary>
    Deaf,
}

/// <summary>Makes sure that a set of subscriptions hears: it publishes to channels of its own, and must receive it.</summary>
/// <remarks>
/// It looks after each (re)connection, and after every interval without a message. A set that stays deaf is made anew until it
/// hears; then the time it may have missed messages in is reported. A set of sharded channels has a connection to each master of
/// a cluster, of which any may be deaf while the others are busy: it looks at all of them, after every interval.
/// </remarks>
/// <param name="connection">The connection to publish on.</param>
/// <param name="probe">The channel of its own.</param>
/// <param name="metrics">Where gaps and repairs are counted.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where deafness is reported.</param>
internal sealed class BusWatch(RedisConnection connection, RedisChannel probe, RedisMetrics metrics, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan SuddenSilence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestBacklog = TimeSpan.FromSeconds(10);
    private static readonly byte[] ProbeMessage = [0xc0];
    private static readonly Task<bool> Answered = Task.FromResult(true);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _gate = new();
    private readonly bool _isSharded = probe.IsSharded;
    private volatile ProbeRound? _round;
    private Hearing _state;
    private long _handled;
    private long _seen;
    private bool _wasBusy;
    private long _proven = time.GetTimestamp();
    private long _looked = time.GetTimestamp();

    /// <summary>The channel of its own.</summary>
    public RedisChannel Probe { get; } = probe;

    /// <summary>The set's name in the log: that of its probe.</summary>
    public string Name { get; } = probe.ToString();

    /// <summary>Asks whether Redis has confirmed every channel, and subscribes those again that it has not.</summary>
    public required Func<Task<bool>> Verify { private get; init; }

    /// <summary>The channels it has to hear itself on: one for each server it is subscribed on.</summary>
    public required Func<Task<RedisChannel[]>> Probes { private get; init; }

    /// <summary>Makes the subscriptions anew that share a server with probes that were not heard; completes when they are sent.</summary>
    public required Func<RedisChannel[], Task> Renew { private get; init; }

    /// <summary>Whether channels are missing because their master is, which is the same for every node and no deafness of this one.</summary>
    public required Func<bool> IsMasterAway { private get; init; }

    public Hearing State
    {
        get { lock (_gate) return _state; }
    }

    /// <summary>How long ago the set last proved that it hears.</summary>
    public TimeSpan Silence
    {
        get { lock (_gate) return time.GetElapsedTime(_proven); }
    }

    /// <summary>Makes the set prove again that it hears; while it is about to anyway, nothing changes.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>The connection was lost: until then it heard, from then on it has to prove itself.</summary>
    public void Interrupt()
    {
        lock (_gate)
        {
            if (_state != Hearing.Proven) return;
            _state = Hearing.Interrupted;
            _proven = time.GetTimestamp();
        }

        Wake();
    }

    /// <summary>The connection was lost at some time since the set last proved that it hears.</summary>
    public void Suspect()
    {
        Missed();
        Wake();
    }

    /// <summary>Messages may have been lost since a time; the next proof that the set receives reports it.</summary>
    public void Suspect(long since)
    {
        lock (_gate)
        {
            if (_state == Hearing.Unproven) return;
            if (_state == Hearing.Proven) _state = Hearing.Interrupted;
            if (since < _proven) _proven = since;
        }
    }

    /// <summary>A message was read that is not the probe: the set is busy, not deaf.</summary>
    public void Handled() => Volatile.Write(ref _handled, _handled + 1);

    /// <summary>A probe was read.</summary>
    public void Hear(ReadOnlySpan<byte> channel) => _round?.Hear(channel);

    /// <summary>Whether it is time to look again; called every second.</summary>
    /// <remarks>
    /// A set that received messages since the last call need not probe to be known to hear. One that has just fallen silent
    /// looks once before the interval is over: that is how a dead connection begins.
    /// </remarks>
    public bool IsDue(TimeSpan interval)
    {
        var handled = Volatile.Read(ref _handled);
        lock (_gate)
        {
            if (handled != _seen)
            {
                _seen = handled;
                _wasBusy = true;
                if (_state == Hearing.Proven) _proven = time.GetTimestamp();
            }

            if (_isSharded) return time.GetElapsedTime(_looked) >= interval;
            var silence = time.GetElapsedTime(_proven);
            if ((silence < interval || time.GetElapsedTime(_looked) < interval) && !(_wasBusy && silence >= SuddenSilence)) return false;
            _wasBusy = false;
            return true;
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await connection.Ready.WaitAsync(stop).ConfigureAwait(false);
            Wake();
            while (await _wake.Reader.ReadAsync(stop).ConfigureAwait(false))
            {
                lock (_gate) _looked = time.GetTimestamp();
                if (connection.Multiplexer is { } multiplexer) await EnsureHearingAsync(multiplexer, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The set ends.
        }
    }

    private async Task EnsureHearingAsync(IConnectionMultiplexer multiplexer, CancellationToken stop)
    {
        // A replica takes what is published for its master, so where ROLE is refused nothing else tells that the two changed places.
        if (_isSharded) await connection.FollowTopologyAsync().WaitAsync(stop).ConfigureAwait(false);
        for (var round = 0; multiplexer.IsConnected; round++)
        {
            // Asked at once, because a client library gives up a dead connection only some time after it was asked something.
            var answers = _isSharded ? Answered : AnswersAsync(multiplexer, stop);
            var unheard = await UnheardAsync(multiplexer, stop).ConfigureAwait(false);
            if ((unheard.Length == 0 || _isSharded) && await Verify().WaitAsync(stop).ConfigureAwait(false) && unheard.Length == 0)
            {
                Proven();
                return;
            }

            if (!multiplexer.IsConnected) return;

            // Sharded channels that are on their way to another master are not deaf yet.
            if (!_isSharded || (round > 0 && !IsMasterAway())) Deaf();
            if (_isSharded) await connection.FollowTopologyAsync().WaitAsync(stop).ConfigureAwait(false);
            if (unheard.Length > 0 && await answers.ConfigureAwait(false)) await Renew(unheard).WaitAsync(stop).ConfigureAwait(false);
            if (_isSharded) await Task.Delay(ProbeInterval, time, stop).ConfigureAwait(false);
        }
    }

    private void Proven()
    {
        Hearing before;
        TimeSpan gap;
        lock (_gate)
        {
            (before, _state) = (_state, Hearing.Proven);
            gap = time.GetElapsedTime(_proven);
            _proven = time.GetTimestamp();
        }

        if (before != Hearing.Proven) RedisLog.SubscriptionVerified(logger, Name);
        if (before is Hearing.Unproven or Hearing.Proven) return;
        metrics.Gap(gap);
        RedisLog.HearsAgain(logger, Name, gap.TotalSeconds);
    }

    private void Deaf()
    {
        lock (_gate)
        {
            if (_state == Hearing.Deaf) return;
            _state = Hearing.Deaf;
        }

        metrics.Deaf();
        RedisLog.SubscriptionDeaf(logger, Name);
    }

    /// <summary>A probe was not heard: whether that is deafness or not, something may have been missed since the set last proved itself.</summary>
    private void Missed()
    {
        lock (_gate)
        {
            if (_state == Hearing.Proven) _state = Hearing.Interrupted;
        }
    }

    /// <returns>The probes that were not heard.</returns>
    private async Task<RedisChannel[]> UnheardAsync(IConnectionMultiplexer multiplexer, CancellationToken stop)
    {
        var round = new ProbeRound(await Probes().WaitAsync(stop).ConfigureAwait(false));
        _round = round;

        // Silence alone is deafness: a set that works off a backlog hears, if late.
        var start = time.GetTimestamp();
        var silence = start;
        var before = Volatile.Read(ref _handled);
        while (time.GetElapsedTime(silence) < ProbeTimeout && !(_isSharded && time.GetElapsedTime(start) > LongestBacklog))
        {
            await Task.WhenAll(round.Unheard.Select(one => SendAsync(multiplexer, one, stop))).ConfigureAwait(false);
            if (await IsHeardAsync(round.Completed, stop).ConfigureAwait(false)) return [];

            var handled = Volatile.Read(ref _handled);
            if (handled != before) silence = time.GetTimestamp();
            before = handled;
        }

        Missed();
        return round.Unheard;
    }

    /// <summary>Publishes a probe; it is sent again and again, because the first may be faster than the subscription.</summary>
    private Task<bool> SendAsync(IConnectionMultiplexer multiplexer, RedisChannel one, CancellationToken stop) =>
        TryAsync(() => multiplexer.GetSubscriber().PublishAsync(one, ProbeMessage), stop);

    /// <summary>Whether the subscribing connection answers at all; while it does not, subscribing anew would only queue up.</summary>
    private Task<bool> AnswersAsync(IConnectionMultiplexer multiplexer, CancellationToken stop) =>
        TryAsync(() => multiplexer.GetSubscriber().PingAsync(), stop);

    private async Task<bool> TryAsync(Func<Task> action, CancellationToken stop)
    {
        try
        {
            await action().WaitAsync(ProbeTimeout, time, stop).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException or TimeoutException)
        {
            RedisLog.WatchFailed(logger, Name, exception);
            return false;
        }
    }

    private async Task<bool> IsHeardAsync(Task heard, CancellationToken stop)
    {
        try
        {
            await heard.WaitAsync(ProbeInterval, time, stop).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
