using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis;

/// <summary>The options of a server for its relation to other nodes, for every adapter.</summary>
public abstract class RedisNodeOptions
{
    private protected RedisNodeOptions()
    {
    }

    /// <summary>
    /// Gets or sets the connection to make: <c>localhost:6379,password=…</c> as StackExchange.Redis reads it, or a <c>redis://</c> or
    /// <c>rediss://</c> URI.
    /// </summary>
    /// <remarks>
    /// The argument of the method that adds the adapter has precedence. A name that is the key of a registered
    /// <see cref="IConnectionMultiplexer"/> is refused at start, because <see cref="ServiceKey"/> was meant.
    /// </remarks>
    /// <value>Default null: the <see cref="IConnectionMultiplexer"/> of the application's services.</value>
    public string? Configuration { get; set; }

    /// <summary>
    /// Gets or sets the key of the application's <see cref="IConnectionMultiplexer"/>, as <c>AddKeyedSingleton</c> or
    /// <c>AddKeyedRedisClient</c> of Aspire registers it.
    /// </summary>
    /// <remarks>The application owns the connection: it is never disposed by the server.</remarks>
    /// <value>Default null: the one that is registered without a key.</value>
    public object? ServiceKey { get; set; }

    /// <summary>Gets or sets the maximum size of a message through Redis, in bytes; the same on all nodes and emitters.</summary>
    /// <remarks>
    /// Sending a larger one throws an <see cref="ArgumentException"/>, and it is not published. A larger one that arrives is
    /// dropped and counted before it is read. Redis itself disconnects a subscriber with more than 32 MiB of output, or 8 MiB for a
    /// minute (<c>client-output-buffer-limit pubsub</c>).
    /// </remarks>
    /// <value>At least 1 KiB; default 16 MiB.</value>
    public int MaxMessageSize { get; set; } = MessageSize.Default;

    /// <summary>Gets or sets the interval without messages after which a namespace sends itself a probe through Redis.</summary>
    /// <remarks>
    /// A node that does not receive its probe although Redis is connected resubscribes until it does, reports this in the
    /// log and the metrics, and is unhealthy meanwhile. Each reconnection is followed by a probe too, whatever this interval is.
    /// </remarks>
    /// <value>Between one second and one day; default 10 seconds.</value>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets or sets the time to wait for the responses of other nodes: to fetched sockets, all rooms, and server events without a timeout
    /// of their own.
    /// </summary>
    /// <remarks>On a timeout the received responses are the result, which has the number of missing nodes.</remarks>
    /// <value>Default 5 seconds.</value>
    public TimeSpan RequestsTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the senders that may make this node's sockets join and leave rooms, and disconnect them.</summary>
    /// <value>Default <see cref="RedisControlRequests.All"/>.</value>
    public RedisControlRequests AcceptControlRequests { get; set; } = RedisControlRequests.All;

    /// <summary>Gets or sets the connection that was passed to the method that adds the adapter, or null for none.</summary>
    internal IConnectionMultiplexer? Multiplexer { get; set; }

    /// <summary>Gets or sets the name of the server, or an empty text for the default server.</summary>
    internal string Server { get; set; } = "";

    /// <summary>Sets the start of every channel name.</summary>
    internal abstract string Prefix { set; }

    /// <summary>The method that adds the adapter of these options.</summary>
    internal abstract string Method { get; }

    /// <summary>The search for the connection that these options choose.</summary>
    internal MultiplexerSource Source => new(GetType().Name, Method);

    internal abstract NodeId CreateNodeId();

    internal abstract BusTopology CreateTopology();

    internal abstract IClusterWire CreateWire(NodeId uid, string path);

    /// <exception cref="ArgumentException">An option is invalid; the message names it and the allowed values.</exception>
    internal void Validate()
    {
        if (Failures() is { Count: > 0 } failures) throw new ArgumentException(string.Join(' ', failures));
    }

    /// <summary>Returns a sentence for each invalid option, with its name and the allowed values.</summary>
    internal List<string> Failures()
    {
        var checks = new List<string>();
        Check((isGood, option, problem) =>
        {
            if (!isGood) checks.Add($"{GetType().Name}.{option} {problem}");
        });
        return checks;
    }

    private protected virtual void Check(OptionCheck check)
    {
        check(MaxMessageSize >= MessageSize.Least, nameof(MaxMessageSize),
            $"must be at least {MessageSize.Least} bytes, but is {MaxMessageSize}.");
        check(RequestsTimeout > TimeSpan.Zero && RequestsTimeout <= TimeSpan.FromDays(1), nameof(RequestsTimeout),
            $"must be positive and no longer than a day, but is {RequestsTimeout}.");
        check(Enum.IsDefined(AcceptControlRequests), nameof(AcceptControlRequests), $"has no such value: {AcceptControlRequests}.");
        check(ProbeInterval >= TimeSpan.FromSeconds(1) && ProbeInterval <= TimeSpan.FromDays(1), nameof(ProbeInterval),
            $"must lie between one second and one day, but is {ProbeInterval}.");
    }

    private protected delegate void OptionCheck(bool isGood, string option, string problem);
}
