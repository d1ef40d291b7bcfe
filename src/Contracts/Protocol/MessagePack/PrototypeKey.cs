namespace TypedSocketRedis.Protocol;

/// <summary>The key <c>__proto__</c>, which JavaScript decoders of MessagePack assign as the prototype of the object.</summary>
/// <remarks>
/// <c>JSON.parse</c> creates an ordinary property, so a client can send it with either parser. It is dropped with its value
/// where clients' packets are read, where packets for clients are written, and from values that the application sends.
/// </remarks>
internal static class PrototypeKey
{
    private static ReadOnlySpan<byte> Name => "__proto__"u8;

    /// <summary>Returns whether a key is <c>__proto__</c>.</summary>
    /// <param name="key">The key in UTF-8.</param>
    public static bool Is(ReadOnlySpan<byte> key) => key.Length == 9 && key.SequenceEqual(Name);

    /// <summary>Removes the key and its value from all maps of one MessagePack value.</summary>
    /// <param name="value">One value, rewritten only if the name occurs in it.</param>
    /// <exception cref="ArgumentException">The name occurs in the value, and the value is malformed or nested too deeply.</exception>
    public static void Remove(PooledBuffer value)
    {
        if (value.WrittenSpan.IndexOf(Name) < 0) return;
        using var clean = PooledBuffer.Rent();
        try
        {
            MessagePackNormalizer.Write(
                value.WrittenSpan, 0, 1, clean, Limits.Outgoing.Depth, Limits.Outgoing.PacketBytes, forNotepack: false);
        }
        catch (ProtocolException exception)
        {
            throw exception.AsArgument();
        }

        value.Clear();
        value.Write(clean.WrittenSpan);
    }
}
