namespace TypedSocketRedis.Broadcasting;

/// <summary>Checks for names that events between servers cannot have: those of a namespace's own events.</summary>
internal static class ServerEventName
{
    public static bool IsReserved(ReadOnlySpan<byte> name) => name.Length switch
    {
        7 => name.SequenceEqual("connect"u8),
        10 => name.SequenceEqual("connection"u8),
        13 => name.SequenceEqual("new_namespace"u8),
        _ => false,
    };
}
