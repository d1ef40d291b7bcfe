using TypedSocketRedis.Tests.Harness;

namespace TypedSocketRedis.Tests.Delegates;

/// <summary>The ways in which a delegate of an application can misbehave.</summary>
public enum FaultKind
{
    Throw,
    ThrowLater,
    Block,
    CallTheApi,
    WaitForTheApi,
    CallItself,
}

/// <summary>The body of a delegate that misbehaves in one way on its first run only.</summary>
internal sealed class Fault(FaultKind kind) : IDisposable
{
    // Longer than every wait of a test: a client delayed by a blocked delegate makes the test fail.
    private static readonly TimeSpan LongestBlock = 3 * TestServer.PatienceTime;

    private readonly ManualResetEventSlim _gate = new();
    private readonly TaskCompletionSource _ran = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runs;

    /// <summary>A task that completes when the delegate first runs.</summary>
    public Task Ran => _ran.Task;

    /// <summary>A task that completes when the fault is over; it fails if a called member failed or a block was not released.</summary>
    public Task Done => _done.Task;

    public int Runs => Volatile.Read(ref _runs);

    /// <summary>The calls back into the server.</summary>
    public Func<Task> Api { get; set; } = () => Task.CompletedTask;

    /// <summary>The action that runs the delegate again, or null if the delegate calls itself directly.</summary>
    public Action? Itself { get; set; }

    /// <summary>Gets or sets a value indicating whether the delegate calls itself on every run instead of only on the first.</summary>
    public bool WithoutEnd { get; set; }

    /// <summary>Releases a blocked delegate.</summary>
    public void Release() => _gate.Set();

    public void Dispose() => Release();

    public Task Run()
    {
        var isFirst = Interlocked.Increment(ref _runs) == 1;
        _ran.TrySetResult();
        if (isFirst) return ReportAsync(Act);
        return WithoutEnd && kind == FaultKind.CallItself ? Act() : Task.CompletedTask;
    }

    /// <summary>Runs the delegate and returns <paramref name="result"/>.</summary>
    public Task<T> Run<T>(T result)
    {
        var running = Run();
        return ThenAsync();

        async Task<T> ThenAsync()
        {
            await running;
            return result;
        }
    }

    /// <summary>Runs a delegate that returns no task.</summary>
    public async void RunVoid() => await Run();

    private static async Task ThrowAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("fault");
    }

    private Task Act()
    {
        switch (kind)
        {
            case FaultKind.Throw: throw new InvalidOperationException("fault");
            case FaultKind.ThrowLater: return ThrowAsync();
            case FaultKind.CallTheApi: return Api();
            case FaultKind.WaitForTheApi:
                // A lock of the library that is held while the delegate runs would block the other thread.
                if (!Task.Run(Api).Wait(TestServer.PatienceTime)) throw new TimeoutException("The API was blocked by the delegate.");
                return Task.CompletedTask;
            case FaultKind.CallItself when Itself is { } itself:
                itself();
                return Task.CompletedTask;
            case FaultKind.CallItself: return Run();
            default:
                if (!_gate.Wait(LongestBlock)) throw new TimeoutException("The block was not released.");
                return Task.CompletedTask;
        }
    }

    // An exception thrown before the first await must leave Run synchronously, too.
    private Task ReportAsync(Func<Task> act)
    {
        Task acting;
        try
        {
            acting = act();
        }
        catch (Exception exception)
        {
            Report(exception);
            throw;
        }

        return AwaitAsync();

        async Task AwaitAsync()
        {
            try
            {
                await acting;
                _done.TrySetResult();
            }
            catch (Exception exception)
            {
                Report(exception);
                throw;
            }
        }
    }

    private void Report(Exception exception)
    {
        if (exception is InvalidOperationException { Message: "fault" }) _done.TrySetResult();
        else _done.TrySetException(exception);
    }
}
