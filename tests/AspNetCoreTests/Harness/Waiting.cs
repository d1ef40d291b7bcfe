using Microsoft.Extensions.Time.Testing;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>A value that a handler passes to a test.</summary>
internal sealed class Waiting<T>
{
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Value => _source.Task.WaitAsync(TestServer.Patience);

    public Task Set(T value)
    {
        _source.TrySetResult(value);
        return Task.CompletedTask;
    }
}

internal static class Cancellations
{
    /// <summary>Waits until the token is canceled.</summary>
    public static async Task CanceledAsync(this CancellationToken token)
    {
        var canceled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(() => canceled.TrySetResult());
        await canceled.Task;
    }
}

internal static class FakeTime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    /// <summary>Advances the clock by seconds until a task has completed, because the start of its timer is not known.</summary>
    /// <returns>The elapsed time, in whole seconds.</returns>
    public static async Task<TimeSpan> PassUntilAsync(this FakeTimeProvider time, Task happened)
    {
        var start = time.GetUtcNow();
        var patience = TestServer.Patience;
        while (!happened.IsCompleted)
        {
            patience.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromSeconds(1));

            // What happens arrives over the network: the clock must not run hours ahead of it, past intervals that the test rules out.
            await happened.WaitAsync(Step).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return time.GetUtcNow() - start;
    }
}
