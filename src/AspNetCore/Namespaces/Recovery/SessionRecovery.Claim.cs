using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>The claims of clients that reconnect.</summary>
internal sealed partial class SessionRecovery
{
    private const int PidBytes = 15;

    /// <summary>Claims the session that a client identifies in the auth data of its CONNECT, and makes its socket recoverable.</summary>
    /// <param name="socket">The socket, which is not visible to other code yet.</param>
    /// <param name="share">The share of the client's connection.</param>
    public void Recover(SocketCore socket, RecoveryShare share)
    {
        RecoverableSession? claimed = null;
        var missingFrom = 0L;
        if (TryRead(socket.Handshake.Auth, out var pid, out var offset))
            claimed = Claim(pid, offset, socket.KnownUser, socket.HasToken, out missingFrom);
        var secret = claimed?.Pid ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PidBytes));
        if (!socket.TryRecover(secret, claimed, missingFrom, share) && claimed is not null) Return(claimed);
    }

    /// <summary>Claims the session that a client identifies, so that no other client can claim it.</summary>
    /// <param name="pid">The secret of the session.</param>
    /// <param name="offset">The offset of the last event the client has received, or null for none.</param>
    /// <param name="user">The user of the client, or null for none.</param>
    /// <param name="hasToken">True if a token of the client authenticated the user. Then only the same user can claim a session.</param>
    /// <param name="missingFrom">The position from which on events are missing.</param>
    /// <returns>The session, or null if it is no longer kept, not all of the missed events are, or it belongs to another user.</returns>
    public RecoverableSession? Claim(string pid, string? offset, ClaimsPrincipal? user, bool hasToken, out long missingFrom)
    {
        RecoverableSession? found;
        lock (_store.Gate)
        {
            missingFrom = 0;
            found = _store.Sessions.Take(pid);
            if (found is null) return null;
            if (hasToken || found.HasToken ? !SessionUser.AreSame(found.User, user) : !SessionUser.MayContinue(found.User, user))
            {
                // Its own user may still come back.
                _store.Sessions.PutBack(found);
                return null;
            }

            var known = 0L;
            var isKnown = offset is null || _store.Log.TryRead(offset, out known);
            missingFrom = found.MissingFrom(offset is null ? null : known);
            if (isKnown && !IsExpired(found) && Fits(found, missingFrom)) return found;
            Forget(found);
        }

        found.Holders.Release();
        return null;
    }

    /// <summary>Puts back a claimed session, because the client was not admitted and may retry.</summary>
    public void Return(RecoverableSession claimed)
    {
        lock (_store.Gate)
        {
            if (!IsExpired(claimed) && !_isDisposed)
            {
                _store.Sessions.PutBack(claimed);
                _budget.Changed(_store);
                Arm();
                return;
            }

            Forget(claimed);
        }

        claimed.Holders.Release();
    }

    private bool IsExpired(RecoverableSession session) => _server.Time.GetElapsedTime(session.Ended) > _options.MaxDisconnectionDuration;

    private bool Fits(RecoverableSession session, long position) => _store.Log.Reaches(position, session.Rooms)
        && _store.Log.After(position, session.Rooms, out _)
            .Sum(static frame => (long)LoggedEvent.CostOf(frame)) <= _server.Options.MaxQueuedBytes;

    /// <summary>
    /// Reads the values that identify a session; returns false if there is no secret, or if one of the values is not text.
    /// </summary>
    /// <param name="auth">The auth data: a map, of which <c>pid</c> and <c>offset</c> are read.</param>
    /// <param name="pid">The secret.</param>
    /// <param name="offset">The offset, or null for none.</param>
    private static bool TryRead(SocketArgument auth, out string pid, out string? offset)
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
