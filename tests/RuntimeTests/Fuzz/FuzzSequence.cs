namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>The numbers of the valid events that somebody has to get: each once, and in this order.</summary>
/// <param name="report">Told what is not so.</param>
/// <param name="who">Who gets them.</param>
internal sealed class FuzzSequence(FuzzReport report, string who)
{
    private readonly Lock _gate = new();
    private readonly Queue<int> _next = new();

    /// <summary>How many are still to come.</summary>
    public int Missing
    {
        get { lock (_gate) return _next.Count; }
    }

    public void Expect(int number)
    {
        lock (_gate) _next.Enqueue(number);
    }

    /// <exception cref="InvalidOperationException">The number is the one to throw for.</exception>
    public void Come(int number)
    {
        if (number == FuzzNeighbour.Thrown) throw new InvalidOperationException("Thrown as if a parser had done it.");
        lock (_gate)
        {
            if (_next.TryPeek(out var next) && next == number)
            {
                _next.Dequeue();
                report.AddOrdered();
            }
            else
            {
                report.Fault($"{who} got valid event {number} where {(_next.Count > 0 ? next : "none")} was next.");
            }
        }
    }

    /// <summary>Reports those that did not come, and waits for them no longer.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_next.Count > 0) report.Fault($"{who} did not get {_next.Count} valid events, the first of them {_next.Peek()}.");
            _next.Clear();
        }
    }
}
