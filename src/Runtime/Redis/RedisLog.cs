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

    [LoggerMessage(1206, LogLevel.Warning, "The subscription {Pattern} does not hear its own probe and is made anew.")]
    public static partial void SubscriptionDeaf(ILogger logger, string pattern);

    [LoggerMessage(1207, LogLevel.Debug, "The subscription {Pattern} hears its own probe.")]
    public static partial void SubscriptionVerified(ILogger logger, string pattern);

    [LoggerMessage(1208, LogLevel.Warning, "A message from Redis was dropped. Namespace: {Path}, cause: {Cause}, bytes: {Length}. Further ones of this cause are only counted for a minute.")]
    public static partial void MessageDropped(ILogger logger, string path, string cause, int length);

    [LoggerMessage(1209, LogLevel.Error, "Delivering a message from Redis failed. Namespace: {Path}.")]
    public static partial void DeliveryFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(1210, LogLevel.Debug, "The subscription {Pattern} could not be watched for a moment.")]
    public static partial void WatchFailed(ILogger logger, string pattern, Exception exception);

    [LoggerMessage(1240, LogLevel.Warning, "Of {Expected} nodes {Answered} answered a request in time. Namespace: {Path}. Further ones are only counted for a minute.")]
    public static partial void RequestIncomplete(ILogger logger, string path, int answered, int expected);
}
