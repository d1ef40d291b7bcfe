using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>The session that a socket recovers, and the data by which it can be recovered later; only with recovery enabled.</summary>
internal sealed partial class SocketCore
{
    private RecoveryState? _recovery;

    /// <summary>The secret by which the client can identify the socket later, or null if nothing is kept.</summary>
    public string? Pid => _recovery?.Pid;

    /// <summary>The session that is recovered, or null for a new socket.</summary>
    public RecoverableSession? Claimed => _recovery?.Claimed;

    /// <summary>The share that is charged for what is kept for this client alone.</summary>
    public RecoveryShare? Share => _recovery?.Share;

    /// <summary>The position from which on the client of a recovered session misses events.</summary>
    public long MissingFrom => _recovery?.MissingFrom ?? 0;

    /// <summary>The position of the client in the events of its namespace; guarded by the lock of the recovery data.</summary>
    public ref Progress Progress => ref _recovery!.Progress;

    /// <summary>Makes the socket recoverable, and gives it the id, the rooms and the data of the session that it recovers.</summary>
    /// <param name="pid">The secret by which the client can identify the socket later.</param>
    /// <param name="claimed">The session that it recovers, or null for none.</param>
    /// <param name="missingFrom">The position from which on events are missing.</param>
    /// <param name="share">The share of the client's connection.</param>
    /// <returns>False if the socket has ended, in which case the session is not used.</returns>
    public bool TryRecover(string pid, RecoverableSession? claimed, long missingFrom, RecoveryShare share)
    {
        lock (this)
        {
            if (_stage == SocketStage.Ended) return false;
            _recovery = new RecoveryState(pid, claimed, missingFrom, share);
            if (claimed is null) return true;
            (Id, _data) = (claimed.Id, claimed.Data);

            // The room of its user is that of the user it has now, who can be another one.
            _rooms = [.. claimed.Rooms.Keys.Where(room => room != Id.ToString() && !Users.IsReserved(room))];
            return true;
        }
    }

    /// <summary>Queues a numbered event; called only under the lock of the recovery data, in order.</summary>
    public void Send(Frame frame, BroadcastFlags flags, long position)
    {
        if (_recovery is { } recovery) recovery.Progress = recovery.Progress with { Last = position };
        Send(frame, flags);
    }

    /// <summary>Records that the socket is about to join rooms: it does not miss events sent to them before.</summary>
    /// <remarks>Called before the join takes effect, so that no event is missed that the socket should get.</remarks>
    /// <param name="rooms">The rooms.</param>
    /// <param name="position">The position behind the last event.</param>
    public void Joining(ImmutableArray<string> rooms, long position)
    {
        lock (this)
        {
            foreach (var room in rooms) _recovery?.Joined.TryAdd(room, position);
        }
    }

    /// <summary>Records that the socket has left rooms.</summary>
    public void Left(ImmutableArray<string> rooms)
    {
        lock (this)
        {
            foreach (var room in rooms) _recovery?.Joined.Remove(room);
        }
    }

    /// <summary>Returns the session of the ended socket. Its progress, position and time are set when it is kept.</summary>
    /// <param name="holders">The holders of its namespace.</param>
    public RecoverableSession ToSession(NamespaceHolders holders)
    {
        lock (this)
        {
            var (recovery, first) = (_recovery!, _recovery!.Progress.First);
            var rooms = _rooms.ToDictionary(room => room, room => recovery.Joined.GetValueOrDefault(room, first), StringComparer.Ordinal);

            // A socket that ended during its admission has not joined its own room.
            rooms.TryAdd(Id.ToString(), first);
            return new RecoverableSession(
                holders, Id, recovery.Pid, rooms, Data.Raw.ToArray(), default, 0, 0, KnownUser, HasToken, recovery.Share);
        }
    }

    private sealed class RecoveryState(string pid, RecoverableSession? claimed, long missingFrom, RecoveryShare share)
    {
        public readonly Dictionary<string, long> Joined = claimed is null
            ? new Dictionary<string, long>(StringComparer.Ordinal)
            : new Dictionary<string, long>(claimed.Rooms, StringComparer.Ordinal);

        public Progress Progress;

        public string Pid => pid;

        public RecoverableSession? Claimed => claimed;

        public long MissingFrom => missingFrom;

        public RecoveryShare Share => share;
    }
}
