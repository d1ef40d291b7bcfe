namespace TypedSocketRedis.Broadcasting;

/// <summary>The numbers that events carry when they are to be acknowledged; all receivers of one share it.</summary>
internal static class AckId
{
    private static long _last;

    /// <summary>The next number; a client echoes it, and JavaScript holds all of the first 2^53.</summary>
    public static ulong Next() => (ulong)Interlocked.Increment(ref _last);
}
