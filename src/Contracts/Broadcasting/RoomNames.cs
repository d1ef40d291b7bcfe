using System.Collections.Immutable;

namespace TypedSocketRedis.Broadcasting;

/// <summary>Converts lists of rooms from callers.</summary>
internal static class RoomNames
{
    /// <summary>The maximum length of a room that can be joined: that of the longest room of a user, its prefix included.</summary>
    public const int MaxLength = 1088;

    /// <summary>Returns each room once, in the given order.</summary>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    public static ImmutableArray<string> Of(ReadOnlySpan<string> rooms)
    {
        if (rooms.Length == 1 && rooms[0] is not null) return [rooms[0]];
        return Of((IEnumerable<string>)rooms.ToArray());
    }

    /// <summary>Returns the room that contains only one socket.</summary>
    /// <exception cref="ArgumentException">The id is the default value.</exception>
    public static string Of(SocketId socket) => socket != default
        ? socket.ToString()
        : throw new ArgumentException("The default value of SocketId is not the id of a socket.", nameof(socket));

    /// <summary>Returns the rooms of a join, each once, in the given order: the names, which clients may have chosen, are kept.</summary>
    /// <exception cref="ArgumentNullException">A room is null.</exception>
    /// <exception cref="ArgumentException">A room is too long.</exception>
    public static ImmutableArray<string> ToJoin(IEnumerable<string> rooms)
    {
        var distinct = Of(rooms);
        return AreJoinable(distinct)
            ? distinct
            : throw new ArgumentException($"The name of a room that is joined can have at most {MaxLength} characters.", nameof(rooms));
    }

    /// <summary>Returns a value indicating whether no room is too long to be joined.</summary>
    public static bool AreJoinable(ImmutableArray<string> rooms)
    {
        foreach (var room in rooms)
            if (room.Length > MaxLength) return false;
        return true;
    }

    /// <inheritdoc cref="Of(ReadOnlySpan{string})"/>
    public static ImmutableArray<string> Of(IEnumerable<string> rooms)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        ImmutableArray<string> distinct = [.. rooms.Distinct(StringComparer.Ordinal)];
        foreach (var room in distinct) ArgumentNullException.ThrowIfNull(room, nameof(rooms));
        return distinct;
    }
}
