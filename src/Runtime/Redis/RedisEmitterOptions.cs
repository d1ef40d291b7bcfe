using Microsoft.Extensions.Logging;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis;

/// <summary>How an emitter talks to the servers over Redis.</summary>
public sealed class RedisEmitterOptions
{
    /// <summary>The start of every channel name; the same as on the servers.</summary>
    /// <value>Default <c>socket.io</c>.</value>
    public string Key { get; set; } = "socket.io";

    /// <summary>Where the emitter logs that publishing fails, once per outage.</summary>
    /// <value>Default: nowhere.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The largest message that goes through Redis, in bytes; the same on all nodes and emitters.</summary>
    /// <remarks>Sending a larger one throws an <see cref="ArgumentException"/>.</remarks>
    /// <value>At least 1 KiB; default 16 MiB.</value>
    public int MaxMessageSize { get; set; } = MessageSize.Default;

    /// <exception cref="ArgumentException">An option cannot be used; the message names it and what is allowed.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Key);
        if (MaxMessageSize < MessageSize.Least)
            throw new ArgumentException($"{nameof(RedisEmitterOptions)}.{nameof(MaxMessageSize)} must be at least {MessageSize.Least} bytes, but is {MaxMessageSize}.");
    }
}
