using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>
/// The publishing half of the bus: fails fast while Redis is not connected or does not respond, and logs it once per outage and minute.
/// </summary>
/// <remarks>While one master of a cluster is away, publishes fail and succeed in turn: that is one outage.</remarks>
/// <param name="connection">The connection, which has the reason of an outage.</param>
/// <param name="metrics">The counters of publishes.</param>
/// <param name="logger">The log of outages.</param>
internal sealed class RedisPublisher(RedisConnection connection, RedisMetrics metrics, ILogger logger)
{
    private readonly PublishBacklog _backlog = new();
    private readonly LogGate _reported = new(connection.Timings.Clock);
    private int _failing;

    public bool Publish(RedisChannel channel, byte[] message)
    {
        var mark = 0L;
        if (connection.Link is not { IsConnected: true } link || !_backlog.TryAdd(message.Length, out mark))
        {
            Failed(null);
            return false;
        }

        try
        {
            // The asynchronous form: the synchronous one may wait for the connection's write lock.
            var handedOver = connection.Topology.PublishAsync(link, channel, message,
                mark == 0 ? CommandFlags.FireAndForget : CommandFlags.None);
            if (mark != 0) _ = _backlog.SettleAsync(link, mark, handedOver);
            if (handedOver.IsFaulted)
            {
                Failed(handedOver.Exception.InnerException);
                return false;
            }
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            _backlog.Settle(mark);
            Failed(exception);
            return false;
        }

        Succeeded();
        return true;
    }

    public Task<long> PublishAsync(RedisChannel channel, byte[] message) => PublishAsync(channel, message, CancellationToken.None);

    public async Task<long> PublishAsync(RedisChannel channel, byte[] message, CancellationToken cancellationToken)
    {
        try
        {
            if (connection.Link is not { IsConnected: true } link)
                throw RedisReason.NotConnected(await connection.FindFailureAsync().WaitAsync(cancellationToken).ConfigureAwait(false));
            var published = connection.Topology.PublishAsync(link, channel, message, CommandFlags.None);
            if (cancellationToken.CanBeCanceled) _ = published.Observed();
            var receivers = await published.WaitAsync(cancellationToken).ConfigureAwait(false);
            Succeeded();
            return receivers;
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            var clean = connection.Clean(exception);
            Failed(clean);
            if (clean != exception) throw clean;
            throw;
        }
    }

    /// <summary>Reports a message that could not be held.</summary>
    public void Refuse() => Failed(null);

    private void Succeeded()
    {
        metrics.Published();
        if (Volatile.Read(ref _failing) != 0) Volatile.Write(ref _failing, 0);
    }

    private void Failed(Exception? exception)
    {
        metrics.PublishFailed();
        if (Interlocked.Exchange(ref _failing, 1) != 0 || !_reported.TryEnter("publish")) return;
        var found = exception is null ? connection.FindFailureAsync() : Task.FromResult<Exception?>(connection.Clean(exception));
        if (found.IsCompletedSuccessfully) Log(found);
        else found.ContinueWith(Log, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Log(Task<Exception?> found)
    {
        var reason = found.GetAwaiter().GetResult();

        // A node that watches its connection has logged the reason as an error already.
        if (!connection.IsWatched && RedisReason.IsPermanent(reason))
            RedisLog.EmitterCannotPublish(logger, connection.Endpoints, RedisReason.Text(reason), RedisReason.Details(logger, reason));
        else
        {
            RedisLog.BroadcastPublishFailed(
                logger, reason is null ? "Redis is not connected" : RedisReason.Text(reason), RedisReason.Details(logger, reason));
        }
    }
}
