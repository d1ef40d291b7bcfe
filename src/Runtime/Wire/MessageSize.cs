namespace TypedSocketRedis.Redis;

/// <summary>The limit on messages sent through Redis.</summary>
internal static class MessageSize
{
    /// <summary>16 MiB: half of the bytes that Redis queues for one subscriber before it disconnects it.</summary>
    public const int Default = 16 * 1024 * 1024;

    /// <summary>The minimum value of the limit.</summary>
    public const int Least = 1024;

    /// <summary>Returns the message if its size is allowed.</summary>
    /// <param name="message">The message.</param>
    /// <param name="max">The maximum size, in bytes.</param>
    /// <exception cref="ArgumentException">The message is larger.</exception>
    public static byte[] Checked(byte[] message, int max) => message.Length <= max ? message : throw new ArgumentException(
        $"The event takes {message.Length:N0} bytes on its way to other nodes; MaxMessageSize allows {max:N0}. "
        + "Send it in parts or as a link, or raise MaxMessageSize on every node and emitter, "
        + "and Redis' client-output-buffer-limit for pubsub with it.");
}
