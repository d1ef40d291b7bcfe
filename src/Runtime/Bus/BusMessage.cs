namespace TypedSocketRedis.Redis;

/// <summary>The steps of a handover between servers, each between the messages read before it and those read afterwards.</summary>
internal enum HandoverStep
{
    /// <summary>No step: the entry is a message.</summary>
    None,

    /// <summary>Messages of the former server are remembered, and those of the next one are kept.</summary>
    Begin,

    /// <summary>Messages of the next server are delivered.</summary>
    Change,

    /// <summary>The time in which messages can come twice ends.</summary>
    End,
}

/// <summary>One entry of the common queue of a set of subscriptions.</summary>
/// <param name="Source">
/// The number of the connection it came from; a later connection has a higher one. At the beginning of a handover, that of the next
/// connection.
/// </param>
/// <param name="Channel">The channel it was published on, UTF-8.</param>
/// <param name="Message">The message.</param>
/// <param name="Step">A step of a handover; <see cref="HandoverStep.None"/> for a message.</param>
/// <param name="Moved">The channels that change servers with the step, or null for all of them.</param>
internal readonly record struct BusMessage(
    int Source, byte[] Channel, ReadOnlyMemory<byte> Message, HandoverStep Step = HandoverStep.None, HashSet<string>? Moved = null)
{
    // The cost of a message beside its bytes.
    private const int Overhead = 256;

    /// <summary>Gets the message's share of a limit, in bytes.</summary>
    public int Size => Channel.Length + Message.Length + Overhead;
}
