using System.Globalization;
using System.Text;

namespace TypedSocketRedis.Tests.Fuzz;

/// <summary>What came of a run.</summary>
internal sealed class FuzzReport
{
    private const int MaxFaults = 20;

    private readonly Lock _gate = new();
    private readonly List<string> _faults = [];
    private readonly SortedDictionary<string, long> _causes = new(StringComparer.Ordinal);
    private long _published;
    private long _ordered;

    /// <summary>How many messages there were of each kind.</summary>
    public SortedDictionary<FuzzKind, long> Kinds { get; } = [];

    /// <summary>How they were made.</summary>
    public SortedDictionary<FuzzChange, long> Changes { get; } = [];

    /// <summary>Valid events between them.</summary>
    public long Valid { get; set; }

    /// <summary>How often one of them came to somebody it was for, in its place.</summary>
    public long Ordered => Interlocked.Read(ref _ordered);

    /// <summary>How often the sockets of another node were fetched between them.</summary>
    public long Fetched { get; set; }

    /// <summary>Broken events that clients received, all well-formed.</summary>
    public long Delivered { get; set; }

    /// <summary>Packets of clients that were whole.</summary>
    public long Packets { get; set; }

    /// <summary>What was published, answers above all.</summary>
    public long Published => Interlocked.Read(ref _published);

    /// <summary>The most that handling one message has taken on the thread that reads, in bytes beyond 64 for each of its own.</summary>
    public long MostAllocated { get; set; }

    /// <summary>What is left on the heap after the first and after the last round, in bytes.</summary>
    public (long First, long Last) Heap { get; set; }

    /// <summary>What never should have been; the first of them.</summary>
    public IReadOnlyList<string> Faults
    {
        get { lock (_gate) return [.. _faults]; }
    }

    /// <summary>Why messages were dropped; a copy.</summary>
    public IReadOnlyDictionary<string, long> Causes
    {
        get { lock (_gate) return new SortedDictionary<string, long>(_causes, StringComparer.Ordinal); }
    }

    public void Fault(string what)
    {
        lock (_gate)
        {
            if (_faults.Count < MaxFaults) _faults.Add(what);
        }
    }

    public void Dropped(string cause)
    {
        lock (_gate) _causes[cause] = _causes.GetValueOrDefault(cause) + 1;
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
        text.AppendLine(CultureInfo.InvariantCulture, $"messages: {Kinds.Values.Sum():#,0} ({string.Join(", ", Kinds.Select(one => Count(one.Key.ToString(), one.Value)))})");
        text.AppendLine(CultureInfo.InvariantCulture, $"made by: {string.Join(", ", Changes.Select(one => Count(one.Key.ToString(), one.Value)))}");
        text.AppendLine(CultureInfo.InvariantCulture, $"dropped: {string.Join(", ", Causes.OrderByDescending(one => one.Value).Select(one => Count(one.Key, one.Value)))}");
        text.AppendLine(CultureInfo.InvariantCulture, $"handed to clients, all well-formed: {Delivered:#,0}; whole packets of clients: {Packets:#,0}; published: {Published:#,0}; valid events between them: {Valid:#,0}, which came in order {Ordered:#,0} times; sockets of another node fetched: {Fetched:#,0}");
        text.AppendLine(CultureInfo.InvariantCulture, $"most memory for one message beyond 64 times its size: {MostAllocated:#,0} bytes; heap after the first round {Heap.First / 1024:#,0} KiB, after the last {Heap.Last / 1024:#,0} KiB");
        text.Append(CultureInfo.InvariantCulture, $"exceptions and other faults: {Faults.Count}");
        foreach (var fault in Faults) text.AppendLine().Append("  ").Append(fault);
        return text.ToString();
    }

    private static string Count(string name, long count) => string.Create(CultureInfo.InvariantCulture, $"{name} {count:#,0}");
}
