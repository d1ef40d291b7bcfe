using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Counts and reports what came from Redis and was not used, and keeps it from doing more harm than that.</summary>
/// <param name="path">The namespace.</param>
/// <param name="metrics">Where it is counted.</param>
/// <param name="logger">Where it is reported.</param>
/// <param name="gate">Bounds the reports.</param>
internal sealed class DroppedMessages(string path, RedisMetrics metrics, ILogger logger, LogGate gate)
{
    /// <summary>Handles a message; whatever it holds and whatever handling it does, the next one follows.</summary>
    /// <param name="length">Its size in bytes.</param>
    /// <param name="handle">Returns null, or why nothing was done.</param>
    public void Handle(int length, Func<string?> handle)
    {
        try
        {
            if (handle() is { } cause) Add(cause, length);
        }
        catch (ProtocolException exception)
        {
            Add(exception.Cause, length);
        }
        catch (Exception exception)
        {
            Failed(exception);
        }
    }

    public void Add(string cause, int length)
    {
        metrics.Dropped(cause);
        if (DropCause.IsNormal(cause)) return;
        if (gate.TryEnter(cause)) RedisLog.MessageDropped(logger, path, cause, length);
    }

    /// <summary>Handling a message failed where it never should.</summary>
    public void Failed(Exception exception)
    {
        metrics.Dropped(DropCause.Handler);
        if (gate.TryEnter(DropCause.Handler)) RedisLog.DeliveryFailed(logger, path, exception);
    }

    /// <summary>An answer to another node is larger than a message may be, and is not sent.</summary>
    public void TooLarge(int length)
    {
        metrics.PublishFailed();
        if (gate.TryEnter("answer")) RedisLog.AnswerTooLarge(logger, path, length);
    }

    /// <summary>An answer to another node has no place for all handshakes.</summary>
    public void HandshakesLeftOut(int count, int sockets)
    {
        if (gate.TryEnter("handshakes")) RedisLog.HandshakesLeftOut(logger, path, count, sockets);
    }

    /// <summary>Not every node answered a request in time.</summary>
    public void Incomplete(int answered, int expected)
    {
        metrics.Incomplete();
        if (gate.TryEnter("incomplete")) RedisLog.RequestIncomplete(logger, path, answered, expected);
    }

    /// <summary>Another node uses channels otherwise than this one: events are lost between them.</summary>
    public void OfAnotherMode(string uid, ShardedSubscriptionMode mode)
    {
        if (gate.TryEnter("mode")) RedisLog.OtherMode(logger, path, uid, mode);
    }
}
