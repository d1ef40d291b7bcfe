using Microsoft.AspNetCore.Authorization;
using TypedSocketRedis.Tests.Harness;

namespace TypedSocketRedis.Tests.Handlers;

[SocketEvents("/notes")]
public interface INoteEvents
{
    void Added(string text);
}

[SocketCommands("/notes")]
public interface INoteCommands
{
    Task<int> Add(string text);

    ValueTask<string> Echo(string text);

    ValueTask Clear();

    Task Leave();

    Task Fail(string how);

    Task Hang(CancellationToken cancellationToken);

    [SocketEvent("unit?")]
    Task<int> Unit();
}

[SocketCommands("/notes")]
public interface ITagCommands
{
    Task<string> Tag(string name);
}

[SocketCommands("/notes")]
public interface IMoreTagCommands : ITagCommands
{
    Task<string> Untag(string name);
}

[SocketCommands("/echo")]
public interface IEchoCommands
{
    Task<string> Kind();

    Task<string> Where();
}

[SocketEvents("/echo")]
public interface IEchoEvents
{
    void Echoed(string text);
}

[ServerEvents("/notes")]
public interface INoteServers
{
    Task<int> Count(string text);
}

/// <summary>The record of what the handlers of a test did, in order.</summary>
public sealed class Trace
{
    private readonly List<string> _all = [];
    private int _units;

    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Hanging { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> All
    {
        get { lock (_all) return [.. _all]; }
    }

    public void Add(string text)
    {
        lock (_all) _all.Add(text);
        if (text.StartsWith("end", StringComparison.Ordinal)) Ended.TrySetResult();
    }

    /// <summary>Waits for an entry.</summary>
    public async Task UntilAsync(string text)
    {
        var patience = TestServer.Patience;
        while (!All.Contains(text))
        {
            patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public int NextUnit() => Interlocked.Increment(ref _units);
}

/// <summary>A scoped service, such as a database context.</summary>
public sealed class NoteUnit(Trace trace) : IAsyncDisposable
{
    public int Number { get; } = trace.NextUnit();

    public ValueTask DisposeAsync()
    {
        trace.Add($"unit {Number} disposed");
        return ValueTask.CompletedTask;
    }
}

public sealed class NoteHandler(Trace trace, NoteUnit unit) : SocketHandler<INoteEvents>, INoteCommands
{
    private readonly List<string> _notes = [];

    public override async Task OnConnectedAsync()
    {
        await Task.Yield();
        await Socket.JoinAsync("readers");
        trace.Add("connected");
    }

    public override Task OnDisconnectedAsync(DisconnectInfo info)
    {
        trace.Add($"disconnected {info.Reason}, {Socket.Rooms.Count} rooms");
        return Task.CompletedTask;
    }

    public async Task<int> Add(string text)
    {
        await Task.Yield();
        _notes.Add(text);
        Clients.To("readers").Added(text);
        return _notes.Count;
    }

    public ValueTask<string> Echo(string text) => new(text);

    public async ValueTask Clear()
    {
        await Task.Yield();
        Caller.Added("");
    }

    public async Task Leave() => await Socket.DisconnectAsync();

    public Task Fail(string how) => how == "told"
        ? throw new SocketEventException("No such note.")
        : throw new InvalidOperationException(how);

    public async Task Hang(CancellationToken cancellationToken)
    {
        trace.Hanging.SetResult();
        await cancellationToken.CanceledAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    [Note]
    public Task<int> Unit() => Task.FromResult(unit.Number);
}

internal sealed class TagHandler : SocketHandler, IMoreTagCommands
{
    public Task<string> Tag(string name) => Task.FromResult("+" + name);

    public Task<string> Untag(string name) => Task.FromResult("-" + name);
}

/// <summary>A handler of a contract that another handler of a test handles as well.</summary>
internal sealed class OtherTagHandler : SocketHandler, ITagCommands
{
    public Task<string> Tag(string name) => Task.FromResult(name);
}

public class EchoHandler<T>(Trace? trace = null, int number = 7) : SocketHandler<IEchoEvents>, IEchoCommands, IDisposable
{
    private bool _isDisposed;

    public virtual Task<string> Kind() => Task.FromResult($"{typeof(T).Name} {trace is not null} {number}");

    public Task<string> Where()
    {
        Clients.All.Echoed(Socket.Namespace);
        return Task.FromResult(Socket.Namespace);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!_isDisposed) trace?.Add("end of echo");
        _isDisposed = true;
    }
}

public sealed class LoudEchoHandler : EchoHandler<int>
{
    public override Task<string> Kind() => Task.FromResult("loud");
}

public sealed class NoteServerHandler(Trace trace, NoteUnit unit) : SocketHandler<INoteEvents>, INoteServers
{
    public Task<int> Count(string text)
    {
        try
        {
            _ = Socket;
        }
        catch (InvalidOperationException exception)
        {
            trace.Add(exception.Message);
        }

        Clients.All.Added(text);
        return Task.FromResult(unit.Number);
    }
}

[Authorize]
internal sealed class GuardedHandler : SocketHandler, IEchoCommands
{
    public Task<string> Kind() => Task.FromResult("guarded");

    [Authorize("staff")]
    public Task<string> Where() => Task.FromResult("inside");
}
