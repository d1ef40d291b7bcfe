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

    /// <inheritdoc cref="Of(ReadOnlySpan{string})"/>
    public static ImmutableArray<string> Of(IEnumerable<string> rooms)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        ImmutableArray<string> distinct = [.. rooms.Distinct(StringComparer.Ordinal)];
        foreach (var room in distinct) ArgumentNullException.ThrowIfNull(room, nameof(rooms));
        return distinct;
    }
}
