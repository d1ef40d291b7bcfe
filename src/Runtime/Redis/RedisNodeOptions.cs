using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis;

/// <summary>What a server decides for itself about the other nodes, whichever adapter it uses.</summary>
public abstract class RedisNodeOptions
{
    private protected RedisNodeOptions()
    {
    }

    /// <summary>The largest message that goes through Redis, in bytes; the same on all nodes and emitters.</summary>
    /// <remarks>
    /// Sending a larger one throws an <see cref="ArgumentException"/>, and nobody receives it. A larger one that arrives is
    /// dropped and counted before it is read. Redis itself cuts off a subscriber for which more than 32 MiB wait, or 8 MiB for a
    /// minute (<c>client-output-buffer-limit pubsub</c>).
    /// </remarks>
    /// <value>At least 1 KiB; default 16 MiB.</value>
    public int MaxMessageSize { get; set; } = MessageSize.Default;

    /// <summary>After how long without a message a namespace sends itself one through Redis, to prove that it hears.</summary>
    /// <remarks>
    /// A node that does not hear itself although Redis is connected makes its subscriptions anew until it does, says so in the
    /// log and the metrics, and is unhealthy meanwhile. It looks after each reconnection too, whatever this interval is.
    /// </remarks>
    /// <value>Between one second and one day; default 10 seconds.</value>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the answers of other nodes are awaited: to fetched sockets, all rooms, and server events without a timeout of their own.</summary>
    /// <remarks>When it is over, what has come is the result, and the result says how many nodes are missing.</remarks>
    /// <value>Default 5 seconds.</value>
    public TimeSpan RequestsTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Who may have this node's sockets join and leave rooms, and disconnect them.</summary>
    /// <value>Default <see cref="RedisControlRequests.All"/>.</value>
    public RedisControlRequests AcceptControlRequests { get; set; } = RedisControlRequests.All;

    /// <summary>Whether all channels are those of sharded pub/sub.</summary>
    internal abstract bool IsSharded { get; }

    internal abstract NodeId CreateNodeId();

    internal abstract IClusterWire CreateWire(NodeId uid, string path);

    /// <exception cref="ArgumentException">An option cannot be used; the message names it and what is allowed.</exception>
    internal void Validate()
    {
        if (Failures() is { Count: > 0 } failures) throw new ArgumentException(string.Join(' ', failures));
    }

    /// <summary>Returns a sentence for each option that cannot be used; it names the option and what is allowed.</summary>
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
        check(MaxMessageSize >= MessageSize.Least, nameof(MaxMessageSize), $"must be at least {MessageSize.Least} bytes, but is {MaxMessageSize}.");
        check(RequestsTimeout > TimeSpan.Zero && RequestsTimeout <= TimeSpan.FromDays(1), nameof(RequestsTimeout), $"must be positive and no longer than a day, but is {RequestsTimeout}.");
        check(Enum.IsDefined(AcceptControlRequests), nameof(AcceptControlRequests), $"has no such value: {AcceptControlRequests}.");
        check(ProbeInterval >= TimeSpan.FromSeconds(1) && ProbeInterval <= TimeSpan.FromDays(1), nameof(ProbeInterval), $"must lie between one second and one day, but is {ProbeInterval}.");
    }

    private protected delegate void OptionCheck(bool isGood, string option, string problem);
}
