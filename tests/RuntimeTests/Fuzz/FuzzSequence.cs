namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>The expected numbers of the valid events of a receiver, each once and in order.</summary>
/// <param name="report">The report of unexpected events.</param>
/// <param name="receiver">The name of the receiver in reports.</param>
internal sealed class FuzzSequence(FuzzReport report, string receiver)
{
    private readonly Lock _gate = new();
    private readonly Queue<int> _next = new();

    /// <summary>Gets the number of expected events.</summary>
    public int Missing
    {
        get { lock (_gate) return _next.Count; }
    }

    public void Expect(int number)
    {
        lock (_gate) _next.Enqueue(number);
    }

    /// <exception cref="InvalidOperationException">The number is <see cref="FuzzNeighbor.Thrown"/>.</exception>
    public void Receive(int number)
    {
        if (number == FuzzNeighbor.Thrown) throw new InvalidOperationException("Thrown as if a parser had done it.");
        lock (_gate)
        {
            if (_next.TryPeek(out var next) && next == number)
            {
                _next.Dequeue();
                report.AddOrdered();
            }
            else
            {
                report.Fault($"{receiver} received valid event {number} instead of {(_next.Count > 0 ? next : "none")}.");
            }
        }
    }

    /// <summary>Reports the missing events and clears the expected ones.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_next.Count > 0) report.Fault($"{receiver} did not receive {_next.Count} valid events, the first of them {_next.Peek()}.");
            _next.Clear();
        }
    }
}
