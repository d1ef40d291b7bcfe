namespace TypedSocketRedis.Namespaces;

/// <summary>What is kept of a socket whose client may come back.</summary>
/// <param name="Namespace">Its namespace, held as long as the session is kept.</param>
/// <param name="Id">The socket's id.</param>
/// <param name="Pid">The secret by which its client names it.</param>
/// <param name="Rooms">The rooms it was in, its own included, each with the position at which it joined.</param>
/// <param name="Data">What the application kept for it.</param>
/// <param name="Progress">What its client was sent.</param>
/// <param name="Position">How many events the namespace had sent when it ended.</param>
/// <param name="Ended">When that was.</param>
/// <param name="Share">What it is charged to beside the server's budget.</param>
internal sealed record RecoverableSession(
    SocketNamespace Namespace,
    SocketId Id,
    string Pid,
    IReadOnlyDictionary<string, long> Rooms,
    byte[] Data,
    Progress Progress,
    long Position,
    long Ended,
    RecoveryShare Share)
{
    private const int Overhead = 448;
    private const long RoomOverhead = 32;

    /// <summary>The position from which on events are missing.</summary>
    /// <param name="known">The position behind the last event the client has; null when it has none.</param>
    public long MissingFrom(long? known)
    {
        // Whoever has the last event it was sent misses none of those that others were sent meanwhile. What a client remembers may
        // be from before it connected: that is not this socket's.
        var position = Math.Max(known ?? 0, Progress.First);
        return position >= Progress.Last ? Math.Max(position, Position) : position;
    }

    /// <summary>What it takes to keep it, in bytes.</summary>
    public long Cost { get; } = Overhead + Data.Length + Rooms.Keys.Sum(static room => RoomOverhead + (2 * room.Length));
}

/// <summary>Where in the events of a namespace a client is.</summary>
/// <param name="First">The position from which on the client had none of its events when it connected.</param>
/// <param name="Last">The position behind the last event it was sent.</param>
internal readonly record struct Progress(long First, long Last);
