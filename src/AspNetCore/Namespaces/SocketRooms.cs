using System.Collections.Immutable;

namespace TypedSocketRedis.Namespaces;

/// <summary>The rooms of one socket: noted until it is admitted, then the adapter's, then as they were at its end.</summary>
/// <param name="socket">Whose rooms they are.</param>
internal sealed class SocketRooms(ServerSocket socket)
{
    private enum Keeper
    {
        Note,
        Adapter,
        Memory,
    }

    private ImmutableArray<string> _rooms = [];
    private Keeper _keeper;

    public ImmutableArray<string> Current
    {
        get
        {
            lock (this) return _keeper == Keeper.Adapter ? socket.Namespace.Adapter.RoomsOf(socket.Local) : _rooms;
        }
    }

    public ValueTask JoinAsync(ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        lock (this)
        {
            if (_keeper == Keeper.Memory) return ValueTask.CompletedTask;
            CheckCount(rooms);
            if (_keeper == Keeper.Adapter) return socket.Namespace.Adapter.JoinAsync(socket.Local, rooms, cancellationToken);
            _rooms = [.. _rooms.Union(rooms, StringComparer.Ordinal)];
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask LeaveAsync(ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        lock (this)
        {
            if (_keeper == Keeper.Adapter) return socket.Namespace.Adapter.LeaveAsync(socket.Local, rooms, cancellationToken);
            if (_keeper == Keeper.Note) _rooms = _rooms.RemoveRange(rooms, StringComparer.Ordinal);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Notes the rooms of a socket that comes back.</summary>
    public void Restore(ImmutableArray<string> rooms)
    {
        lock (this) _rooms = rooms;
    }

    /// <summary>Joins what was noted, and the socket's own room before it.</summary>
    public ValueTask AdmitAsync()
    {
        ImmutableArray<string> noted;
        lock (this)
        {
            if (_keeper != Keeper.Note) return ValueTask.CompletedTask;
            (noted, _rooms, _keeper) = (_rooms, [], Keeper.Adapter);
            var own = socket.Id.ToString();
            return socket.Namespace.Adapter.JoinAsync(socket.Local, [own, .. noted.Remove(own)], CancellationToken.None);
        }
    }

    /// <summary>Keeps the rooms as they are, to be read only.</summary>
    public void End()
    {
        lock (this)
        {
            if (_keeper == Keeper.Adapter) _rooms = socket.Namespace.Adapter.RoomsOf(socket.Local);
            _keeper = Keeper.Memory;
        }
    }

    public void Forget()
    {
        lock (this) _rooms = [];
    }

    private void CheckCount(ImmutableArray<string> more)
    {
        var server = socket.Namespace.Server;
        var limit = server.Options.MaxRoomsPerSocket;
        var known = _keeper == Keeper.Adapter ? socket.Local.Membership.Count : _rooms.Length + 1;

        // Only who comes near the limit has its rooms compared.
        if (known + more.Length <= limit) return;
        var rooms = _keeper == Keeper.Adapter ? socket.Namespace.Adapter.RoomsOf(socket.Local) : _rooms.Add(socket.Id.ToString());
        if (rooms.Union(more, StringComparer.Ordinal).Count() <= limit) return;
        server.Metrics.RoomsRefused();
        throw new InvalidOperationException(
            $"A socket may be in {limit} rooms, its own included: {nameof(SocketIOOptions)}.{nameof(SocketIOOptions.MaxRoomsPerSocket)} says so.");
    }
}
