using System.Collections.Immutable;

namespace TypedSocketRedis.Namespaces;

/// <summary>The rooms of one socket: recorded until it is admitted, then read from the adapter, then the copy made at its end.</summary>
/// <param name="socket">The socket.</param>
internal sealed class SocketRooms(ServerSocket socket)
{
    private enum RoomSource
    {
        Recorded,
        Adapter,
        Copied,
    }

    private ImmutableArray<string> _rooms = [];
    private RoomSource _source;

    public ImmutableArray<string> Current
    {
        get
        {
            lock (this) return _source == RoomSource.Adapter ? socket.Namespace.Adapter.RoomsOf(socket.Local) : _rooms;
        }
    }

    public ValueTask JoinAsync(ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        lock (this)
        {
            if (_source == RoomSource.Copied) return ValueTask.CompletedTask;
            CheckCount(rooms);
            if (_source == RoomSource.Adapter) return socket.Namespace.Adapter.JoinAsync(socket.Local, rooms, cancellationToken);
            _rooms = [.. _rooms.Union(rooms, StringComparer.Ordinal)];
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask LeaveAsync(ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        lock (this)
        {
            if (_source == RoomSource.Adapter) return socket.Namespace.Adapter.LeaveAsync(socket.Local, rooms, cancellationToken);
            if (_source == RoomSource.Recorded) _rooms = _rooms.RemoveRange(rooms, StringComparer.Ordinal);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Records the rooms of a recovered socket.</summary>
    public void Restore(ImmutableArray<string> rooms)
    {
        lock (this) _rooms = rooms;
    }

    /// <summary>Joins the socket's own room, then the recorded rooms.</summary>
    public ValueTask AdmitAsync()
    {
        ImmutableArray<string> recorded;
        lock (this)
        {
            if (_source != RoomSource.Recorded) return ValueTask.CompletedTask;
            (recorded, _rooms, _source) = (_rooms, [], RoomSource.Adapter);
            var own = socket.Id.ToString();
            return socket.Namespace.Adapter.JoinAsync(socket.Local, [own, .. recorded.Remove(own)], CancellationToken.None);
        }
    }

    /// <summary>Copies the rooms, which can only be read afterwards.</summary>
    public void End()
    {
        lock (this)
        {
            if (_source == RoomSource.Adapter) _rooms = socket.Namespace.Adapter.RoomsOf(socket.Local);
            _source = RoomSource.Copied;
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
        var known = _source == RoomSource.Adapter ? socket.Local.Membership.Count : _rooms.Length + 1;

        // The sets are compared only near the limit.
        if (known + more.Length <= limit) return;
        var rooms = _source == RoomSource.Adapter ? socket.Namespace.Adapter.RoomsOf(socket.Local) : _rooms.Add(socket.Id.ToString());
        if (rooms.Union(more, StringComparer.Ordinal).Count() <= limit) return;
        server.Metrics.RoomsRefused();
        throw new InvalidOperationException(
            $"A socket can be in at most {limit} rooms including its own "
            + $"({nameof(SocketIOOptions)}.{nameof(SocketIOOptions.MaxRoomsPerSocket)}).");
    }
}
