using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>The recovery state of one socket: the session it recovers, and the data by which it can be recovered later.</summary>
internal sealed class SocketRecovery
{
    private const int PidBytes = 15;

    private static readonly IReadOnlyDictionary<string, long> EmptyRooms = new Dictionary<string, long>();

    private readonly SessionRecovery _sessions;
    private readonly ClaimsPrincipal? _user;
    private readonly RecoveryShare _share;
    private readonly long _missingFrom;
    private readonly Dictionary<string, long> _joined = new(StringComparer.Ordinal);
    private Progress _progress;

    /// <summary>Claims the session that a client identifies in the auth data of its CONNECT.</summary>
    /// <param name="sessions">The recovery data of the namespace.</param>
    /// <param name="auth">The auth data of the CONNECT: a map, of which <c>pid</c> and <c>offset</c> are read.</param>
    /// <param name="user">The user of the client's connection, or null for none.</param>
    /// <param name="share">The share of the client's connection.</param>
    public SocketRecovery(SessionRecovery sessions, EventArgument auth, ClaimsPrincipal? user, RecoveryShare share)
    {
        (_sessions, _user, _share) = (sessions, user, share);
        if (TryRead(auth, out var pid, out var offset)) Claimed = sessions.Claim(pid, offset, user, out _missingFrom);
        foreach (var (room, position) in Claimed?.Rooms ?? EmptyRooms) _joined.Add(room, position);
        Pid = Claimed?.Pid ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PidBytes));
    }

    /// <summary>The secret by which the client can identify the socket later.</summary>
    public string Pid { get; }

    /// <summary>The session that is recovered, or null for a new socket.</summary>
    public RecoverableSession? Claimed { get; }

    /// <summary>Numbers an event and sends it to the socket's client.</summary>
    public void Send(LocalSocket socket, EventData data, BroadcastFlags flags) => _sessions.Send(socket, data, flags, _share);

    /// <summary>Records that the socket is about to join rooms: it does not miss events sent to them before.</summary>
    /// <remarks>Called before the join takes effect, so that no event is missed that the socket should get.</remarks>
    public void Joining(ImmutableArray<string> rooms)
    {
        var position = _sessions.Position;
        lock (_joined)
        {
            foreach (var room in rooms) _joined.TryAdd(room, position);
        }
    }

    /// <summary>Records that the socket has left rooms.</summary>
    public void Left(ImmutableArray<string> rooms)
    {
        lock (_joined)
        {
            foreach (var room in rooms) _joined.Remove(room);
        }
    }

    /// <summary>
    /// Records the position behind the event that is sent to the client; called only by <see cref="SessionRecovery"/>, in order.
    /// </summary>
    public void Sent(long position) => _progress = _progress with { Last = position };

    /// <inheritdoc cref="SessionRecovery.TryConnect"/>
    public bool TryConnect(ServerSocket socket, Frame connect, out ValueTask joining) =>
        _sessions.TryConnect(socket, connect, Claimed, _missingFrom, ref _progress, out joining);

    /// <summary>Ends the socket, which is kept if its client may reconnect.</summary>
    public void End(ServerSocket socket, DisconnectReason reason)
    {
        if (!socket.Life.WasAdmitted) GiveBack();
        else if (IsRecoverable(reason)) _sessions.Keep(Ended(socket), in _progress);
    }

    /// <summary>Returns the claimed session, because the client was not admitted.</summary>
    public void GiveBack()
    {
        if (Claimed is not null) _sessions.Return(Claimed);
    }

    private RecoverableSession Ended(ServerSocket socket)
    {
        lock (_joined)
        {
            var rooms = socket.Membership.Current.ToDictionary(
                room => room, room => _joined.GetValueOrDefault(room, _progress.First), StringComparer.Ordinal);

            // A socket that ended during its admission has not joined its own room.
            rooms.TryAdd(socket.Id.ToString(), _progress.First);
            return new RecoverableSession(socket.Namespace, socket.Id, Pid, rooms, socket.Data.Raw.ToArray(), default, 0, 0, _user, _share);
        }
    }

    // The connection was lost or had to be closed; neither side disconnected the socket on purpose.
    private static bool IsRecoverable(DisconnectReason reason) =>
        reason == DisconnectReason.TransportClose || reason == DisconnectReason.TransportError || reason == DisconnectReason.PingTimeout
        || reason == DisconnectReason.ForcedClose || reason == DisconnectReason.ForcedServerClose;

    /// <summary>Reads the values that identify a session; returns false if one of them is not text.</summary>
    private static bool TryRead(EventArgument auth, out string pid, out string? offset)
    {
        (pid, offset) = ("", null);
        var cursor = new MessagePackCursor(auth.Raw.Span);
        cursor.Read();
        for (var pairs = cursor.Kind == MessagePackKind.Map ? cursor.Count : 0; pairs > 0; pairs--)
        {
            cursor.Read();
            var isPid = cursor.Kind == MessagePackKind.Text && cursor.Bytes.SequenceEqual("pid"u8);
            var isOffset = cursor.Kind == MessagePackKind.Text && cursor.Bytes.SequenceEqual("offset"u8);
            var value = cursor;
            cursor.Skip(Limits.Default.Depth);
            if (!isPid && !isOffset) continue;
            value.Read();
            if (value.Kind != MessagePackKind.Text) return false;
            if (isPid) pid = Encoding.UTF8.GetString(value.Bytes);
            else offset = Encoding.UTF8.GetString(value.Bytes);
        }

        return pid.Length > 0;
    }
}
