using System.Collections.Immutable;

namespace TypedSocketRedis.Redis;

/// <summary>The sets of subscriptions of a bus. Those of one name follow each other.</summary>
internal sealed class BusSets
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, BusSubscription> _last = new(StringComparer.Ordinal);
    private volatile ImmutableList<BusSubscription> _all = [];

    /// <summary>The sets that have not begun to end.</summary>
    public ImmutableList<BusSubscription> All => _all;

    /// <summary>Adds a set.</summary>
    /// <returns>A task that completes when the previous set of its name has ended.</returns>
    public Task Add(BusSubscription set)
    {
        _ = RemoveAsync(set);
        lock (_gate)
        {
            var before = _last.GetValueOrDefault(set.Name);
            (_all, _last[set.Name]) = (_all.Add(set), set);
            return before?.Ended ?? Task.CompletedTask;
        }
    }

    /// <summary>Ends all sets.</summary>
    public Task EndAsync()
    {
        BusSubscription[] last;
        lock (_gate) last = [.. _last.Values];
        return Task.WhenAll(last.Select(one => one.DisposeAsync().AsTask()));
    }

    private async Task RemoveAsync(BusSubscription set)
    {
        await set.Ending.ConfigureAwait(false);
        lock (_gate) _all = _all.Remove(set);
        await set.Ended.ConfigureAwait(false);
        lock (_gate)
        {
            if (_last.GetValueOrDefault(set.Name) == set) _last.Remove(set.Name);
        }
    }
}
