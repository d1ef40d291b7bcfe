using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;

namespace TypedSocketRedis.Namespaces;

/// <summary>The namespaces of a server: those the application named, and those created for clients.</summary>
/// <param name="server">The settings and services of the server.</param>
/// <param name="adapters">The factory of their adapters.</param>
internal sealed class NamespaceTable(ServerContext server, INamespaceAdapterFactory adapters) : IAsyncDisposable, IEmitterSource
{
    private readonly ConcurrentDictionary<string, KnownNamespace> _known = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private ImmutableArray<DynamicNamespaces> _dynamic = [];
    private readonly EmptyNamespaces _empty = new();
    private readonly HashSet<Task> _endings = [];
    private readonly HandlerList<NotificationQueue<SocketNamespace>> _createdHandlers = new();
    private int _children;

    /// <summary>Gets or sets the handler classes of the server, before the first namespace is created; null for none.</summary>
    public HandlerTable? Classes { get; set; }

    /// <summary>The bound of the recovery data of all namespaces.</summary>
    public RecoveryBudget RecoveryBudget { get; } = new(server.Options.ConnectionStateRecovery?.MaxBytes ?? 0);

    public IBroadcastSink SinkOf(string path) => Of(path).Adapter;

    /// <summary>The namespaces of this node; a copy, in no particular order.</summary>
    public IReadOnlyCollection<SocketNamespace> All =>
        [.. _known.Values.Where(static known => known.Created.IsCompletedSuccessfully).Select(static known => known.Created.Result)];

    /// <summary>The handlers of the namespaces that the application has named, each with the name or pattern.</summary>
    public IEnumerable<(string Name, NamespaceHandlers Handlers)> Handlers =>
    [
        .. _known.Values.Where(static known => known is { IsNamed: true, Created.IsCompletedSuccessfully: true })
            .Select(static known => (known.Path, known.Created.Result.Handlers)),
        .. _dynamic.Select(static group => (group.Key, group.Handlers)),
    ];

    /// <summary>Returns a value indicating whether a namespace of a name can exist.</summary>
    public bool MayHave(string path) => !_dynamic.IsEmpty || _known.ContainsKey(path);

    public DynamicNamespaces Add(DynamicNamespaces added)
    {
        ImmutableInterlocked.Update(ref _dynamic, static (all, one) => all.Add(one), added);
        return added;
    }

    /// <summary>Adds a handler of created namespaces, with a queue of its own.</summary>
    public Registration AddCreatedHandler(Func<ISocketNamespace<AnyEvents>, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var notifications = server.Notifications;
        var queue = new NotificationQueue<SocketNamespace>(
            created => notifications.RunAsync(
                created.Place, nameof(SocketIOServer.OnNamespaceCreated), () => handler(created.For<AnyEvents>())),
            dropped => notifications.Overflowed(null, dropped)).Start();
        var registration = _createdHandlers.Add(queue);
        return new Registration(() =>
        {
            registration.Dispose();
            queue.End();
        });
    }

    /// <summary>Returns the namespace of a name for the application and creates it if necessary.</summary>
    public SocketNamespace Of(string path)
    {
        if (_known.TryGetValue(path, out var known) && known.IsNamed) return known.Created.GetAwaiter().GetResult();
        var parent = _dynamic.FirstOrDefault(parent => parent.HasPattern(path));
        bool isNew;
        lock (_gate)
        {
            isNew = !_known.TryGetValue(path, out known);
            known ??= Add(path, parent);
            known.IsNamed = true;
        }

        return isNew ? Create(known, isHeld: false) : known.Created.GetAwaiter().GetResult();
    }

    /// <summary>Finds the namespace a client wants to join, held for it until <see cref="NamespaceHolders.Release"/>.</summary>
    /// <exception cref="Exception">A predicate of the application threw, or the adapter could not be created.</exception>
    public async ValueTask<NamespaceSearch> FindAsync(ServerSocket socket)
    {
        var path = socket.Path;
        if (_known.TryGetValue(path, out var known) && known.Parent?.DecidesPerClient != true)
        {
            var found = await known.Created.ConfigureAwait(false);
            if (found.Holders.TryHold()) return new NamespaceSearch(found);
        }

        foreach (var parent in _dynamic)
        {
            if (await parent.AdmitsAsync(socket).ConfigureAwait(false)) return await HoldAsync(path, parent).ConfigureAwait(false);
        }

        return default;
    }

    /// <summary>Ends every namespace, and waits for those that were already ending.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] endings;
        lock (_gate) endings = [.. _endings];
        await Task.WhenAll([.. endings, .. _known.Values.Select(DisposeAsync)]).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends a child without holders, either now or when another child needs its place. A client that names it afterwards gets a new one.
    /// </summary>
    /// <remarks>
    /// A child that has never admitted a client ends in any case, because refused clients must not use up the places for namespaces.
    /// </remarks>
    private void Emptied(KnownNamespace child)
    {
        lock (_gate)
        {
            var ends = server.Options.CleanupEmptyChildNamespaces || !(child.HasAdmitted || child.IsNamed);
            if (!ends) _empty.Add(child);
            if (!ends || !child.TryClose()) return;
            Forget(child);
        }

        _ = EndAsync(child);
    }

