using Microsoft.Extensions.Logging;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>What the Redis layer logs; event ids 1200 to 1299.</summary>
internal static partial class RedisLog
{
    public const string Category = "TypedSocketRedis.Redis";

    [LoggerMessage(1200, LogLevel.Warning, "Redis is not reachable at {Endpoints}: {Reason}. Clients of this node are served; the node joins the others when Redis appears.")]
    public static partial void Unreachable(ILogger logger, LogText endpoints, LogText reason, Exception? exception);

    [LoggerMessage(1201, LogLevel.Information, "Connected to Redis: {Endpoints}.")]
    public static partial void Connected(ILogger logger, LogText endpoints);

    [LoggerMessage(1202, LogLevel.Warning, "Lost Redis at {Endpoints}: {Reason}. Clients of this node are served; broadcasts to and from other nodes are lost until it is back.")]
    public static partial void Lost(ILogger logger, LogText endpoints, LogText reason, Exception? exception);

    [LoggerMessage(1203, LogLevel.Information, "Connected to Redis again: {Endpoints}.")]
    public static partial void ConnectedAgain(ILogger logger, LogText endpoints);

    [LoggerMessage(1204, LogLevel.Error, "Connecting to Redis failed for good: {Endpoints}.")]
    public static partial void ConnectFailed(ILogger logger, LogText endpoints, Exception exception);

    [LoggerMessage(1205, LogLevel.Warning, "A broadcast could not be published: {Reason}. Further ones are only counted until publishing works again.")]
    public static partial void PublishFailed(ILogger logger, LogText reason, Exception? exception);

    [LoggerMessage(1206, LogLevel.Warning, "Redis is connected, but a subscription beside {Probe} receives nothing or is not confirmed; subscribing again.")]
    public static partial void SubscriptionUnresponsive(ILogger logger, LogText probe);

    [LoggerMessage(1207, LogLevel.Debug, "A namespace hears its own probe, {Probe}.")]
    public static partial void SubscriptionVerified(ILogger logger, LogText probe);

    [LoggerMessage(1208, LogLevel.Warning, "A message from Redis was dropped. Namespace: {Path}, cause: {Cause}, bytes: {Length}. Further ones of this cause are only counted for a minute.")]
    public static partial void MessageDropped(ILogger logger, LogText path, LogText cause, int length);

    [LoggerMessage(1209, LogLevel.Error, "Delivering a message from Redis failed. Namespace: {Path}.")]
    public static partial void DeliveryFailed(ILogger logger, LogText path, Exception exception);

    [LoggerMessage(1210, LogLevel.Debug, "The subscription {Channel} could not be watched or changed for a moment.")]
    public static partial void WatchFailed(ILogger logger, LogText channel, Exception exception);

    [LoggerMessage(1211, LogLevel.Warning, "A namespace hears again, {Probe}: it may have missed what other nodes sent in {Seconds:0.0} seconds.")]
    public static partial void SubscriptionRecovered(ILogger logger, LogText probe, double seconds);

    [LoggerMessage(1212, LogLevel.Warning, "Nobody received an event of this emitter: no server is subscribed to {Channel}. Is the key {Key} the servers' key? Logged once.")]
    public static partial void NobodyReceived(ILogger logger, LogText channel, LogText key);

    [LoggerMessage(1213, LogLevel.Warning, "Redis at {Endpoints} refused a command: {Message}. Further refusals of this kind are left out for a minute.")]
    public static partial void Refused(ILogger logger, LogText endpoints, LogText message);

    [LoggerMessage(1214, LogLevel.Error, "Redis at {Endpoints} lacks what nodes need to work together: {Missing}. Clients of this node are served.")]
    public static partial void Incapable(ILogger logger, LogText endpoints, LogText missing);

    [LoggerMessage(1230, LogLevel.Error, "Redis at {Endpoints} cannot be used with this configuration: {Reason}. Correct the credentials, the certificate or the use of TLS. Clients of this node are served; connecting is tried again every second.")]
    public static partial void Rejected(ILogger logger, LogText endpoints, LogText reason, Exception? exception);

    [LoggerMessage(1231, LogLevel.Warning, "Messages from Redis arrive faster than they are handled; more than {Bytes} bytes of subscription {Probe} wait, and further messages are dropped until half of them are handled.")]
    public static partial void Overflowed(ILogger logger, LogText probe, long bytes);

    [LoggerMessage(1232, LogLevel.Error, "Events are not published: Redis at {Endpoints} cannot be used with this configuration: {Reason}. Correct the credentials, the certificate or the use of TLS. Further failures are only counted until publishing works again.")]
    public static partial void CannotPublish(ILogger logger, LogText endpoints, LogText reason, Exception? exception);

    [LoggerMessage(1240, LogLevel.Warning, "Of {Expected} nodes {Answered} answered a request in time. Namespace: {Path}. Further ones are only counted for a minute.")]
    public static partial void RequestIncomplete(ILogger logger, LogText path, int answered, int expected);

    [LoggerMessage(1241, LogLevel.Warning, "An answer to another node takes {Length} bytes, more than MaxMessageSize, and is not sent. Namespace: {Path}. Ask for fewer sockets at a time, or raise MaxMessageSize on every node. Further ones are only counted for a minute.")]
    public static partial void AnswerTooLarge(ILogger logger, LogText path, int length);

    [LoggerMessage(1242, LogLevel.Warning, "The handshakes of {Count} of {Sockets} sockets were left out of a response to another node, because it would be larger than MaxMessageSize. Namespace: {Path}. Further ones are left out of the log for a minute.")]
    public static partial void HandshakesLeftOut(ILogger logger, LogText path, int count, int sockets);

    [LoggerMessage(1215, LogLevel.Warning, "A peer uses another subscription mode than this node: {Uid}, in namespace {Path}. This node's is {Mode}; nodes and emitters of different modes miss each other's events to single rooms. Further ones are left out for a minute.")]
    public static partial void OtherMode(ILogger logger, LogText path, LogText uid, ShardedSubscriptionMode mode);
}
