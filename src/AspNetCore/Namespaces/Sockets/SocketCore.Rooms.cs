using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>The rooms of a socket: recorded until it is connected, then read from the adapter, then the copy made at its end.</summary>
/// <remarks>The adapter is called outside the lock. A join reserves its rooms inside it, so that joins at the same time do not exceed
/// the limit together.</remarks>
internal sealed partial class SocketCore
{
    // Default while the copy is being made.
    private ImmutableArray<string> _rooms = [];

    // The number of rooms that joins in progress add, and the number of joins that have been made.
    private int _joining;
    private int _joins;
    private Entry? _entry;

    public ImmutableArray<string> RoomsIn(INamespaceAdapter adapter)
    {
        lock (this)
        {
            if (!IsConnected && !_rooms.IsDefault) return _rooms;
        }

        // A socket that ends in the meantime has copied its rooms before the adapter removes it.
        var rooms = adapter.RoomsOf(this);
        lock (this)
        {
            if (_entry is { } entry) return entry.With(rooms);
            return IsConnected || _rooms.IsDefault ? rooms : _rooms;
        }
    }

    public ValueTask JoinAsync(INamespaceAdapter adapter, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        if (!TryReserve(adapter, rooms)) return ValueTask.CompletedTask;
        try
        {
            return adapter.JoinAsync(this, rooms, cancellationToken);
        }
        finally
        {
            lock (this) Joined(rooms.Length);
        }
    }

    public ValueTask LeaveAsync(INamespaceAdapter adapter, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        lock (this)
        {
            if (_stage == SocketStage.Joining) _rooms = _rooms.RemoveRange(rooms, StringComparer.Ordinal);
            if (!IsConnected) return ValueTask.CompletedTask;
            _entry?.Leave(rooms);
        }

        return adapter.LeaveAsync(this, rooms, cancellationToken);
    }

    /// <summary>Clears the copy of the rooms, because the handlers that may read it have run.</summary>
    public void ForgetRooms()
    {
        lock (this) _rooms = [];
    }

    /// <summary>Joins the recorded rooms, but for those that the socket is told to leave meanwhile.</summary>
    private ValueTask EnterAsync(INamespaceAdapter adapter, Entry entry)
    {
        var joining = ValueTask.CompletedTask;
        try
        {
            joining = adapter.JoinAsync(this, entry.Rooms, CancellationToken.None);
        }
        finally
        {
            lock (this)
            {
                _entry = null;
                Joined(entry.Rooms.Length);
            }
        }

        return entry.Left.Count == 0 ? joining : LeaveAsync();

        async ValueTask LeaveAsync()
        {
            await adapter.LeaveAsync(this, [.. entry.Left], CancellationToken.None).ConfigureAwait(false);
            await joining.ConfigureAwait(false);
        }
    }

    /// <summary>Copies the rooms of a socket that has just ended.</summary>
    private void CopyRooms(INamespaceAdapter adapter)
    {
        var rooms = adapter.RoomsOf(this);
        lock (this) _rooms = _entry?.With(rooms) ?? rooms;
    }

    // Called under the lock.
    private void Joined(int rooms) => (_joining, _joins) = (_joining - rooms, _joins + 1);

    /// <summary>Records rooms before the socket is connected, and reserves them for a join afterwards.</summary>
    /// <returns>False if the adapter is not to be called.</returns>
    /// <exception cref="InvalidOperationException">The socket would be in too many rooms.</exception>
    private bool TryReserve(INamespaceAdapter adapter, ImmutableArray<string> more)
    {
        var (known, joins) = (ImmutableArray<string>.Empty, -1);
        while (true)
        {
            lock (this)
            {
                if (_stage == SocketStage.Ended) return false;
                if (!IsConnected)
                {
                    if (!Fits(_rooms.Add(Id.ToString()), more)) break;
                    _rooms = [.. _rooms.Union(more, StringComparer.Ordinal)];
                    return false;
                }

                // The sets are compared only near the limit.
                if (Membership.Count + _joining + more.Length <= MaxRooms || (joins == _joins && Fits(known, more)))
                {
                    _joining += more.Length;
                    _entry?.Left.ExceptWith(more);
                    return true;
                }

                if (joins == _joins) break;
                joins = _joins;
            }

            known = adapter.RoomsOf(this);
        }

        _server.Metrics.RoomsRefused();
        throw new InvalidOperationException(
            $"A socket can be in at most {MaxRooms} rooms including its own "
            + $"({nameof(SocketIOOptions)}.{nameof(SocketIOOptions.MaxRoomsPerSocket)}).");
    }

    private bool Fits(ImmutableArray<string> known, ImmutableArray<string> more) =>
        known.Length + more.Length + _joining <= MaxRooms
        || known.Union(more, StringComparer.Ordinal).Count() + _joining <= MaxRooms;

    /// <summary>The rooms that the admission is joining.</summary>
    private sealed class Entry(ImmutableArray<string> rooms)
    {
        public readonly HashSet<string> Left = new(StringComparer.Ordinal);

        public ImmutableArray<string> Rooms => rooms;

        public void Leave(ImmutableArray<string> names) => Left.UnionWith(names.Intersect(rooms, StringComparer.Ordinal));

        public ImmutableArray<string> With(ImmutableArray<string> joined) =>
            [.. rooms.Where(room => !Left.Contains(room)).Union(joined, StringComparer.Ordinal)];
    }
}
