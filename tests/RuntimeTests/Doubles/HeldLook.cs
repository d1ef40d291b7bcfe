using StackExchange.Redis;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A refresh of a connection's servers that is in progress until it is released.</summary>
internal sealed class HeldLook : IDisposable
{
    private readonly TaskCompletionSource<bool> _refreshed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _look;

    /// <param name="connection">The connection for which the refresh is in progress; its servers are not queried.</param>
    public HeldLook(IConnectionMultiplexer connection)
    {
        var refreshing = FakeCluster.Fake<IConnectionMultiplexer>(
            (method, _) => method.Name is nameof(IConnectionMultiplexer.ConfigureAsync)
            ? _refreshed.Task : throw new NotSupportedException(method.Name));
        _look = SubscriptionGate.Of(connection).LookAsync(refreshing);
    }

    /// <summary>Ends the refresh.</summary>
    public Task EndAsync()
    {
        _refreshed.TrySetResult(true);
        return _look;
    }

    public void Dispose() => _refreshed.TrySetResult(true);
}
