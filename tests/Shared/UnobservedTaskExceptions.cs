using System.Collections.Concurrent;

[assembly: Xunit.AssemblyFixture(typeof(TypedSocketRedis.Tests.Shared.UnobservedTaskExceptions))]

namespace TypedSocketRedis.Tests.Shared;

/// <summary>Fails the run when the exception of a task was never observed.</summary>
public sealed class UnobservedTaskExceptions : IAsyncDisposable
{
    private readonly ConcurrentQueue<Exception> _exceptions = new();

    public UnobservedTaskExceptions() => TaskScheduler.UnobservedTaskException += Add;

    public ValueTask DisposeAsync()
    {
        // A task reports its exception when it is finalized.
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        TaskScheduler.UnobservedTaskException -= Add;
        if (!_exceptions.IsEmpty) throw new AggregateException("Exceptions of tasks were never observed.", _exceptions);
        return ValueTask.CompletedTask;
    }

    private void Add(object? sender, UnobservedTaskExceptionEventArgs args)
    {
        if (!args.Exception.InnerExceptions.All(IsExpected)) _exceptions.Enqueue(args.Exception);
    }

    // The package SocketIOClient, a client in some tests, leaves exceptions of its own behind when it is disposed. Missing
    // acknowledgements are a result, at which a test that is about something else need not look.
    private static bool IsExpected(Exception exception) =>
        exception.StackTrace?.Contains("SocketIOClient.Transport", StringComparison.Ordinal) == true
        || exception.GetType().Name.StartsWith("AckException", StringComparison.Ordinal);
}
