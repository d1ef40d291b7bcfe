using TypedSocketRedis.Tests.Harness;

namespace TypedSocketRedis.Tests.Delegates;

/// <summary>The ways in which a delegate of an application can go wrong.</summary>
public enum MisdeedKind
{
    Throw,
    ThrowLater,
    Block,
    CallTheApi,
    CallItself,
}

/// <summary>Goes wrong in one way when it is first run, and not afterwards.</summary>
internal sealed class Misdeed(MisdeedKind kind) : IDisposable
{
    // Longer than everything that a test awaits: a client that a blocked delegate holds up is not served in time.
    private static readonly TimeSpan LongestBlock = 3 * TestServer.PatienceTime;

    private readonly ManualResetEventSlim _gate = new();
    private readonly TaskCompletionSource _ran = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runs;

    /// <summary>Completes when the delegate runs.</summary>
    public Task Ran => _ran.Task;

    /// <summary>Completes when the delegate has gone wrong to the end; fails if what it called failed, or if it was never released.</summary>
    public Task Done => _done.Task;

    public int Runs => Volatile.Read(ref _runs);

    /// <summary>Calls back into the server.</summary>
    public Func<Task> Api { get; set; } = () => Task.CompletedTask;

    /// <summary>Does again what made the delegate run.</summary>
    public Action? Itself { get; set; }

    /// <summary>A value indicating whether the delegate calls itself each time, and not once.</summary>
    public bool WithoutEnd { get; set; }

    /// <summary>Ends the block.</summary>
    public void Release() => _gate.Set();

    public void Dispose() => Release();

    public Task Run()
    {
        var isFirst = Interlocked.Increment(ref _runs) == 1;
        _ran.TrySetResult();
        if (isFirst) return ReportAsync(Act);
        return WithoutEnd && kind == MisdeedKind.CallItself ? Act() : Task.CompletedTask;
    }

    /// <summary>The same for a delegate with a result.</summary>
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

    /// <summary>The same for a delegate without a task.</summary>
    public async void RunVoid() => await Run();

    private static async Task ThrowAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("misdeed");
    }

    private Task Act()
    {
        switch (kind)
        {
            case MisdeedKind.Throw: throw new InvalidOperationException("misdeed");
            case MisdeedKind.ThrowLater: return ThrowAsync();
            case MisdeedKind.CallTheApi: return Api();
            case MisdeedKind.CallItself when Itself is { } itself:
                itself();
                return Task.CompletedTask;
            case MisdeedKind.CallItself: return Run();
            default:
                if (!_gate.Wait(LongestBlock)) throw new TimeoutException("The block was not released.");
                return Task.CompletedTask;
        }
    }

    // What it throws before the first await has to leave Run in the same way.
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
        if (exception is InvalidOperationException { Message: "misdeed" }) _done.TrySetResult();
        else _done.TrySetException(exception);
    }
}
