using System.Collections;
using System.Diagnostics;
using TypedSocketRedis.Tests.Harness;

namespace TypedSocketRedis.Tests.Telemetry;

/// <summary>The ended spans that the in-memory exporter of OpenTelemetry collects.</summary>
internal sealed class Spans : ICollection<Activity>
{
    private readonly List<Activity> _ended = [];

    public int Count
    {
        get { lock (_ended) return _ended.Count; }
    }

    public bool IsReadOnly => false;

    /// <summary>Waits until a number of spans of an operation have ended, and returns them.</summary>
    public async Task<IReadOnlyList<Activity>> OfAsync(string operation, int count = 1)
    {
        var patience = TestServer.Patience;
        while (true)
        {
            var found = this.Where(span => span.DisplayName == operation).ToList();
            if (found.Count >= count) return found;
            patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public void Add(Activity item)
    {
        lock (_ended) _ended.Add(item);
    }

    public void Clear()
    {
        lock (_ended) _ended.Clear();
    }

    public bool Contains(Activity item) => this.Any(one => ReferenceEquals(one, item));

    public void CopyTo(Activity[] array, int arrayIndex)
    {
        lock (_ended) _ended.CopyTo(array, arrayIndex);
    }

    public bool Remove(Activity item)
    {
        lock (_ended) return _ended.Remove(item);
    }

    public IEnumerator<Activity> GetEnumerator()
    {
        lock (_ended) return _ended.ToList().GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
