namespace TypedSocketRedis.Broadcasting;

/// <summary>Creates the ids of events that expect an acknowledgement; all receivers of one event share its id.</summary>
internal static class AckId
{
    private static long _last;

    /// <summary>Returns the next id. A client echoes it, and JavaScript represents integers exactly below 2^53.</summary>
    public static ulong Next() => (ulong)Interlocked.Increment(ref _last);
}
