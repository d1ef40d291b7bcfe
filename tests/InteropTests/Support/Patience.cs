namespace TypedSocketRedis.Tests;

/// <summary>Helpers that wait for conditions, with a limit that is long enough for a busy machine.</summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    /// <summary>Waits for a task. A timeout names the awaited condition.</summary>
    public static async Task<T> ForAsync<T>(Task<T> task, Func<string> what, TimeSpan? limit = null)
    {
        try
        {
            return await task.WaitAsync(limit ?? Limit, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {(limit ?? Limit).TotalSeconds} s for {what()}");
        }
    }

    /// <summary>Evaluates a condition repeatedly until it is true.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            if (limit.IsCancellationRequested) throw new TimeoutException($"Waited {Limit.TotalSeconds} s until {what}");
            await pause.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
