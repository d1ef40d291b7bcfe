using System.Collections.Immutable;

namespace TypedSocketRedis.Broadcasting;

/// <summary>Converts lists of rooms from callers.</summary>
internal static class RoomNames
{
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

    /// <inheritdoc cref="Of(ReadOnlySpan{string})"/>
    public static ImmutableArray<string> Of(IEnumerable<string> rooms)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        ImmutableArray<string> distinct = [.. rooms.Distinct(StringComparer.Ordinal)];
        foreach (var room in distinct) ArgumentNullException.ThrowIfNull(room, nameof(rooms));
        return distinct;
    }
}
