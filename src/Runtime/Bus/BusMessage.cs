namespace TypedSocketRedis.Redis;

/// <summary>One entry of the common queue of a set of subscriptions.</summary>
/// <param name="Source">The number of the connection it came from; a later connection has a higher one.</param>
/// <param name="Channel">The channel it was published on, UTF-8.</param>
/// <param name="Message">The message.</param>
/// <param name="Command">Work to do between the messages before it and those after it; null for a message.</param>
internal readonly record struct BusMessage(int Source, byte[] Channel, ReadOnlyMemory<byte> Message, Action? Command = null)
{
    // The cost of a message beside its bytes.
    private const int Overhead = 256;

    /// <summary>Gets the message's share of a limit, in bytes.</summary>
    public int Size => Channel.Length + Message.Length + Overhead;
}
