using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using TypedSocketRedis.Redis;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>Tasks that fail after the wait for them has ended.</summary>
public sealed class ObservedTaskTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void The_failure_of_a_task_after_its_wait_is_observed() => AssertObserved(mark =>
    {
        var time = new FakeTimeProvider();
        var task = new TaskCompletionSource();
        var wait = task.Task.Observed().WaitAsync(Second, time);
        time.Advance(Second);
        Assert.ThrowsAsync<TimeoutException>(() => wait).GetAwaiter().GetResult();
        task.SetException(mark);
    });

    [Fact]
    public void The_failure_of_a_held_message_with_a_canceled_caller_is_observed() => AssertObserved(mark =>
    {
        using var left = new CancellationTokenSource();
        var hold = new PublishHold((_, _) => true, (_, _) => Task.FromException<long>(mark));
        hold.Begin();
        hold.TryHold(RedisChannel.Literal("channel"), [1], out Task<long> published);
        var wait = published.WaitAsync(left.Token);
        left.Cancel();
        Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait).GetAwaiter().GetResult();
        hold.Release();
    });

    private static void AssertObserved(Action<Exception> leave)
    {
        var unobserved = new ConcurrentQueue<Exception>();
        var mark = new RedisCommandException("It failed late.");
        EventHandler<UnobservedTaskExceptionEventArgs> add = (_, args) =>
        {
            if (!args.Exception.InnerExceptions.Contains(mark)) return;
            unobserved.Enqueue(mark);
            args.SetObserved();
        };
        TaskScheduler.UnobservedTaskException += add;
        Leave(leave, mark);
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        TaskScheduler.UnobservedTaskException -= add;
        Assert.Empty(unobserved);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Leave(Action<Exception> leave, Exception mark) => leave(mark);
}
