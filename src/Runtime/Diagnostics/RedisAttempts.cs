using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Runs commands that may fail, each with a timeout.</summary>
/// <param name="name">The channel of the commands, for the log.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class RedisAttempts(RedisChannel name, TimeProvider time, ILogger logger)
{
    /// <summary>Waits for a command.</summary>
    /// <returns>False when Redis refused it, or did not respond in time.</returns>
    /// <exception cref="OperationCanceledException">The token ended the wait.</exception>
    public async Task<bool> TryAsync(Func<Task> command, TimeSpan timeout, CancellationToken stop)
    {
        try
        {
            await command().Observed().WaitAsync(timeout, time, stop).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            RedisLog.WatchFailed(logger, name.ToString(), exception);
            return false;
        }
    }
}