    private async Task EndAsync(KnownNamespace child)
    {
        child.Leave();
        var ending = DisposeAsync(child);
        lock (_gate) _endings.Add(ending);
        await ending.ConfigureAwait(false);
        lock (_gate) _endings.Remove(ending);
    }

    private async Task DisposeAsync(KnownNamespace ended)
    {
        try
        {
            var created = await ended.Created.ConfigureAwait(false);
            await created.Adapter.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Clients can end dynamic namespaces as often as they like.
            if (server.LogGate.TryEnter($"adapter {exception.GetType()}"))
                SocketIOLog.AdapterDisposeFailed(server.Logger, ended.Path, exception);
        }
    }

    private async ValueTask<NamespaceSearch> HoldAsync(string path, DynamicNamespaces parent)
    {
        while (true)
        {
            KnownNamespace? known;
            KnownNamespace? replaced = null;
            bool isNew;
            lock (_gate)
            {
                isNew = !_known.TryGetValue(path, out known);
                if (isNew && (_children < server.Options.MaxDynamicNamespaces || TryReplace(out replaced))) known = Add(path, parent);
            }

            if (replaced is not null) _ = EndAsync(replaced);
            if (known is null) return new NamespaceSearch(null, IsFull: true);
            if (isNew) return new NamespaceSearch(Create(known, isHeld: true));

            // It may have ended since it was found.
            var found = await known.Created.ConfigureAwait(false);
            if (found.Holders.TryHold()) return new NamespaceSearch(found);
        }
    }

    // Called under the lock.
    private KnownNamespace Add(string path, DynamicNamespaces? parent)
    {
        var added = new KnownNamespace(path, parent);
        _known[path] = added;
        if (parent is not null) _children++;
        return added;
    }

    // Called under the lock.
    private bool TryReplace([NotNullWhen(true)] out KnownNamespace? replaced)
    {
        replaced = _empty.TakeOldest();
        if (replaced is not null) Forget(replaced);
        return replaced is not null;
    }

    // Called under the lock.
    private void Forget(KnownNamespace closed)
    {
        _known.TryRemove(KeyValuePair.Create(closed.Path, closed));
        if (closed.Parent is not null) _children--;
    }

    /// <summary>Creates a namespace outside the lock: the factory of the adapters belongs to another layer.</summary>
    private SocketNamespace Create(KnownNamespace known, bool isHeld)
    {
        try
        {
            var created = Make(known);
            if (isHeld) created.Holders.TryHold();
            known.Complete(created);
            foreach (var handler in _createdHandlers.Current) handler.Add(created);
            return created;
        }
        catch (Exception exception)
        {
            lock (_gate) Forget(known);
            known.Fail(exception);
            throw;
        }
    }

    private SocketNamespace Make(KnownNamespace known)
    {
        var place = new HandlerPlace(known.Path, known.Parent?.Key ?? known.Path);
        var adapter = adapters.Create(known.Path, server.Packets);
        adapter.SetUsers(server.Users);
        adapter.ServerEvents.Failed = server.Handlers.Count;
        adapter.ServerEvents.Measure(server.Metrics.Handlers, place.Key);
        if (known.Parent is not null) adapter.PauseWhenEmpty();
        var recovery = server.Options.ConnectionStateRecovery is { } options
            ? new SessionRecovery(known.Path, server, options, RecoveryBudget)
            : null;
        var handlers = new NamespaceHandlers(known.Parent?.Handlers);
        if (recovery is not null) adapter = Recovering(adapter, recovery);
        return new SocketNamespace(
            place, server, adapter, handlers, new NamespaceHolders(known.Parent is null ? null : () => Emptied(known)))
        {
            Source = this,
            Pipeline = Classes?.Bind(
                new HandlerNamespace(
                    known.Path, known.Parent is not null, this, adapter, server.Scopes, server.Handlers, adapter.ServerEvents.Runner),
                handlers,
                adapter.ServerEvents),
            Recovery = recovery,
            IsDynamic = known.Parent is not null,
        };
    }

    private static RecoveringAdapter Recovering(INamespaceAdapter adapter, SessionRecovery recovery)
    {
        var local = adapter as LocalAdapter ?? throw new InvalidOperationException(
            $"{nameof(SocketIOOptions)}.{nameof(SocketIOOptions.ConnectionStateRecovery)} "
            + "requires the in-memory adapter: leave it null, or add no other adapter.");
        return new RecoveringAdapter(local, recovery);
    }
}

/// <summary>The result of the search for a namespace.</summary>
/// <param name="Namespace">The namespace, or null if none has that name.</param>
/// <param name="IsFull">True if a namespace could not be created because too many exist.</param>
internal readonly record struct NamespaceSearch(SocketNamespace? Namespace, bool IsFull = false);
