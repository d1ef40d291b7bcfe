using System.Collections.Concurrent;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>The namespaces of this node, for requests of other nodes that concern all of them, and the bound of their work.</summary>
internal sealed class NodeNamespaces
{
    private readonly ConcurrentDictionary<LocalAdapter, bool> _all = new();

    /// <summary>The bound of the messages of other nodes that wait for work.</summary>
    public ByteBudget Work { get; } = new();

    /// <summary>The sockets of each namespace; a copy, in no particular order.</summary>
    public IEnumerable<LocalAdapter> All => _all.Keys;

    public void Add(LocalAdapter started) => _all.TryAdd(started, true);

    public void Remove(LocalAdapter ended) => _all.TryRemove(ended, out _);
}
