namespace TypedSocketRedis.Broadcasting;

/// <summary>Limits the log entries of one fault, and reports the number of those that were left out.</summary>
/// <remarks>A fault is one type of exception in one place. Each occurrence is logged, unless the fault floods the log.</remarks>
/// <param name="time">The clock.</param>
internal sealed class FaultGate(TimeProvider time)
{
    /// <summary>The maximum number of entries of one fault in a minute.</summary>
    public const int MaxPerMinute = 5;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // As for LogGate: faults are named by this project and the application.
    private const int MaxFaults = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Fault> _faults = new(StringComparer.Ordinal);

    /// <summary>Returns true if an occurrence of a fault can be logged; otherwise it is counted.</summary>
    /// <param name="name">The stable name of the fault.</param>
    /// <param name="report">Logs the number of occurrences that were left out, at the end of the minute.</param>
    public bool TryEnter(string name, Action<long> report)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_faults.TryGetValue(name, out var fault))
            {
                if (fault.IsOver(time, now)) fault.Restart(now);
            }
            else
            {
                if (_faults.Count >= MaxFaults && !ForgetOld(now)) return false;
                _faults.Add(name, fault = new Fault());
                fault.Restart(now);
            }

            if (fault.TryLog()) return true;
            if (fault.LeaveOut()) Schedule(fault, time.GetElapsedTime(fault.Since, now), report);
            return false;
        }
    }

    // The entry is not written in the context of the first occurrence, whose log scope and span it would have.
    private void Schedule(Fault fault, TimeSpan elapsed, Action<long> report)
    {
        var isSuppressed = ExecutionContext.IsFlowSuppressed();
        if (!isSuppressed) ExecutionContext.SuppressFlow();
        try
        {
            fault.Timer = time.CreateTimer(_ => Report(fault, report), null, Interval - elapsed, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            if (!isSuppressed) ExecutionContext.RestoreFlow();
        }
    }

    private void Report(Fault fault, Action<long> report)
    {
        long count;
        lock (_gate)
        {
            count = fault.LeftOut;
            fault.Timer?.Dispose();
            fault.Timer = null;
            fault.Restart(time.GetTimestamp());
        }

        report(count);
    }

    private bool ForgetOld(long now)
    {
        foreach (var (name, fault) in _faults)
        {
            if (fault.IsOver(time, now)) _faults.Remove(name);
        }

        return _faults.Count < MaxFaults;
    }

    /// <summary>The occurrences of one fault in the current minute; guarded by the lock of the gate.</summary>
    private sealed class Fault
    {
        private int _logged;

        public long Since { get; private set; }

        public long LeftOut { get; private set; }

        public ITimer? Timer { get; set; }

        /// <summary>Returns <c>true</c> if the minute has passed and nothing is to be reported about it.</summary>
        public bool IsOver(TimeProvider time, long now) => LeftOut == 0 && time.GetElapsedTime(Since, now) >= Interval;

        public void Restart(long now) => (Since, _logged, LeftOut) = (now, 0, 0);

        public bool TryLog()
        {
            if (_logged >= MaxPerMinute) return false;
            _logged++;
            return true;
        }

        /// <summary>Counts an occurrence that is not logged; returns <c>true</c> for the first one.</summary>
        public bool LeaveOut() => ++LeftOut == 1;
    }
}
