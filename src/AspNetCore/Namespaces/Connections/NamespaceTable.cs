using System.Collections.Concurrent;
using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>The namespaces of a server: those the application named, and those created for clients.</summary>
/// <param name="server">The server that owns the namespaces.</param>
/// <param name="adapters">The factory of their adapters.</param>
internal sealed class NamespaceTable(ServerContext server, ISocketAdapterFactory adapters) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SocketNamespace> _known = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private ImmutableArray<DynamicNamespaces> _dynamic = [];
    private readonly EmptyNamespaces _empty = new();
    private readonly HashSet<Task> _endings = [];
    private int _children;

    /// <summary>The bound of the recovery data of all namespaces.</summary>
    public RecoveryBudget RecoveryBudget { get; } = new(server.Options.ConnectionStateRecovery?.MaxBytes ?? 0);

    /// <summary>Returns a value indicating whether a namespace of a name can exist.</summary>
    public bool MayHave(string path) => !_dynamic.IsEmpty || _known.ContainsKey(path);

    public DynamicNamespaces Add(DynamicNamespaces added)
    {
        ImmutableInterlocked.Update(ref _dynamic, static (all, one) => all.Add(one), added);
        return added;
    }

    /// <summary>Returns the namespace of a name for the application and creates it if necessary.</summary>
    public SocketNamespace Of(string path)
    {
        if (_known.TryGetValue(path, out var known) && (known.Parent is null || known.IsNamed)) return known;
        var parent = _dynamic.FirstOrDefault(parent => parent.HasPattern(path));
        lock (_gate)
        {
            if (!_known.TryGetValue(path, out known)) known = Make(path, parent);
            known.IsNamed = true;
            return known;
        }
    }

    /// <summary>Finds the namespace a client wants to join, held for it until <see cref="NamespaceHolders.Release"/>.</summary>
    /// <exception cref="Exception">A predicate of the application threw.</exception>
    public async ValueTask<NamespaceSearch> FindAsync(ServerSocket socket)
    {
        var path = socket.Path;
        if (_known.TryGetValue(path, out var known) && known.Parent?.DecidesPerClient != true && known.Holders.TryHold())
            return new NamespaceSearch(known);
        foreach (var parent in _dynamic)
        {
            if (await parent.AdmitsAsync(socket).ConfigureAwait(false)) return Hold(path, parent);
        }

        return default;
    }

    /// <summary>
    /// Ends a child without holders, either now or when another child needs its place. A client that names it afterwards gets a new one.
    /// </summary>
    public void Emptied(SocketNamespace child)
    {
        lock (_gate)
        {
            if (!child.EndsWhenEmpty) _empty.Add(child);
            if (!child.EndsWhenEmpty || !child.Holders.TryClose()) return;
            Forget(child);
        }

        _ = EndAsync(child);
    }

    /// <summary>Ends every namespace, and waits for those that were already ending.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] endings;
        lock (_gate) endings = [.. _endings];
        await Task.WhenAll([.. endings, .. _known.Values.Select(DisposeAsync)]).ConfigureAwait(false);
    }

    private async Task EndAsync(SocketNamespace child)
    {
        var ending = DisposeAsync(child);
        lock (_gate) _endings.Add(ending);
        await ending.ConfigureAwait(false);
        lock (_gate) _endings.Remove(ending);
    }

    private async Task DisposeAsync(SocketNamespace ended)
    {
        try
        {
            await ended.Adapter.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Clients can end dynamic namespaces as often as they like.
            if (server.LogGate.TryEnter($"adapter {exception.GetType()}"))
                SocketIOLog.AdapterFailed(server.Logger, ended.Path, exception);
        }
    }

    private NamespaceSearch Hold(string path, DynamicNamespaces parent)
    {
        SocketNamespace? replaced = null;
        try
        {
            lock (_gate)
            {
                if (!_known.TryGetValue(path, out var found))
                {
                    if (_children >= server.Options.MaxDynamicNamespaces)
                    {
                        replaced = _empty.TakeOldest();
                        if (replaced is null) return new NamespaceSearch(null, IsFull: true);
                        Forget(replaced);
                    }

                    found = Make(path, parent);
                }

                // A registered namespace cannot be closed while the gate is held.
                found.Holders.TryHold();
                return new NamespaceSearch(found);
            }
        }
        finally
        {
            if (replaced is not null) _ = EndAsync(replaced);
        }
    }

    private void Forget(SocketNamespace closed)
    {
        _known.TryRemove(KeyValuePair.Create(closed.Path, closed));
        _children--;
        closed.Parent?.Remove(closed);
    }

    private SocketNamespace Make(string path, DynamicNamespaces? parent)
    {
        var adapter = adapters.Create(path, server.Packets);
        var made = server.Options.ConnectionStateRecovery is { } recovery
            ? MakeRecovering(path, adapter, parent, recovery)
            : new SocketNamespace(path, server, adapter, parent, Emptied);
        _known[path] = made;
        if (parent is null) return made;
        adapter.PauseWhenEmpty();
        _children++;
        parent.Add(made);
        return made;
    }

    private SocketNamespace MakeRecovering(
        string path, ISocketAdapter adapter, DynamicNamespaces? parent, ConnectionStateRecoveryOptions options)
    {
        var local = adapter as LocalAdapter ?? throw new InvalidOperationException(
            $"{nameof(SocketIOOptions)}.{nameof(SocketIOOptions.ConnectionStateRecovery)} "
            + "requires the in-memory adapter: leave it null, or add no other adapter.");
        var recovery = new SessionRecovery(path, server, options, RecoveryBudget);
        return new SocketNamespace(path, server, new RecoveringAdapter(local, recovery), parent, Emptied) { Recovery = recovery };
    }
}

/// <summary>The result of the search for a namespace.</summary>
/// <param name="Namespace">The namespace, or null if none has that name.</param>
/// <param name="IsFull">True if a namespace could not be created because too many exist.</param>
internal readonly record struct NamespaceSearch(SocketNamespace? Namespace, bool IsFull = false);
