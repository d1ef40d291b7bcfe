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
internal sealed class Misdeed(MisdeedKind kind)
{
    private readonly ManualResetEventSlim _gate = new();
    private readonly TaskCompletionSource _ran = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runs;

    public MisdeedKind Kind => kind;

    /// <summary>Completes when the delegate runs.</summary>
    public Task Ran => _ran.Task;

    public int Runs => Volatile.Read(ref _runs);

    /// <summary>Calls back into the server.</summary>
    public Func<Task> Api { get; set; } = () => Task.CompletedTask;

    /// <summary>Does again what made the delegate run.</summary>
    public Action? Itself { get; set; }

    /// <summary>A value indicating whether the delegate calls itself each time, and not once.</summary>
    public bool WithoutEnd { get; set; }

    /// <summary>Ends the block.</summary>
    public void Release() => _gate.Set();

    public Task Run()
    {
        var isFirst = Interlocked.Increment(ref _runs) == 1;
        _ran.TrySetResult();
        if (!isFirst && !(WithoutEnd && kind == MisdeedKind.CallItself)) return Task.CompletedTask;
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
                _gate.Wait(TimeSpan.FromSeconds(5));
                return Task.CompletedTask;
        }
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
}
