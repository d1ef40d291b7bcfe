using Microsoft.Extensions.Logging;

namespace TypedSocketRedis.Redis;

/// <summary>Extensions for tasks that may fail, or whose wait can end before they do.</summary>
internal static class ObservedTask
{
    /// <summary>Returns the task; its exception counts as observed even when its wait has ended before.</summary>
    public static T Observed<T>(this T task)
        where T : Task
    {
        if (task.IsCompletedSuccessfully) return task;
        _ = task.ContinueWith(
            static ended => _ = ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return task;
    }

    /// <summary>Waits for a command.</summary>
    /// <param name="command">Sends the command.</param>
    /// <param name="timings">The clock.</param>
    /// <param name="timeout">The maximum wait.</param>
    /// <param name="operation">The operation, for the log.</param>
    /// <param name="logger">The log of failures.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>False when Redis refused it, or did not respond in time.</returns>
    /// <exception cref="OperationCanceledException">The token ended the wait.</exception>
    public static async Task<bool> SucceedsAsync(
        Func<Task> command, BusTimings timings, TimeSpan timeout, string operation, ILogger logger, CancellationToken stop = default)
    {
        try
        {
            await command().Observed().WaitAsync(timeout, timings.Clock, stop).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            RedisLog.AdapterOperationFailed(logger, operation, exception);
            return false;
        }
    }
}
