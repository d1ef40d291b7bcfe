using System.ComponentModel;

namespace TypedSocketRedis;

/// <summary>Shorter forms of selections for C#. Other languages, and mocks, use the members of the interfaces.</summary>
public static class EmitterExtensions
{
    /// <summary>Selects the sockets in any of the rooms, each once. Requires two rooms, so that <c>To()</c> does not compile.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <param name="emitter">The emitter.</param>
    /// <param name="room">The first room.</param>
    /// <param name="other">The second room.</param>
    /// <param name="more">Further rooms.</param>
    /// <returns>The selection.</returns>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    public static IBroadcast<TEvents> To<TEvents>(
        this IEmitter<TEvents> emitter, string room, string other, params ReadOnlySpan<string> more)
        where TEvents : class => Checked(emitter).To([room, other, .. more]);

    /// <summary>Selects the sockets in any of the rooms, each once.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <param name="emitter">The emitter.</param>
    /// <param name="rooms">The rooms. An empty list selects no sockets.</param>
    /// <returns>The selection.</returns>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    public static IBroadcast<TEvents> To<TEvents>(this IEmitter<TEvents> emitter, ReadOnlySpan<string> rooms)
        where TEvents : class => Checked(emitter).To(rooms.ToArray());

    /// <summary>Selects the other sockets in any of the rooms, each once.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <param name="others">The other sockets.</param>
    /// <param name="room">The first room.</param>
    /// <param name="other">The second room.</param>
    /// <param name="more">Further rooms.</param>
    /// <returns>The selection.</returns>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    public static IBroadcast<TEvents> To<TEvents>(this IOthers<TEvents> others, string room, string other, params ReadOnlySpan<string> more)
        where TEvents : class => Checked(others).To([room, other, .. more]);

    /// <summary>Excludes the sockets in any of the rooms.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <param name="broadcast">The selection.</param>
    /// <param name="room">The first room.</param>
    /// <param name="other">The second room.</param>
    /// <param name="more">Further rooms.</param>
    /// <returns>The narrowed selection.</returns>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    /// <exception cref="ArgumentException">A name is reserved for the room of a user.</exception>
    public static IBroadcast<TEvents> Except<TEvents>(
        this IBroadcast<TEvents> broadcast, string room, string other, params ReadOnlySpan<string> more)
        where TEvents : class => Checked(broadcast).Except([room, other, .. more]);

    /// <summary>Does not compile: receivers are selected once.</summary>
    /// <typeparam name="TEvents">The contract.</typeparam>
    /// <param name="broadcast">The selection.</param>
    /// <param name="room">The room.</param>
    /// <returns>Never returns.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("Receivers are selected once, at the start: emitter.To(\"a\", \"b\").", error: true)]
    public static IBroadcast<TEvents> To<TEvents>(this IBroadcast<TEvents> broadcast, string room)
        where TEvents : class => throw new NotSupportedException();

    private static T Checked<T>(T target)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(target);
        return target;
    }
}
