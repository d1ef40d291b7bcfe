using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The health of a set of subscriptions: what it received and when, its state, and the reports of its changes.</summary>
/// <param name="set">The set and its probes.</param>
/// <param name="topology">The place of the channels.</param>
/// <param name="timings">The times.</param>
/// <param name="metrics">The counters of outages and repairs.</param>
/// <param name="logger">The log.</param>
internal sealed class SetHealth(BusSet set, BusTopology topology, BusTimings timings, RedisMetrics metrics, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock = timings.Clock;
    private readonly ProbedSubscription[] _shared = [.. set.Shared.Select(probe => new ProbedSubscription(probe, timings))];
    private volatile ProbedSubscription[] _own = [.. topology.FirstProbes(set).Select(probe => new ProbedSubscription(probe, timings))];
    private volatile SubscriptionHealth _state;
    private bool _wasLooked;
    private long _seen;
    private bool _wasBusy;
    private long _active = timings.Clock.GetTimestamp();
    private long _lastProbe = timings.Clock.GetTimestamp();
    private long _checked = timings.Clock.GetTimestamp();

    public SubscriptionHealth State => _state;

    /// <summary>The time since the set was last known to receive.</summary>
    public TimeSpan TimeSinceLastProbe => timings.Since(Volatile.Read(ref _lastProbe));

    /// <summary>The channels on which the set receives its own messages.</summary>
    public RedisChannel[] Probes => Array.ConvertAll(_own, one => one.Probe.Subscription);

    /// <summary>Returns the probed subscription of that name, or null if it is not probed.</summary>
    public ProbedSubscription? Of(RedisChannel subscription)
    {
        return Array.Find(_own, IsIt) ?? Array.Find(_shared, IsIt);

        bool IsIt(ProbedSubscription one) => one.Probe.Subscription == subscription;
    }

    /// <summary>Sets the channels on which the set receives its own messages.</summary>
    public void Choose(RedisChannel[] channels)
    {
        var before = _own;
        _own = [.. channels.Select(channel => Array.Find(before, one => one.Probe.Subscription == channel)
            ?? new ProbedSubscription(new BusProbe(channel, channel, BusProbe.Private), timings))];
    }

    /// <summary>Returns the subscriptions to probe: the private ones, and the others that have received nothing for an interval.</summary>
    public ProbedSubscription[] Probed()
    {
        lock (_gate) return [.. _own, .. _shared.Where(one => _wasLooked && one.TimeSinceLastMessage(out _) >= timings.ProbeInterval)];
    }

    /// <summary>Records a lost connection: the set received messages until now, and has to be checked again.</summary>
    /// <returns>False if that is known.</returns>
    public bool TryInterrupt()
    {
        lock (_gate)
        {
            if (_state != SubscriptionHealth.Healthy) return false;
            _state = SubscriptionHealth.Interrupted;
            _lastProbe = _clock.GetTimestamp();
            return true;
        }
    }

    /// <summary>Records that messages may have been lost since the last successful check, or since an earlier time.</summary>
    public void Suspect(long since = long.MaxValue)
    {
        lock (_gate)
        {
            if (_state == SubscriptionHealth.Healthy) _state = SubscriptionHealth.Interrupted;
            if (_state != SubscriptionHealth.Unknown) _lastProbe = Math.Min(_lastProbe, since);
        }
    }

    /// <summary>Records that a check begins.</summary>
    public void BeginCheck()
    {
        lock (_gate) _checked = _clock.GetTimestamp();
    }

    /// <summary>Returns <c>true</c> if the next check is due; called every second.</summary>
    /// <remarks>
    /// Subscriptions that received messages since the last call need no probe. A set that received any and then none for two seconds
    /// is checked before the interval is over: the first sign of a dead connection.
    /// </remarks>
    /// <param name="handled">The number of handled messages other than probes.</param>
    public bool IsDue(long handled)
    {
        var isIdle = set.IsIdle();
        lock (_gate)
        {
            _wasLooked = true;
            if (isIdle && _state == SubscriptionHealth.Healthy)
            {
                _lastProbe = _clock.GetTimestamp();
                return false;
            }

            if (handled != _seen) (_seen, _wasBusy, _active) = (handled, true, _clock.GetTimestamp());
            var lacksMessages = false;
            foreach (var one in _own)
            {
                lacksMessages |= one.TimeSinceLastMessage(out var isActive) >= timings.ProbeInterval;
                if (topology.IsProof(isActive) && _state == SubscriptionHealth.Healthy) _lastProbe = _clock.GetTimestamp();
            }

            foreach (var one in _shared) lacksMessages |= one.TimeSinceLastMessage(out _) >= timings.ProbeInterval;
            var hasStoppedReceiving = _wasBusy && timings.Since(_active) >= timings.BusySetTimeout;
            var isDue = topology.IsDue(new SetActivity(timings.Since(_checked), timings.ProbeInterval, lacksMessages, hasStoppedReceiving));
            if (isDue) _wasBusy &= !hasStoppedReceiving;
            return isDue;
        }
    }

    /// <summary>Records that the set receives, and reports the end of an outage.</summary>
    public void MarkHealthy()
    {
        SubscriptionHealth before;
        TimeSpan outage;
        lock (_gate)
        {
            (before, _state) = (_state, SubscriptionHealth.Healthy);
            outage = timings.Since(_lastProbe);
            _lastProbe = _clock.GetTimestamp();
        }

        if (before != SubscriptionHealth.Healthy) RedisLog.SubscriptionVerified(logger, set.Probe.ToString());
        if (before is SubscriptionHealth.Unknown or SubscriptionHealth.Healthy) return;
        metrics.Outage(outage);
        RedisLog.SubscriptionRecovered(logger, set.Probe.ToString(), outage.TotalSeconds);
    }

    /// <summary>Records and reports that the set does not receive although Redis is connected.</summary>
    public void MarkUnresponsive()
    {
        lock (_gate)
        {
            if (_state == SubscriptionHealth.Unresponsive) return;
            _state = SubscriptionHealth.Unresponsive;
        }

        metrics.Unresponsive();
        RedisLog.SubscriptionUnresponsive(logger, set.Probe.ToString());
    }
}
