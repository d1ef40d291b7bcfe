using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>The rooms of a socket: recorded until it is connected, then read from the adapter, then the copy made at its end.</summary>
internal sealed partial class SocketCore
{
    private ImmutableArray<string> _rooms = [];

    public ImmutableArray<string> RoomsIn(ISocketAdapter adapter)
    {
        lock (this)
        {
            if (!IsConnected) return _rooms;
        }

        // A socket that ends in the meantime has copied its rooms before the adapter removes it.
        var rooms = adapter.RoomsOf(this);
        lock (this) return IsConnected ? rooms : _rooms;
    }

    public ValueTask JoinAsync(ISocketAdapter adapter, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        // The adapter is called inside the lock: joins at the same time must not exceed the limit together, or miss the copy of the end.
        lock (this)
        {
            if (_stage == SocketStage.Ended) return ValueTask.CompletedTask;
            CheckCount(adapter, rooms);
            if (IsConnected) return adapter.JoinAsync(this, rooms, cancellationToken);
            _rooms = [.. _rooms.Union(rooms, StringComparer.Ordinal)];
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask LeaveAsync(ISocketAdapter adapter, ImmutableArray<string> rooms, CancellationToken cancellationToken)
    {
        lock (this)
        {
            if (_stage == SocketStage.Joining) _rooms = _rooms.RemoveRange(rooms, StringComparer.Ordinal);
            if (!IsConnected) return ValueTask.CompletedTask;
        }

        return adapter.LeaveAsync(this, rooms, cancellationToken);
    }

    /// <summary>Clears the copy of the rooms, because the handlers that may read it have run.</summary>
    public void ForgetRooms()
    {
        lock (this) _rooms = [];
    }

    private void CheckCount(ISocketAdapter adapter, ImmutableArray<string> more)
    {
        var limit = MaxRooms;
        var known = IsConnected ? Membership.Count : _rooms.Length + 1;

        // The sets are compared only near the limit.
        if (known + more.Length <= limit) return;
        var rooms = IsConnected ? adapter.RoomsOf(this) : _rooms.Add(Id.ToString());
        if (rooms.Union(more, StringComparer.Ordinal).Count() <= limit) return;
        _server.Metrics.RoomsRefused();
        throw new InvalidOperationException(
            $"A socket can be in at most {limit} rooms including its own "
            + $"({nameof(SocketIOOptions)}.{nameof(SocketIOOptions.MaxRoomsPerSocket)}).");
    }
}
