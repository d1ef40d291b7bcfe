using System.Globalization;
using System.Text;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>The results of a run.</summary>
internal sealed class FuzzReport
{
    private const int MaxFaults = 20;

    private readonly Lock _gate = new();
    private readonly List<string> _faults = [];
    private readonly SortedDictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private long _published;
    private long _ordered;

    /// <summary>Gets the number of messages of each kind.</summary>
    public SortedDictionary<FuzzKind, long> Kinds { get; } = [];

    /// <summary>Gets the number of messages with each change.</summary>
    public SortedDictionary<FuzzChange, long> Changes { get; } = [];

    /// <summary>Gets or sets the number of valid events between the malformed messages.</summary>
    public long Valid { get; set; }

    /// <summary>Gets the number of valid events that a receiver got in order.</summary>
    public long Ordered => Interlocked.Read(ref _ordered);

    /// <summary>Gets or sets the number of fetches of the sockets of another node.</summary>
    public long Fetched { get; set; }

    /// <summary>Gets or sets the number of well-formed events from malformed messages that clients received.</summary>
    public long Delivered { get; set; }

    /// <summary>Gets or sets the number of complete packets of clients.</summary>
    public long Packets { get; set; }

    /// <summary>Gets the number of published messages, mostly responses.</summary>
    public long Published => Interlocked.Read(ref _published);

    /// <summary>Gets or sets the maximum allocation for one message on the reading thread, in bytes beyond 64 times its size.</summary>
    public long MostAllocated { get; set; }

    /// <summary>Gets or sets the size of the heap after the first and after the last round, in bytes.</summary>
    public (long First, long Last) Heap { get; set; }

    /// <summary>Gets a copy of the first faults.</summary>
    public IReadOnlyList<string> Faults
    {
        get { lock (_gate) return [.. _faults]; }
    }

    /// <summary>Gets a copy of the number of dropped messages per reason.</summary>
    public IReadOnlyDictionary<string, long> Reasons
    {
        get { lock (_gate) return new SortedDictionary<string, long>(_reasons, StringComparer.Ordinal); }
    }

    public void Fault(string description)
    {
        lock (_gate)
        {
            if (_faults.Count < MaxFaults) _faults.Add(description);
        }
    }

    public void Dropped(string reason)
    {
        lock (_gate) _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
    }

    public void AddPublished() => Interlocked.Increment(ref _published);

    public void AddOrdered() => Interlocked.Increment(ref _ordered);

    public void Sent(FuzzKind kind, FuzzChange change)
    {
        Kinds[kind] = Kinds.GetValueOrDefault(kind) + 1;
        Changes[change] = Changes.GetValueOrDefault(change) + 1;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        var kinds = string.Join(", ", Kinds.Select(one => Count(one.Key.ToString(), one.Value)));
        var changes = string.Join(", ", Changes.Select(one => Count(one.Key.ToString(), one.Value)));
        var reasons = string.Join(", ", Reasons.OrderByDescending(one => one.Value).Select(one => Count(one.Key, one.Value)));
        var (first, last) = (Heap.First / 1024, Heap.Last / 1024);
        text.AppendLine(CultureInfo.InvariantCulture, $"messages: {Kinds.Values.Sum():#,0} ({kinds})");
        text.AppendLine(CultureInfo.InvariantCulture, $"changes: {changes}");
        text.AppendLine(CultureInfo.InvariantCulture, $"dropped: {reasons}");
        text.AppendLine(CultureInfo.InvariantCulture, $"well-formed events delivered to clients: {Delivered:#,0}");
        text.AppendLine(CultureInfo.InvariantCulture, $"complete packets of clients: {Packets:#,0}");
        text.AppendLine(CultureInfo.InvariantCulture, $"published: {Published:#,0}; fetches of sockets of another node: {Fetched:#,0}");
        text.AppendLine(CultureInfo.InvariantCulture, $"valid events between them: {Valid:#,0}, received in order {Ordered:#,0} times");
        text.AppendLine(CultureInfo.InvariantCulture, $"maximum allocation beyond 64 times the message size: {MostAllocated:#,0} bytes");
        text.AppendLine(CultureInfo.InvariantCulture, $"heap after the first round: {first:#,0} KiB; after the last round: {last:#,0} KiB");
        text.Append(CultureInfo.InvariantCulture, $"exceptions and other faults: {Faults.Count}");
        foreach (var fault in Faults) text.AppendLine().Append("  ").Append(fault);
        return text.ToString();
    }

    private static string Count(string name, long count) => string.Create(CultureInfo.InvariantCulture, $"{name} {count:#,0}");
}
