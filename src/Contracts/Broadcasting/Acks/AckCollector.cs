namespace TypedSocketRedis.Broadcasting;

/// <summary>The ways a wait for acknowledgements ends.</summary>
internal enum AckEnd
{
    None,

    /// <summary>Every receiver has acknowledged or was lost.</summary>
    Settled,

    TimedOut,

    Canceled,

    /// <summary>The emitter that sent the event was disposed.</summary>
    Disposed,
}

/// <summary>Collects the acknowledgements of one event: their expected number, their values and the end of the wait.</summary>
/// <remarks>
/// The sender of the event reports the number of receivers and their acknowledgements, from any thread and in any order; acknowledgements
/// may arrive before the counts. The wait ends once; later reports are ignored.
/// </remarks>
internal abstract class AckCollector
{
    /// <summary>The timeout if <c>WithTimeout</c> sets no other: 10 seconds.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    // Until the counts are known, only this bounds the acknowledgements that a misbehaving node can send.
    private const int MaxAcks = 1 << 20;

    private const int Unknown = int.MaxValue;

    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _changed;
    private CancellationTokenRegistration _cancellation;
    private ITimer? _timer;
    private Action? _ended;
    private int _nodes = 1;
    private int _counted;
    private int _settled;
    private bool _isCutOff;
    private bool _wantsOne;

    protected Lock Gate { get; } = new();

    /// <summary>The number of known receivers; read under the gate, or after the end.</summary>
    protected int Expected { get; private set; }

    protected AckEnd End { get; private set; }

    /// <summary>
    /// Gets a value indicating whether the receivers are servers, whose number is known at once, and not clients, which their nodes have
    /// to count.
    /// </summary>
    public bool IsOfServers { get; init; }

    /// <summary>Gets a value indicating whether another node requested the acknowledgements.</summary>
    public virtual bool IsForwarded => false;

    /// <summary>The number of nodes that did not report their number of receivers; at least one if no other node can be reached.</summary>
    protected int MissingNodes
    {
        get
        {
            if (_wantsOne && _settled > 0) return 0;
            var missing = _nodes == Unknown ? 1 : Math.Max(0, _nodes - _counted);
            return _isCutOff ? Math.Max(1, missing) : missing;
        }
    }

    /// <summary>Gets a value indicating whether the other nodes cannot be reached.</summary>
    protected bool IsCutOff => _isCutOff;

    protected Task Ended => _end.Task;

    /// <summary>The token that cancels the wait.</summary>
    protected abstract CancellationToken CancellationToken { get; }

