namespace TypedSocketRedis.Tests.Harness;

/// <summary>The events that clients of the quiz receive.</summary>
[SocketEvents("/quiz")]
public interface IQuizEvents
{
    void Score(int points);

    [SocketEvent("answer?")]
    Task<Answer> Ask(string question, CancellationToken cancellationToken = default);

    Task<byte[]> Picture();
}

/// <summary>The events that clients of the quiz send.</summary>
[SocketCommands("/quiz")]
public interface IQuizCommands
{
    Task<int> Join(string room, int times = 1);

    Task Leave();

    Task Shout(string? text);

    ValueTask<Answer?> Repeat(Answer? answer);

    Task<byte[]> Mirror(byte[] bytes);

    Task Fail(string how);

    Task<int> Wait(CancellationToken cancellationToken);
}

/// <summary>The payload of an acknowledgement.</summary>
public sealed record Answer(string Text, DateTime? At = null);

/// <summary>A scoped service that records its disposal.</summary>
public sealed class QuizScope : IDisposable
{
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsDisposed => Disposed.IsCompleted;

    public Task Disposed => _disposed.Task;

    public void Dispose() => _disposed.TrySetResult();
}

/// <summary>The record of the handlers of a test.</summary>
public sealed class QuizLog
{
    public List<QuizHandler> Made { get; } = [];

    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Disposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The handler of one socket of the quiz.</summary>
public sealed class QuizHandler : SocketHandler<IQuizEvents>, IQuizCommands, IAsyncDisposable
{
    private readonly QuizLog _log;
    private int _joined;

    public QuizHandler(QuizLog log, QuizScope scope)
    {
        (_log, Scope) = (log, scope);
        lock (log.Made) log.Made.Add(this);
    }

    public QuizScope Scope { get; }

    public async Task<int> Join(string room, int times)
    {
        await Socket.JoinAsync(room);
        return _joined += times;
    }

    public Task Leave() => Socket.DisconnectAsync().AsTask();

    public Task Shout(string? text)
    {
        Clients.All.Score(text?.Length ?? -1);
        return Task.CompletedTask;
    }

    public ValueTask<Answer?> Repeat(Answer? answer) => new(answer);

    public Task<byte[]> Mirror(byte[] bytes) => Task.FromResult(bytes);

    public Task Fail(string how) =>
        throw (how == "told" ? new SocketEventException("No such thing.") : new InvalidOperationException("secret"));

    public async Task<int> Wait(CancellationToken cancellationToken)
    {
        var canceled = new TaskCompletionSource();
        await using (cancellationToken.Register(() => canceled.SetResult()))
        {
            _log.Waiting.SetResult();
            await canceled.Task;
        }

        _log.Stopped.SetResult();
        cancellationToken.ThrowIfCancellationRequested();
        return 0;
    }

    public ValueTask DisposeAsync()
    {
        _log.Disposed.TrySetResult();
        return ValueTask.CompletedTask;
    }
}
