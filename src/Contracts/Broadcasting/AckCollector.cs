namespace TypedSocketRedis.Broadcasting;

/// <summary>How a wait for acknowledgements ended.</summary>
internal enum AckEnd
{
    None,

    /// <summary>Every receiver has answered or is gone.</summary>
    Settled,

    TimedOut,

    Cancelled,
}

/// <summary>Gathers the acknowledgements of one event: how many are expected, which came, when the wait ends.</summary>
/// <remarks>
/// Whoever sends the event tells here, from any thread and in any order, how many receivers there are and what they answer;
/// answers may come before the counts do. It ends once; what comes later is passed over.
/// </remarks>
internal abstract class AckCollector
{
    /// <summary>How long is waited unless <c>WithTimeout</c> says otherwise.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    // Before the counts are known nothing else bounds what a misbehaving node could send.
    private const int MaxAnswers = 1 << 20;

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

    /// <summary>How many receivers are known of; read under the gate, or after the end.</summary>
    protected int Expected { get; private set; }

    protected AckEnd End { get; private set; }

    /// <summary>Whether the receivers are servers, whose number is known at once, and not clients of nodes that have to count them.</summary>
    public bool IsOfServers { get; init; }

    /// <summary>Whether another node requested the acknowledgements.</summary>
    public virtual bool IsForwarded => false;

    /// <summary>How many nodes did not tell how many receivers they have; at least one when nobody could be asked.</summary>
    protected int MissingNodes
    {
        get
        {
            if (_wantsOne && _settled > 0) return 0;
            var missing = _nodes == Unknown ? 1 : Math.Max(0, _nodes - _counted);
            return _isCutOff ? Math.Max(1, missing) : missing;
        }
    }

    /// <summary>Whether the other nodes could not be asked.</summary>
    protected bool IsCutOff => _isCutOff;

    protected Task Ended => _end.Task;

    /// <summary>Ends the wait.</summary>
    protected abstract CancellationToken CancellationToken { get; }

    /// <summary>Refuses a time that no timer could keep.</summary>
    public static TimeSpan CheckTimeout(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, LongestTimeout);
        return timeout;
    }

    /// <summary>Says that other nodes are asked too, and that it is not known yet how many there are.</summary>
    public void AwaitUnknownCounts()
    {
        lock (Gate) _nodes = Unknown;
    }

    /// <summary>Says how many nodes are going to tell their number of receivers; one unless this is called.</summary>
    public void AwaitCounts(int nodes)
    {
        lock (Gate) _nodes = nodes;
        EndIfSettled();
    }

    /// <summary>Says that the other nodes cannot be asked: they are not awaited, and the result is not complete.</summary>
    /// <param name="nodes">How many nodes are awaited still: this one, or none.</param>
    public void CutOff(int nodes)
    {
        lock (Gate)
        {
            _nodes = nodes;
            _isCutOff = true;
        }

        EndIfSettled();
    }

    /// <summary>Says that there is one receiver, on whichever node: with its answer the wait ends.</summary>
    public void AwaitOne()
    {
        lock (Gate) _wantsOne = true;
    }

    /// <summary>One node says how many receivers it has; one too many is passed over.</summary>
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

    /// <summary>One receiver acknowledged; of its arguments the first is known.</summary>
    /// <param name="value">One MessagePack value, empty when there is none; not kept.</param>
    public abstract void Answer(ReadOnlyMemory<byte> value);

    /// <summary>One receiver acknowledged; all its arguments are known.</summary>
    /// <param name="arguments">One MessagePack array; not kept.</param>
    public abstract void AnswerAll(ReadOnlyMemory<byte> arguments);

    /// <summary>Receivers that were counted are not going to answer.</summary>
    public void Lose(int receivers = 1)
    {
        lock (Gate) _settled += receivers;
        EndIfSettled();
    }

    /// <summary>Counts a receiver as lost because of an exception, which becomes part of an incomplete result's exception.</summary>
    /// <param name="exception">The exception of the receiver.</param>
    public virtual void Fail(Exception exception) => Lose();

    /// <summary>One receiver that was counted is not awaited any longer, because too many acknowledgements are.</summary>
    public virtual void GiveUpOne() => Lose();

    /// <summary>Starts the clock, once the event is on its way.</summary>
    public void Start(TimeProvider time, TimeSpan? timeout)
    {
        lock (Gate)
        {
            if (End != AckEnd.None) return;
            _timer = time.CreateTimer(
                static self => ((AckCollector)self!).Finish(AckEnd.TimedOut), this, timeout ?? DefaultTimeout, Timeout.InfiniteTimeSpan);
        }

        // A token that is cancelled already calls back from here.
        var registration = CancellationToken.UnsafeRegister(static self => ((AckCollector)self!).Finish(AckEnd.Cancelled), this);
        lock (Gate)
        {
            if (End == AckEnd.None) _cancellation = registration;
            else registration.Unregister();
        }
    }

    /// <summary>Adds what is to be forgotten when the wait ends; done at once when it has.</summary>
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

    /// <summary>Counts an answer, under the gate; false when it is one too many.</summary>
    protected bool TrySettle()
    {
        if (End != AckEnd.None || _settled >= MaxAnswers || (_counted >= _nodes && _settled >= Expected)) return false;
        _settled++;
        return true;
    }

    /// <summary>Completes at the next answer or at the end; only under the gate.</summary>
    protected Task ChangedAsync() =>
        (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Wakes those who wait and ends when nothing is missing any more.</summary>
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

    /// <summary>Ends the wait.</summary>
    protected void Cancel() => Finish(AckEnd.Cancelled);

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
