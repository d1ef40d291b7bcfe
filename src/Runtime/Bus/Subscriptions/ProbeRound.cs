namespace TypedSocketRedis.Redis;

/// <summary>One check of some subscriptions: each has to receive a message.</summary>
internal sealed class ProbeRound : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ProbedSubscription[] _all;
    private readonly List<ProbedSubscription> _pending;
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts a round that records messages until it is disposed.</summary>
    public ProbeRound(IEnumerable<ProbedSubscription> subscriptions)
    {
        _all = [.. subscriptions];
        _pending = [.. _all];
        foreach (var one in _all) one.Report(this);
    }

    /// <summary>A task that completes when each subscription has received a message.</summary>
    public Task Completed => _completed.Task;

    /// <summary>The subscriptions that have received nothing yet; a copy.</summary>
    public ProbedSubscription[] Pending
    {
        get { lock (_gate) return [.. _pending]; }
    }

    /// <summary>Records that a subscription received a message.</summary>
    public void Arrived(ProbedSubscription one)
    {
        lock (_gate)
        {
            _pending.Remove(one);
            if (_pending.Count == 0) _completed.TrySetResult();
        }
    }

    public void Dispose()
    {
        foreach (var one in _all) one.Report(null);
    }
}
