using StackExchange.Redis;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A connection whose refreshes of the servers take as long as a test decides.</summary>
internal sealed class HeldLook : IDisposable
{
    private readonly TaskCompletionSource<bool> _refreshed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _look = Task.CompletedTask;

    /// <param name="connection">The connection that everything else is passed on to.</param>
    public HeldLook(IConnectionMultiplexer connection) => Connection = Fake.Of<IConnectionMultiplexer>(
        (method, arguments) => method.Name is nameof(IConnectionMultiplexer.ConfigureAsync)
            ? _refreshed.Task : method.Invoke(connection, arguments));

    public IConnectionMultiplexer Connection { get; }

    /// <summary>Begins a refresh.</summary>
    public void Begin() => _look = RedisLink.Of(Connection).RefreshAsync();

    /// <summary>Ends the refresh.</summary>
    public Task EndAsync()
    {
        _refreshed.TrySetResult(true);
        return _look;
    }

    public void Dispose() => _refreshed.TrySetResult(true);
}
