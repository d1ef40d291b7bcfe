using System.Security.Claims;

namespace TypedSocketRedis.Namespaces;

/// <summary>The state of a socket whose client can reconnect and recover it.</summary>
/// <param name="Holders">The holders of its namespace; the session is one of them until it is recovered or dropped.</param>
/// <param name="Id">The socket's id.</param>
/// <param name="Pid">The secret by which the client identifies it.</param>
/// <param name="Rooms">The rooms it was in, its own included, each with the position at which it joined.</param>
/// <param name="Data">The application's data of the socket.</param>
/// <param name="Progress">The position of its client in the events.</param>
/// <param name="Position">The number of events the namespace had sent when the socket ended.</param>
/// <param name="Ended">The time of the end.</param>
/// <param name="User">The user of its client, or null for none.</param>
/// <param name="HasToken">True if a token of the client authenticated the user.</param>
/// <param name="Share">The share that is charged besides the server's budget.</param>
internal sealed record RecoverableSession(
    NamespaceHolders Holders,
    SocketId Id,
    string Pid,
    IReadOnlyDictionary<string, long> Rooms,
    byte[] Data,
    Progress Progress,
    long Position,
    long Ended,
    ClaimsPrincipal? User,
    bool HasToken,
    RecoveryShare Share)
{
    private const int Overhead = 448;
    private const long RoomOverhead = 32;

    /// <summary>Returns the position from which on events are missing.</summary>
    /// <param name="known">The position behind the last event the client has, or null for none.</param>
    public long MissingFrom(long? known)
    {
        // A client that has received the last event sent to it misses none of the events sent to others in the meantime. A client's
        // offset can be older than its connection; such an offset is not one of this socket.
        var position = Math.Max(known ?? 0, Progress.First);
        return position >= Progress.Last ? Math.Max(position, Position) : position;
    }

    /// <summary>Returns the rooms whose events a socket may get that recovers the session: not those of another user.</summary>
    public IReadOnlyDictionary<string, long> RoomsFor(SocketCore socket)
    {
        var own = socket.UserRoom;
        bool IsOfAnotherUser(string room) => room != own && socket.Users.IsReserved(room);
        return Rooms.Keys.Any(IsOfAnotherUser)
            ? Rooms.Where(room => !IsOfAnotherUser(room.Key)).ToDictionary(StringComparer.Ordinal)
            : Rooms;
    }

    /// <summary>The cost of keeping the session, in bytes.</summary>
    public long Cost { get; } = Overhead + Data.Length + Rooms.Keys.Sum(static room => RoomOverhead + (2 * room.Length));
}

/// <summary>The position of a client in the events of a namespace.</summary>
/// <param name="First">The position from which on the client had none of the events when it connected.</param>
/// <param name="Last">The position behind the last event sent to it.</param>
internal readonly record struct Progress(long First, long Last);
