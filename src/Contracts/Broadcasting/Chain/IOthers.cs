namespace TypedSocketRedis;

/// <summary>All sockets of a namespace except one: a selection, and a start for narrower ones.</summary>
/// <typeparam name="TEvents">The contract, or <see cref="AnyEvents"/> for events without one.</typeparam>
public interface IOthers<TEvents> : IBroadcast<TEvents>
    where TEvents : class
{
    /// <summary>Selects the other sockets in a room.</summary>
    /// <param name="room">The room.</param>
    /// <returns>The selection.</returns>
    /// <exception cref="ArgumentNullException">The room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    IBroadcast<TEvents> To(string room);

    /// <summary>Selects the other sockets in any of the rooms, each once.</summary>
    /// <param name="rooms">The rooms. An empty list selects no sockets.</param>
    /// <returns>The selection.</returns>
    /// <exception cref="ArgumentNullException">The list or a room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    IBroadcast<TEvents> To(IEnumerable<string> rooms);

    /// <summary>Selects the other sockets of a user, on every node.</summary>
    /// <param name="userId">The user's id.</param>
    /// <returns>The selection.</returns>
    /// <exception cref="ArgumentNullException">The id is null.</exception>
    /// <exception cref="ArgumentException">The id is empty, too long, or not valid Unicode text.</exception>
    /// <exception cref="InvalidOperationException">There are no user rooms.</exception>
    IBroadcast<TEvents> ToUser(string userId);
}
