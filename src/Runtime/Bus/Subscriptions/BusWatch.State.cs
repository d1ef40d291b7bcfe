namespace TypedSocketRedis.Redis;

/// <content>The health of the set, and the reports of its changes.</content>
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

    /// <summary>
    /// Marks the set as interrupted: a probe did not arrive, or a channel is not confirmed, so messages may have been lost.
    /// </summary>
    private void Missed()
    {
        lock (_gate)
        {
            if (_state == SubscriptionHealth.Healthy) _state = SubscriptionHealth.Interrupted;
        }
    }
}
