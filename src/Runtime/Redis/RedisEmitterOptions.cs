using Microsoft.Extensions.Logging;

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
}
