namespace TypedSocketRedis.Redis;

/// <content>What is known of the set, and how a change of it is reported.</content>
internal sealed partial class BusWatch
{
    private void MarkHealthy()
    {
        SubscriptionHealth before;
        TimeSpan outage;
        lock (_gate)
        {
            (before, _state) = (_state, SubscriptionHealth.Healthy);
            outage = time.GetElapsedTime(_lastProbe);
            _lastProbe = time.GetTimestamp();
        }

        if (before != SubscriptionHealth.Healthy) RedisLog.SubscriptionVerified(logger, Probe.ToString());
        if (before is SubscriptionHealth.Unknown or SubscriptionHealth.Healthy) return;
        metrics.Outage(outage);
        RedisLog.SubscriptionRecovered(logger, Probe.ToString(), outage.TotalSeconds);
    }

    private void MarkUnresponsive()
    {
        lock (_gate)
        {
            if (_state == SubscriptionHealth.Unresponsive) return;
            _state = SubscriptionHealth.Unresponsive;
        }

        metrics.Unresponsive();
        RedisLog.SubscriptionUnresponsive(logger, Probe.ToString());
    }

    /// <summary>A probe did not arrive, or a channel is not confirmed: something may have been missed.</summary>
    private void Missed()
    {
        lock (_gate)
        {
            if (_state == SubscriptionHealth.Healthy) _state = SubscriptionHealth.Interrupted;
        }
    }
}
