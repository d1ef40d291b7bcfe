using System.Collections.Concurrent;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>The namespaces of this node, for requests of other nodes that concern all of them.</summary>
internal sealed class NodeNamespaces
{
    private readonly ConcurrentDictionary<LocalAdapter, bool> _all = new();

    /// <summary>The sockets of each namespace; a copy, in no particular order.</summary>
    public IEnumerable<LocalAdapter> All => _all.Keys;

    public void Add(LocalAdapter started) => _all.TryAdd(started, true);

    public void Remove(LocalAdapter ended) => _all.TryRemove(ended, out _);
}
