using Microsoft.Extensions.Logging;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis;

/// <summary>How an emitter talks to the servers over Redis.</summary>
public sealed class RedisEmitterOptions
{
    /// <summary>The start of every channel name; the same as on the servers.</summary>
    /// <value>Default <c>socket.io</c>.</value>
    public string Key { get; set; } = "socket.io";

    /// <summary>Set when the servers use sharded pub/sub, ours or those of Node.js with <c>createShardedAdapter()</c>; the default is for classic pub/sub.</summary>
    /// <remarks>Events for servers of one kind are not heard by those of the other. It needs Redis 7 or later, alone or as a cluster.</remarks>
    /// <value>Default null: classic.</value>
    public ShardedEmitterOptions? Sharded { get; set; }

    /// <summary>The logger factory for the emitter's warnings: publishing fails, or no server receives its events.</summary>
    /// <value>Default null: the <see cref="StackExchange.Redis.ConfigurationOptions.LoggerFactory"/> that the connection was made with, if it has one.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The largest message that goes through Redis, in bytes; the same on all nodes and emitters.</summary>
    /// <remarks>Sending a larger one throws an <see cref="ArgumentException"/>.</remarks>
    /// <value>At least 1 KiB; default 16 MiB.</value>
    public int MaxMessageSize { get; set; } = MessageSize.Default;

    /// <summary>The connection that <c>AddSocketIOEmitter</c> makes: <c>localhost:6379,password=…</c> or a <c>redis://</c> or <c>rediss://</c> URI, as for the adapters.</summary>
    /// <remarks>An emitter that is made with a connection does not use it.</remarks>
    /// <value>Default null: the <see cref="StackExchange.Redis.IConnectionMultiplexer"/> of the application's services.</value>
    public string? Configuration { get; set; }

    /// <exception cref="ArgumentException">An option cannot be used; the message names it and what is allowed.</exception>
    internal void Validate()
    {
        if (Failures() is { Count: > 0 } failures) throw new ArgumentException(string.Join(' ', failures));
    }

    /// <summary>Returns a sentence for each option that cannot be used; it names the option and what is allowed.</summary>
    internal List<string> Failures()
    {
        var failures = new List<string>();
        if (Key is null) failures.Add($"{nameof(RedisEmitterOptions)}.{nameof(Key)} must not be null: it is the start of every channel name.");
        if (MaxMessageSize < MessageSize.Least)
            failures.Add($"{nameof(RedisEmitterOptions)}.{nameof(MaxMessageSize)} must be at least {MessageSize.Least} bytes, but is {MaxMessageSize}.");
        if (Sharded is { } sharded && !Enum.IsDefined(sharded.SubscriptionMode))
        {
            failures.Add(
                $"{nameof(ShardedEmitterOptions)}.{nameof(ShardedEmitterOptions.SubscriptionMode)} must be the servers' one of "
                + $"{string.Join(", ", Enum.GetNames<ShardedSubscriptionMode>())}, but is {sharded.SubscriptionMode}.");
        }

        if (Configuration is not null && RedisConfiguration.Problem(Configuration) is { } problem)
            failures.Add($"{nameof(RedisEmitterOptions)}.{nameof(Configuration)}: {problem}");
        return failures;
    }
}

/// <summary>How an emitter talks to servers with sharded pub/sub; <see cref="RedisEmitterOptions.Key"/> is their channel prefix.</summary>
public sealed class ShardedEmitterOptions
{
    /// <summary>The servers' mode: in another one they do not hear events to a single room.</summary>
    /// <value>Default <see cref="ShardedSubscriptionMode.Dynamic"/>, that of Node.js servers.</value>
    public ShardedSubscriptionMode SubscriptionMode { get; set; }
}
