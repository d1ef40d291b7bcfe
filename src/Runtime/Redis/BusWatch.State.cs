namespace TypedSocketRedis.Redis;

/// <content>What is known of the set, and how a change of it is reported.</content>
internal sealed partial class BusWatch
{
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

        if (before != Hearing.Proven) RedisLog.SubscriptionVerified(logger, Probe.ToString());
        if (before is Hearing.Unproven or Hearing.Proven) return;
        metrics.Gap(gap);
        RedisLog.HearsAgain(logger, Probe.ToString(), gap.TotalSeconds);
    }

    private void Deaf()
    {
        lock (_gate)
        {
            if (_state == Hearing.Deaf) return;
            _state = Hearing.Deaf;
        }

        metrics.Deaf();
        RedisLog.SubscriptionDeaf(logger, Probe.ToString());
    }

    /// <summary>A probe did not arrive, or a channel is not confirmed: something may have been missed.</summary>
    private void Missed()
    {
        lock (_gate)
        {
            if (_state == Hearing.Proven) _state = Hearing.Interrupted;
        }
    }
}