    /// <summary>Throws if a timeout is not positive or longer than one day.</summary>
    public static TimeSpan CheckTimeout(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, LongestTimeout);
        return timeout;
    }

    /// <summary>Sets the number of nodes that report their receivers to unknown: it is determined later.</summary>
    public void AwaitUnknownCounts()
    {
        lock (Gate) _nodes = Unknown;
    }

    /// <summary>Sets the number of nodes that report their number of receivers. Default: 1.</summary>
    public void AwaitCounts(int nodes)
    {
        lock (Gate) _nodes = nodes;
        EndIfSettled();
    }

    /// <summary>Records that the other nodes cannot be reached: they are not awaited, and the result is not complete.</summary>
    /// <param name="nodes">The number of nodes that are still awaited: 1 for this node, or 0.</param>
    public void CutOff(int nodes)
    {
        lock (Gate)
        {
            _nodes = nodes;
            _isCutOff = true;
        }

        EndIfSettled();
    }

    /// <summary>Ends the wait with the first acknowledgement, because there is a single receiver on an unknown node.</summary>
    public void AwaitOne()
    {
        lock (Gate) _wantsOne = true;
    }

    /// <summary>Adds the number of receivers that one node reports; reports beyond the number of nodes are ignored.</summary>
    public virtual void Count(int receivers)
    {
        lock (Gate)
        {
            if (_counted >= _nodes) return;
            _counted++;
            Expected += receivers;
        }

        EndIfSettled();
    }

    /// <summary>Adds the acknowledgement of one receiver, of which only the first argument is known.</summary>
    /// <param name="value">One MessagePack value, or empty for none; not kept.</param>
    public abstract void Receive(ReadOnlyMemory<byte> value);

    /// <summary>Adds the acknowledgement of one receiver with all its arguments.</summary>
    /// <param name="arguments">One MessagePack array; not kept.</param>
    public abstract void ReceiveAll(ReadOnlyMemory<byte> arguments);

    /// <summary>Counts receivers as lost: they were counted, but cannot acknowledge.</summary>
    public void Lose(int receivers = 1)
    {
        lock (Gate) _settled += receivers;
        EndIfSettled();
    }

    /// <summary>Counts a receiver as lost because of an exception, which becomes part of an incomplete result's exception.</summary>
    /// <param name="exception">The exception of the receiver.</param>
    public virtual void Fail(Exception exception) => Lose();

    /// <summary>Stops awaiting one counted receiver, because too many acknowledgements are pending.</summary>
    public virtual void GiveUpOne() => Lose();

    /// <summary>Starts the timeout, after the event has been sent.</summary>
    public void Start(TimeProvider time, TimeSpan? timeout)
    {
        lock (Gate)
        {
            if (End != AckEnd.None) return;
            _timer = time.CreateTimer(
                static self => ((AckCollector)self!).Finish(AckEnd.TimedOut), this, timeout ?? DefaultTimeout, Timeout.InfiniteTimeSpan);
        }

        // A token that is already canceled runs the callback inside this call.
        var registration = CancellationToken.UnsafeRegister(static self => ((AckCollector)self!).Finish(AckEnd.Canceled), this);
        lock (Gate)
        {
            if (End == AckEnd.None) _cancellation = registration;
            else registration.Unregister();
        }
    }

    /// <summary>Adds an action that runs when the wait ends, or at once if it has ended.</summary>
    public void OnEnded(Action forget)
    {
        lock (Gate)
        {
            if (End == AckEnd.None)
            {
                _ended += forget;
                return;
            }
        }

        forget();
    }

    /// <summary>Counts an acknowledgement, under the gate; returns false for one more than expected.</summary>
    protected bool TrySettle()
    {
        if (End != AckEnd.None || _settled >= MaxAcks || (_counted >= _nodes && _settled >= Expected)) return false;
        _settled++;
        return true;
    }

    /// <summary>Returns a task that completes at the next acknowledgement or at the end; called only under the gate.</summary>
    protected Task ChangedAsync() =>
        (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Notifies readers, and ends the wait if no acknowledgement is missing.</summary>
    protected void EndIfSettled()
    {
        bool isSettled;
        lock (Gate)
        {
            isSettled = (_counted >= _nodes || (_wantsOne && _settled > 0)) && _settled >= Expected;
            if (!isSettled) Wake();
        }

        if (isSettled) Finish(AckEnd.Settled);
    }

    /// <summary>Ends the wait because the emitter that sent the event was disposed: the result is not complete.</summary>
    public void Abandon()
    {
        lock (Gate) _isCutOff = true;
        Finish(AckEnd.Disposed);
    }

    /// <summary>Ends the wait.</summary>
    protected void Cancel() => Finish(AckEnd.Canceled);

    private void Finish(AckEnd how)
    {
        Action? ended;
        ITimer? timer;
        lock (Gate)
        {
            if (End != AckEnd.None) return;
            End = how;
            (ended, timer) = (_ended, _timer);
            (_ended, _timer) = (null, null);
            _cancellation.Unregister();
            Wake();
        }

        _end.TrySetResult();
        timer?.Dispose();
        ended?.Invoke();
    }

    private void Wake()
    {
        _changed?.TrySetResult();
        _changed = null;
    }
}
