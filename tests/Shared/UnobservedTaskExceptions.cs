using System.Collections.Concurrent;
using System.Net.WebSockets;

[assembly: Xunit.AssemblyFixture(typeof(TypedSocketRedis.Tests.Shared.UnobservedTaskExceptions))]

namespace TypedSocketRedis.Tests.Shared;

/// <summary>Fails the run when the exception of a task was never observed.</summary>
public sealed class UnobservedTaskExceptions : IAsyncDisposable
{
    private readonly ConcurrentQueue<Exception> _exceptions = new();

    public UnobservedTaskExceptions() => TaskScheduler.UnobservedTaskException += Add;

    public ValueTask DisposeAsync()
    {
        // A task tells of its exception when it is finalized.
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
        if (!args.Exception.InnerExceptions.All(IsResult)) _exceptions.Enqueue(args.Exception);
    }

    // A wait that is over, missing acknowledgements and a cut connection of a client are results: a test need not look at each.
    // The package SocketIOClient, a client in some tests, leaves exceptions of its own behind when it is disposed.
    private static bool IsResult(Exception exception) =>
        exception is TimeoutException or WebSocketException
        || exception.StackTrace?.Contains("SocketIOClient.Transport", StringComparison.Ordinal) == true
        || exception.GetType().Name.StartsWith("AckException", StringComparison.Ordinal);
}
