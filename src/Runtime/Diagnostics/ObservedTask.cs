namespace TypedSocketRedis.Redis;

/// <summary>Extensions for tasks whose wait can end before they do.</summary>
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
}
