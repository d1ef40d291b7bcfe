using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace TypedSocketRedis.Redis;

/// <summary>The sets of subscriptions of a bus. Those of one name follow each other.</summary>
internal sealed class BusSets
{
    private readonly ConcurrentDictionary<string, BusSubscription> _last = new(StringComparer.Ordinal);
    private ImmutableList<BusSubscription> _all = [];

    /// <summary>The sets that have not begun to end.</summary>
    public ImmutableList<BusSubscription> All => _all;

    /// <summary>Adds a set and starts it when the previous one of its name has ended.</summary>
    /// <param name="set">The set.</param>
    /// <param name="started">Called between the two steps.</param>
    public void Add(BusSubscription set, Action started)
    {
        ImmutableInterlocked.Update(ref _all, static (all, one) => all.Add(one), set);
        started();
        var before = Task.CompletedTask;
        _last.AddOrUpdate(
            set.Name,
            static (_, added) => added,
            (_, known, added) =>
            {
                before = known.Ended;
                return added;
            },
            set);
        _ = ForgetAsync(set);
        set.Start(before);
    }

    /// <summary>Ends all sets.</summary>
    public Task EndAsync() => Task.WhenAll(_last.Values.Select(one => one.DisposeAsync().AsTask()));

    private async Task ForgetAsync(BusSubscription set)
    {
        await set.Ending.ConfigureAwait(false);
        ImmutableInterlocked.Update(ref _all, static (all, one) => all.Remove(one), set);
        await set.Ended.ConfigureAwait(false);
        _last.TryRemove(KeyValuePair.Create(set.Name, set));
    }
}
