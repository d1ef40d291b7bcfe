using Microsoft.Extensions.Logging;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>The log messages of the traffic with Redis, or with an adapter of a third party; event ids 1200 to 1299.</summary>
internal static partial class RedisLog
{
    public const string Category = "TypedSocketRedis.Redis";

    /// <summary>The category of servers whose adapter is one of a third party.</summary>
    public const string ForeignCategory = "TypedSocketRedis.Adapter";

    [LoggerMessage(1200, LogLevel.Warning,
        "Redis at {Endpoints} cannot be reached: {Reason}. This node serves its own clients and joins the other nodes when "
        + "Redis is reachable.")]
    public static partial void Unreachable(ILogger logger, LogText endpoints, LogText reason, Exception? exception);

    [LoggerMessage(1201, LogLevel.Information, "Connected to Redis: {Endpoints}.")]
    public static partial void RedisConnected(ILogger logger, LogText endpoints);

    [LoggerMessage(1202, LogLevel.Warning,
        "Lost the connection to Redis at {Endpoints}: {Reason}. This node serves its own clients; broadcasts to and from other "
        + "nodes are lost until it is restored.")]
    public static partial void Lost(ILogger logger, LogText endpoints, LogText reason, Exception? exception);

    [LoggerMessage(1203, LogLevel.Information, "Reconnected to Redis: {Endpoints}.")]
    public static partial void ConnectedAgain(ILogger logger, LogText endpoints);

    [LoggerMessage(1204, LogLevel.Error,
        "Connecting to Redis at {Endpoints} failed and is not retried: {Reason}.")]
    public static partial void ConnectFailed(ILogger logger, LogText endpoints, LogText reason, Exception exception);

    [LoggerMessage(1205, LogLevel.Warning,
        "A broadcast could not be published: {Reason}. Further failures are counted, and logged once per minute.")]
    public static partial void PublishFailed(ILogger logger, LogText reason, Exception? exception);

    [LoggerMessage(1206, LogLevel.Warning,
        "Redis is connected but a subscription of probe {Probe} receives nothing or is not confirmed; resubscribing.")]
    public static partial void SubscriptionUnresponsive(ILogger logger, LogText probe);

    [LoggerMessage(1207, LogLevel.Debug, "Subscription probe {Probe} was received.")]
    public static partial void SubscriptionVerified(ILogger logger, LogText probe);

    [LoggerMessage(1208, LogLevel.Warning,
        "A message from another node was dropped. Namespace: {Path}, cause: {Cause}, bytes: {Length}. Further ones of this cause are "
        + "only counted for a minute.")]
    private static partial void MessageDropped(ILogger logger, LogText path, LogText cause, int length);

    public static void MessageDropped(ILogger logger, LogText path, DropReason reason, int length) =>
        MessageDropped(logger, path, reason.Text(), length);

    [LoggerMessage(1209, LogLevel.Error,
        "Handling a message from another node in namespace {Path} failed; the message is dropped.")]
    public static partial void DeliveryFailed(ILogger logger, LogText path, Exception exception);

    [LoggerMessage(1210, LogLevel.Debug, "The operation {Operation} of the adapter failed temporarily.")]
    public static partial void OperationFailed(ILogger logger, LogText operation, Exception exception);

    [LoggerMessage(1211, LogLevel.Warning,
        "Redis subscription {Probe} recovered. Messages from other nodes may have been lost during the last {Seconds:0.0} s.")]
    public static partial void SubscriptionRecovered(ILogger logger, LogText probe, double seconds);

    [LoggerMessage(1212, LogLevel.Warning,
        "An event or request of this emitter was not received: no server is subscribed to {Channel}. Check that {Key} is the key of the "
        + "servers. Logged once.")]
    public static partial void EventNotReceived(ILogger logger, LogText channel, LogText key);

    [LoggerMessage(1213, LogLevel.Warning,
        "Redis at {Endpoints} refused a command: {Message}. Further refusals of this kind are not logged for a minute.")]
    public static partial void Refused(ILogger logger, LogText endpoints, LogText message);

    [LoggerMessage(1214, LogLevel.Error,
        "Redis at {Endpoints} lacks capabilities that nodes need to communicate: {Missing}. This node serves its own clients.")]
    public static partial void Incapable(ILogger logger, LogText endpoints, LogText missing);

    [LoggerMessage(1216, LogLevel.Warning,
        "Moving to another master of Redis at {Endpoints} failed; retrying. Further failures are not logged for a minute.")]
    public static partial void MoveFailed(ILogger logger, LogText endpoints, Exception exception);

    [LoggerMessage(1230, LogLevel.Error,
        "Redis at {Endpoints} cannot be used with this configuration: {Reason}. Correct the credentials, the certificate or the "
        + "use of TLS. This node serves its own clients; connecting is tried again every second.")]
    public static partial void Rejected(ILogger logger, LogText endpoints, LogText reason, Exception? exception);

    [LoggerMessage(1231, LogLevel.Warning,
        "Messages from Redis arrive faster than they are handled: more than {Bytes} bytes of subscription {Probe} are queued. "
        + "Further messages are dropped until half of them are handled.")]
    public static partial void Overflowed(ILogger logger, LogText probe, long bytes);

    [LoggerMessage(1232, LogLevel.Error,
        "Events are not published: Redis at {Endpoints} cannot be used with this configuration: {Reason}. Correct the "
        + "credentials, the certificate or the use of TLS. Further failures are only counted until publishing works again.")]
    public static partial void CannotPublish(ILogger logger, LogText endpoints, LogText reason, Exception? exception);

    [LoggerMessage(1240, LogLevel.Warning,
        "{Responded} of {Expected} nodes responded to a request in time; the result is incomplete. Namespace: {Path}. Further ones "
        + "are only counted for a minute.")]
    public static partial void RequestIncomplete(ILogger logger, LogText path, int responded, int expected);

    [LoggerMessage(1241, LogLevel.Warning,
        "A response to another node has {Length} bytes, more than MaxMessageSize, and is not sent. Namespace: {Path}. Fetch "
        + "fewer sockets at a time, or raise MaxMessageSize on every node. Further ones are only counted for a minute.")]
    public static partial void ResponseTooLarge(ILogger logger, LogText path, int length);

    [LoggerMessage(1242, LogLevel.Warning,
        "The handshakes of {Count} of {Sockets} sockets were left out of a response to another node, because it would be larger "
        + "than MaxMessageSize. Namespace: {Path}. Further ones are not logged for a minute.")]
    public static partial void HandshakesLeftOut(ILogger logger, LogText path, int count, int sockets);

    [LoggerMessage(1215, LogLevel.Warning,
        "Peer {Uid} uses another subscription mode than this node, {Mode}. Namespace: {Path}. Nodes and emitters of different "
        + "modes miss each other's events to single rooms. Further ones are not logged for a minute.")]
    public static partial void OtherMode(ILogger logger, LogText path, LogText uid, ShardedSubscriptionMode mode);

    [LoggerMessage(1243, LogLevel.Warning,
        "The adapter failed to subscribe to {Channel}; this node receives no messages from it. It subscribes again when a client next "
        + "joins a room. Logged once per minute.")]
    public static partial void AdapterNotSubscribed(ILogger logger, LogText channel, Exception exception);
}
