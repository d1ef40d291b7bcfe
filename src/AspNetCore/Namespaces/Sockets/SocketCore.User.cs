using System.Security.Claims;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Namespaces;

/// <summary>The user of a socket, and the room of the user: joined on admission, left and joined when the user is replaced.</summary>
internal sealed partial class SocketCore
{
    private const string NoUserId = "";

    private ClaimsPrincipal? _user;

    // Null until it is determined.
    private string? _userId;
    private Task? _replacement;

    public ClaimsPrincipal User => _user ?? FirstUser();

    /// <summary>The id of the user, or null for an anonymous client.</summary>
    /// <exception cref="InvalidOperationException">The provider of the ids returned an invalid one.</exception>
    public string? UserId => (Volatile.Read(ref _userId) ?? FirstUserId()) is { Length: > 0 } id ? id : null;

    /// <summary>The rooms of users, whose names are reserved.</summary>
    public UserRooms Users => _server.Users;

    /// <summary>The room of the user, or null for none; null as long as the id is not determined.</summary>
    public string? UserRoom => RoomOf(Volatile.Read(ref _userId));

    /// <summary>Replaces the user; the socket leaves the room of the former user before it has the new one, then joins that of the new
    /// one.</summary>
    /// <remarks>Replacements at the same time take effect one after the other, in the order of the calls.</remarks>
    /// <param name="socket">The socket.</param>
    /// <param name="user">The new user.</param>
    /// <returns>A task that completes when broadcasts of every node to the new user reach the socket.</returns>
    public async Task ReplaceUserAsync(ServerSocket socket, ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var id = IdOf(user);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task? former;
        lock (this) (former, _replacement) = (_replacement, done.Task);
        if (former is not null) await former.ConfigureAwait(false);
        Task moved;
        try
        {
            moved = ReplaceUser(socket, user, id);
        }
        finally
        {
            done.SetResult();
        }

        await moved.ConfigureAwait(false);
    }

    private Task ReplaceUser(ServerSocket socket, ClaimsPrincipal user, string id)
    {
        string? left;
        lock (this)
        {
            left = UserRoom;
            if (!IsConnected || left == RoomOf(id))
            {
                // On its admission the socket joins the room of the user it has then.
                (_user, _userId) = (user, id);
                return Task.CompletedTask;
            }
        }

        var adapter = socket.Adapter;
        var leaving = left is null ? ValueTask.CompletedTask : LeaveAsync(adapter, [left], CancellationToken.None);
        lock (this) (_user, _userId) = (user, id);
        var joining = RoomOf(id) is { } room ? JoinUserRoomAsync(adapter, room) : ValueTask.CompletedTask;
        return Task.WhenAll(leaving.AsTask(), joining.AsTask());
    }

    /// <summary>Joins the room of the user, whatever the limit on rooms is.</summary>
    private ValueTask JoinUserRoomAsync(INamespaceAdapter adapter, string room)
    {
        lock (this)
        {
            if (!IsConnected) return ValueTask.CompletedTask;
            _joining++;
            _entry?.Left.Remove(room);
        }

        try
        {
            return adapter.JoinAsync(this, [room], CancellationToken.None);
        }
        finally
        {
            lock (this) Joined(rooms: 1);
        }
    }

    private ClaimsPrincipal FirstUser()
    {
        var first = Session.User ?? new ClaimsPrincipal(new ClaimsIdentity());
        return Interlocked.CompareExchange(ref _user, first, null) ?? first;
    }

    private string FirstUserId()
    {
        // The provider is called outside the lock; a user that replaces this one has an id already.
        var id = IdOf(User);
        return Interlocked.CompareExchange(ref _userId, id, null) ?? id;
    }

    private string IdOf(ClaimsPrincipal user)
    {
        if (_server.UserIds.GetUserId(user) is not { } id) return NoUserId;
        return UserRooms.ProblemOfId(id) is { } problem
            ? throw new InvalidOperationException($"The {nameof(ISocketUserIdProvider)} returned an invalid id. {problem}")
            : id;
    }

    private string? RoomOf(string? id) => id is { Length: > 0 } && Users.IsEnabled ? Users.Of(id) : null;
}
