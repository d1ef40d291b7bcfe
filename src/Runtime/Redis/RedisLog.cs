using Microsoft.Extensions.Logging;

namespace TypedSocketRedis.Redis;

/// <summary>What the Redis layer logs; event ids 1200 to 1299.</summary>
internal static partial class RedisLog
{
    public const string Category = "TypedSocketRedis.Redis";

    [LoggerMessage(1200, LogLevel.Warning, "Redis is not reachable: {Endpoints}. Clients of this node are served; the node joins the others when Redis appears.")]
    public static partial void Unreachable(ILogger logger, string endpoints);

    [LoggerMessage(1201, LogLevel.Information, "Connected to Redis: {Endpoints}.")]
    public static partial void Connected(ILogger logger, string endpoints);

    [LoggerMessage(1202, LogLevel.Warning, "Lost Redis: {Endpoints}. Clients of this node are served; broadcasts to and from other nodes are lost until it is back.")]
    public static partial void Lost(ILogger logger, string endpoints);

    [LoggerMessage(1203, LogLevel.Information, "Connected to Redis again: {Endpoints}.")]
    public static partial void ConnectedAgain(ILogger logger, string endpoints);

    [LoggerMessage(1204, LogLevel.Error, "Connecting to Redis failed for good: {Endpoints}.")]
    public static partial void ConnectFailed(ILogger logger, string endpoints, Exception exception);

    [LoggerMessage(1205, LogLevel.Warning, "A broadcast could not be published; further ones are only counted until publishing works again.")]
    public static partial void PublishFailed(ILogger logger, Exception? exception);

    [LoggerMessage(1206, LogLevel.Warning, "Redis is connected, but a subscription beside {Probe} receives nothing or is not confirmed; subscribing again.")]
    public static partial void SubscriptionDeaf(ILogger logger, string probe);

    [LoggerMessage(1207, LogLevel.Debug, "A namespace hears its own probe, {Probe}.")]
    public static partial void SubscriptionVerified(ILogger logger, string probe);

    [LoggerMessage(1208, LogLevel.Warning, "A message from Redis was dropped. Namespace: {Path}, cause: {Cause}, bytes: {Length}. Further ones of this cause are only counted for a minute.")]
    public static partial void MessageDropped(ILogger logger, string path, string cause, int length);

    [LoggerMessage(1209, LogLevel.Error, "Delivering a message from Redis failed. Namespace: {Path}.")]
    public static partial void DeliveryFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(1210, LogLevel.Debug, "The subscription {Channel} could not be watched or changed for a moment.")]
    public static partial void WatchFailed(ILogger logger, string channel, Exception exception);

    [LoggerMessage(1211, LogLevel.Warning, "A namespace hears again, {Probe}: it may have missed what other nodes sent in {Seconds:0.0} seconds.")]
    public static partial void HearsAgain(ILogger logger, string probe, double seconds);

    [LoggerMessage(1212, LogLevel.Warning, "Nobody received an event of this emitter: no server is subscribed to {Channel}. Is the key {Key} the servers' key? Logged once.")]
    public static partial void NobodyReceived(ILogger logger, string channel, string key);

    [LoggerMessage(1213, LogLevel.Warning, "Redis at {Endpoints} refused a command: {Message}. Further refusals of this kind are left out for a minute.")]
    public static partial void Refused(ILogger logger, string endpoints, string message);

    [LoggerMessage(1214, LogLevel.Error, "Redis at {Endpoints} lacks what nodes need to work together: {Missing}. Clients of this node are served.")]
    public static partial void Incapable(ILogger logger, string endpoints, string missing);

    [LoggerMessage(1240, LogLevel.Warning, "Of {Expected} nodes {Answered} answered a request in time. Namespace: {Path}. Further ones are only counted for a minute.")]
    public static partial void RequestIncomplete(ILogger logger, string path, int answered, int expected);

    [LoggerMessage(1241, LogLevel.Warning, "An answer to another node takes {Length} bytes, more than MaxMessageSize, and is not sent. Namespace: {Path}. Ask for fewer sockets at a time, or raise MaxMessageSize on every node. Further ones are only counted for a minute.")]
    public static partial void AnswerTooLarge(ILogger logger, string path, int length);

    [LoggerMessage(1215, LogLevel.Warning, "A peer uses another subscription mode than this node: {Uid}, in namespace {Path}. This node's is {Mode}; nodes and emitters of different modes miss each other's events to single rooms. Further ones are left out for a minute.")]
    public static partial void OtherMode(ILogger logger, string path, string uid, ShardedSubscriptionMode mode);
}
