namespace TypedSocketRedis.Redis;

/// <summary>The bound on what goes through Redis, on the sending side.</summary>
internal static class MessageSize
{
    /// <summary>16 MiB: half of what Redis lets wait for one subscriber before it cuts it off.</summary>
    public const int Default = 16 * 1024 * 1024;

    /// <summary>The smallest bound that is allowed.</summary>
    public const int Least = 1024;

    /// <summary>Lets a message of an allowed size through.</summary>
    /// <param name="message">The message.</param>
    /// <param name="max">How many bytes are allowed.</param>
    /// <exception cref="ArgumentException">It is larger.</exception>
    public static byte[] Checked(byte[] message, int max) => message.Length <= max ? message : throw new ArgumentException(
        $"The event takes {message.Length:N0} bytes on its way to other nodes; MaxMessageSize allows {max:N0}. Send it in parts or as a link, or raise MaxMessageSize on every node and emitter, and Redis' client-output-buffer-limit for pubsub with it.");
}
