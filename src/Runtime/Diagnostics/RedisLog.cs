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
        "Redis at {Endpoints} cannot be reached: {Reason}. A server serves its own clients only, and an emitter reaches none, until it "
        + "is reachable; connecting is retried.")]
    public static partial void RedisUnreachable(ILogger logger, LogText endpoints, LogText reason, Exception? exception);

    [LoggerMessage(1201, LogLevel.Information, "Connected to Redis at {Endpoints}.")]
    public static partial void RedisConnected(ILogger logger, LogText endpoints);

    [LoggerMessage(1202, LogLevel.Warning,
        "The connection to Redis at {Endpoints} was lost: {Reason}. Broadcasts to and from other nodes are lost until it is restored; "
        + "a server serves its own clients meanwhile. Connecting is retried.")]
    public static partial void RedisConnectionLost(ILogger logger, LogText endpoints, LogText reason, Exception? exception);

    [LoggerMessage(1203, LogLevel.Information, "Reconnected to Redis at {Endpoints}.")]
    public static partial void RedisReconnected(ILogger logger, LogText endpoints);

    [LoggerMessage(1204, LogLevel.Error,
        "Connecting to Redis at {Endpoints} failed and is not retried: {Reason}. Correct the configuration and restart; until then nothing "
        + "is sent to other nodes or received from them.")]
    public static partial void RedisConnectFailed(ILogger logger, LogText endpoints, LogText reason, Exception exception);

    [LoggerMessage(1205, LogLevel.Warning,
        "A broadcast could not be published: {Reason}. Clients of other nodes may not receive it. Further failures are counted, and logged "
        + "once per minute.")]
    public static partial void BroadcastPublishFailed(ILogger logger, LogText reason, Exception? exception);

    [LoggerMessage(1206, LogLevel.Warning,
        "Redis is connected but a subscription of probe {Probe} receives nothing or is not confirmed; resubscribing. Messages from other "
        + "nodes may be lost until entry 1211 reports that it recovered.")]
    public static partial void SubscriptionUnresponsive(ILogger logger, LogText probe);

    [LoggerMessage(1207, LogLevel.Debug, "Subscription probe {Probe} was received.")]
    public static partial void SubscriptionVerified(ILogger logger, LogText probe);

    [LoggerMessage(1208, LogLevel.Warning,
        "A message from another node was dropped. Namespace: {Path}, reason: {Reason}, bytes: {Length}. Further ones with this "
        + "reason are only counted for a minute.")]
    private static partial void PeerMessageDropped(ILogger logger, LogText path, LogText reason, int length);

    public static void PeerMessageDropped(ILogger logger, LogText path, DropReason reason, int length) =>
        PeerMessageDropped(logger, path, reason.Text(), length);

    [LoggerMessage(1209, LogLevel.Error,
        "Handling a message from another node in namespace {Path} failed; the message is dropped.")]
    public static partial void PeerMessageFailed(ILogger logger, LogText path, Exception exception);

    [LoggerMessage(1210, LogLevel.Debug, "The operation {Operation} of the adapter failed temporarily.")]
    public static partial void AdapterOperationFailed(ILogger logger, LogText operation, Exception exception);

    [LoggerMessage(1211, LogLevel.Warning,
        "Redis subscription {Probe} recovered. Messages from other nodes may have been lost during the last {Seconds:0.0} s.")]
    public static partial void SubscriptionRecovered(ILogger logger, LogText probe, double seconds);

    [LoggerMessage(1212, LogLevel.Warning,
        "An event or request of this emitter was not received: no server is subscribed to {Channel}. Check that {Key} is the key of the "
        + "servers. Logged once.")]
    public static partial void EmitterEventNotReceived(ILogger logger, LogText channel, LogText key);

    [LoggerMessage(1213, LogLevel.Warning,
        "Redis at {Endpoints} refused a command: {Message}. Check the permissions of the Redis user. "
        + "Further refusals of this kind are not logged for a minute.")]
    public static partial void RedisCommandRefused(ILogger logger, LogText endpoints, LogText message);

    [LoggerMessage(1214, LogLevel.Error,
        "Redis at {Endpoints} lacks capabilities that nodes need to communicate: {Missing}. Use a server with these commands, and allow "
        + "them to the Redis user. Until then events may not reach clients of other nodes.")]
    public static partial void RedisCapabilityMissing(ILogger logger, LogText endpoints, LogText missing);

    [LoggerMessage(1216, LogLevel.Warning,
        "Moving subscriptions to another master of Redis at {Endpoints} failed; messages from other nodes may be lost until a retry "
        + "succeeds. Further failures are not logged for a minute.")]
    public static partial void SubscriptionMoveFailed(ILogger logger, LogText endpoints, Exception exception);

    [LoggerMessage(1230, LogLevel.Error,
        "Redis at {Endpoints} cannot be used with this configuration: {Reason}. Correct the credentials, the certificate or the "
        + "use of TLS. Until then nothing is exchanged with other nodes; connecting is retried every second.")]
    public static partial void RedisConfigurationRejected(ILogger logger, LogText endpoints, LogText reason, Exception? exception);

    [LoggerMessage(1231, LogLevel.Warning,
        "Messages from Redis arrive faster than they are handled: more than {Bytes} bytes of subscription {Probe}, or twice as many of all "
        + "subscriptions, are queued. Further messages are dropped until half of them are handled. Logged once per minute.")]
    public static partial void SubscriptionOverflowed(ILogger logger, LogText probe, long bytes);

    [LoggerMessage(1232, LogLevel.Error,
        "Events are not published: Redis at {Endpoints} cannot be used with this configuration: {Reason}. Correct the "
        + "credentials, the certificate or the use of TLS. Further failures are only counted until publishing works again.")]
    public static partial void EmitterCannotPublish(ILogger logger, LogText endpoints, LogText reason, Exception? exception);

    [LoggerMessage(1240, LogLevel.Warning,
        "{Responded} of {Expected} nodes responded to a request in time; the result is incomplete. Namespace: {Path}. Further ones "
        + "are only counted for a minute.")]
    public static partial void PeerRequestIncomplete(ILogger logger, LogText path, int responded, int expected);

    [LoggerMessage(1241, LogLevel.Warning,
        "A response to another node has {Length} bytes, more than MaxMessageSize, and is not sent. Namespace: {Path}. Fetch "
        + "fewer sockets at a time, or raise MaxMessageSize on every node. Further ones are only counted for a minute.")]
    public static partial void PeerResponseTooLarge(ILogger logger, LogText path, int length);

    [LoggerMessage(1242, LogLevel.Warning,
        "The handshakes of {Count} of {Sockets} sockets were left out of a response to another node, because it would be larger "
        + "than MaxMessageSize. Namespace: {Path}. Fetch fewer sockets at a time, or raise MaxMessageSize on every node. "
        + "Further ones are not logged for a minute.")]
    public static partial void PeerResponseHandshakesLeftOut(ILogger logger, LogText path, int count, int sockets);

    [LoggerMessage(1215, LogLevel.Warning,
        "Peer {Uid} uses another subscription mode than this node, {Mode}. Namespace: {Path}. Nodes and emitters of different "
        + "modes miss each other's events to single rooms: set one SubscriptionMode everywhere. Further ones are not logged for a minute.")]
    public static partial void PeerModeDiffers(ILogger logger, LogText path, LogText uid, ShardedSubscriptionMode mode);

    [LoggerMessage(1243, LogLevel.Warning,
        "The adapter failed to subscribe to {Channel}; this node receives no messages from it. It subscribes again when a client next "
        + "joins a room. Logged once per minute.")]
    public static partial void AdapterNotSubscribed(ILogger logger, LogText channel, Exception exception);
}
