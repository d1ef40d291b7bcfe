using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis;

/// <summary>The options of an emitter.</summary>
/// <remarks>
/// Those of <c>AddSocketIOEmitter</c> are the unnamed ones of the options system, those of <c>AddKeyedSocketIOEmitter</c> have the name of
/// the emitter. They can be bound from configuration, and are checked when the host starts.
/// </remarks>
public sealed class RedisEmitterOptions
{
    /// <summary>Gets or sets the start of every channel name; the same as on the servers.</summary>
    /// <value>Default <c>socket.io</c>.</value>
    public string Key { get; set; } = "socket.io";

    /// <summary>
    /// Gets or sets the options for servers with sharded pub/sub, ours or those of Node.js with <c>createShardedAdapter()</c>; null for
    /// classic pub/sub.
    /// </summary>
    /// <remarks>
    /// Servers of one kind do not receive events for those of the other. Requires Redis 7 or later, alone or as a cluster.
    /// </remarks>
    /// <value>Default null: classic.</value>
    public ShardedEmitterOptions? Sharded { get; set; }

    /// <summary>Gets or sets the logger factory for the emitter's warnings: publishing fails, or no server receives its events.</summary>
    /// <value>Default null: the <see cref="ConfigurationOptions.LoggerFactory"/> that the connection was made with, if
    /// it has one.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Gets or sets the maximum size of a message through Redis, in bytes; the same on all nodes and emitters.</summary>
    /// <remarks>Sending a larger one throws an <see cref="ArgumentException"/>. A larger response is dropped and counted.</remarks>
    /// <value>At least 1 KiB; default 16 MiB.</value>
    public int MaxMessageSize { get; set; } = MessageSize.Default;

    /// <summary>
    /// Gets or sets the time to wait for the responses of servers: to fetched sockets, all rooms, and server events without a timeout
    /// of their own.
    /// </summary>
    /// <remarks>On a timeout the received responses are the result, which has the number of missing nodes.</remarks>
    /// <value>Positive and at most one day; default 5 seconds.</value>
    public TimeSpan RequestsTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Gets or sets the start of the names of the rooms that contain the sockets of one user each; the same as on the servers.
    /// </summary>
    /// <remarks>
    /// Room names with this start are reserved: chains refuse them, and reach a user by its id. With null or an empty text no name is
    /// reserved, and there are no rooms of users.
    /// </remarks>
    /// <value>At most 64 characters, with a character that ids of sockets do not have; default <c>user:</c>.</value>
    public string? UserRoomPrefix { get; set; } = UserRooms.DefaultPrefix;

    /// <summary>
    /// Gets or sets the connection that <c>AddSocketIOEmitter</c> makes: <c>localhost:6379,password=…</c> or a <c>redis://</c> or
    /// <c>rediss://</c> URI, as for the adapters.
    /// </summary>
    /// <remarks>An emitter that is created with a connection ignores it.</remarks>
    /// <value>Default null: the <see cref="IConnectionMultiplexer"/> of the application's services.</value>
    public string? Configuration { get; set; }

    /// <summary>
    /// Gets or sets the service key of the <see cref="IConnectionMultiplexer"/> that <c>AddSocketIOEmitter</c> uses; for applications
    /// with several connections.
    /// </summary>
    /// <remarks>Not allowed together with <see cref="Configuration"/>. An emitter that is created with a connection ignores it.</remarks>
    /// <value>Default null: the <see cref="IConnectionMultiplexer"/> that is registered without a key.</value>
    public object? ServiceKey { get; set; }

    /// <summary>The connection that a registration names, in place of one from the application's services.</summary>
    internal IConnectionMultiplexer? Multiplexer { get; set; }

    /// <summary>The name of the emitter, or null for the one without a name.</summary>
    internal string? Name { get; set; }

    /// <summary>The search for the connection that these options choose.</summary>
    internal MultiplexerSource Source =>
        new(nameof(RedisEmitterOptions), Name is null ? "AddSocketIOEmitter" : "AddKeyedSocketIOEmitter", Name);

    // Not kept on one master of a cluster: the application's connection cannot be, and an own one behaves the same.
    internal BusTopology CreateTopology() => Sharded is null ? new SingleTopology() : new ShardedTopology();

    internal UserRooms CreateUsers() => UserRooms.Create(UserRoomPrefix, $"{nameof(RedisEmitterOptions)}.{nameof(UserRoomPrefix)}");

    internal IRequestWire CreateWire(string path) => Sharded is { } sharded
        ? new ShardedWire(Key, sharded.SubscriptionMode, NodeId.Emitter, path, MaxMessageSize, requester: NodeId.CreateLong())
        : new ClassicWire(Key, NodeId.Create(), path, MaxMessageSize);

    /// <exception cref="ArgumentException">An option is invalid; the message names it and the allowed values.</exception>
    internal void Validate()
    {
        if (Failures() is { Count: > 0 } failures) throw new ArgumentException(string.Join(' ', failures));
    }

    /// <summary>Returns a sentence for each invalid option, with its name and the allowed values.</summary>
    internal List<string> Failures(IServiceProvider? services = null)
    {
        var failures = new List<string>();
        if (Key is null)
            failures.Add($"{nameof(RedisEmitterOptions)}.{nameof(Key)} must not be null: it is the start of every channel name.");
        if (UserRooms.ProblemOf(UserRoomPrefix) is { } prefixProblem)
            failures.Add($"{nameof(RedisEmitterOptions)}.{nameof(UserRoomPrefix)} {prefixProblem}");
        if (MaxMessageSize < MessageSize.Least)
            failures.Add(
                $"{nameof(RedisEmitterOptions)}.{nameof(MaxMessageSize)} "
                + $"must be at least {MessageSize.Least} bytes, but is {MaxMessageSize}.");
        if (RequestsTimeout <= TimeSpan.Zero || RequestsTimeout > TimeSpan.FromDays(1))
        {
            failures.Add(
                $"{nameof(RedisEmitterOptions)}.{nameof(RequestsTimeout)} "
                + $"must be positive and no longer than a day, but is {RequestsTimeout}.");
        }

        if (Sharded is { } sharded && !Enum.IsDefined(sharded.SubscriptionMode))
        {
            failures.Add(
                $"{nameof(ShardedEmitterOptions)}.{nameof(ShardedEmitterOptions.SubscriptionMode)} must be the servers' one of "
                + $"{string.Join(", ", Enum.GetNames<ShardedSubscriptionMode>())}, but is {sharded.SubscriptionMode}.");
        }

        if (Source.FindProblem(services, Multiplexer is not null, Configuration, ServiceKey) is { } problem) failures.Add(problem);
        return failures;
    }
}

/// <summary>
/// The options of an emitter for servers with sharded pub/sub; <see cref="RedisEmitterOptions.Key"/> is their channel prefix.
/// </summary>
public sealed class ShardedEmitterOptions
{
    /// <summary>Gets or sets the servers' mode; servers of another one do not receive events to a single room.</summary>
    /// <value>Default <see cref="ShardedSubscriptionMode.Dynamic"/>, that of Node.js servers.</value>
    public ShardedSubscriptionMode SubscriptionMode { get; set; }
}
