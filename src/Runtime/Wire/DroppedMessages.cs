using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Counts and reports dropped messages from Redis, and keeps their exceptions from stopping the loop.</summary>
/// <param name="path">The namespace.</param>
/// <param name="metrics">The counters.</param>
/// <param name="logger">The log.</param>
/// <param name="gate">The limit on log entries.</param>
internal sealed class DroppedMessages(string path, RedisMetrics metrics, ILogger logger, LogGate gate)
{
    /// <summary>Handles a message; the next one follows even if handling this one throws.</summary>
    /// <param name="length">Its size in bytes.</param>
    /// <param name="handle">A function that returns the reason why the message was dropped, or <see cref="DropReason.None"/>.</param>
    public void Handle(int length, Func<DropReason> handle)
    {
        try
        {
            if (handle() is var reason and not DropReason.None) Add(reason, length);
        }
        catch (ProtocolException exception)
        {
            Add(exception.ToDropReason(), length);
        }
        catch (Exception exception)
        {
            Failed(exception);
        }
    }

    /// <summary>Counts a message that arrived.</summary>
    public void Received(int length) => metrics.Received(length);

    public void Add(DropReason reason, int length)
    {
        metrics.Dropped(reason);
        if (reason.IsNormal()) return;
        if (gate.TryEnter(reason.Text())) RedisLog.PeerMessageDropped(logger, path, reason, length);
    }

    /// <summary>Reports that handling a message failed unexpectedly.</summary>
    public void Failed(Exception exception)
    {
        metrics.Dropped(DropReason.Handler);
        if (gate.TryEnter(DropReason.Handler.Text())) RedisLog.PeerMessageFailed(logger, path, exception);
    }

    /// <summary>Reports that a response to another node exceeds the maximum message size and is not sent.</summary>
    public void TooLarge(int length)
    {
        metrics.PublishFailed();
        if (gate.TryEnter("response")) RedisLog.PeerResponseTooLarge(logger, path, length);
    }

    /// <summary>Reports that a response to another node has no space for all handshakes.</summary>
    public void HandshakesLeftOut(int count, int sockets)
    {
        if (gate.TryEnter("handshakes")) RedisLog.PeerResponseHandshakesLeftOut(logger, path, count, sockets);
    }

    /// <summary>Reports that not every node responded to a request in time.</summary>
    public void Incomplete(int responded, int expected)
    {
        metrics.Incomplete();
        if (gate.TryEnter("incomplete")) RedisLog.PeerRequestIncomplete(logger, path, responded, expected);
    }

    /// <summary>Reports that another node uses channels otherwise than this one: events are lost between them.</summary>
    public void OfAnotherMode(string uid, ShardedSubscriptionMode mode)
    {
        if (gate.TryEnter("mode")) RedisLog.PeerModeDiffers(logger, path, uid, mode);
    }
}
