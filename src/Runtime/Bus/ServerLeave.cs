using System.Net;

namespace TypedSocketRedis.Redis;

/// <summary>
/// The servers that one set of subscriptions leaves in a handover; further ones can follow before their successors are known.
/// </summary>
/// <param name="servers">The servers.</param>
internal sealed class ServerLeave(IReadOnlySet<EndPoint> servers)
{
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ServerLeave?> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The servers.</summary>
    public IReadOnlySet<EndPoint> Servers => servers;

    /// <summary>A task that completes when nothing is subscribed on the servers any more.</summary>
    public Task Left => _left.Task;

    /// <summary>A task that completes with further servers to leave, or with null when the client library knows all successors.</summary>
    public Task<ServerLeave?> Next => _next.Task;

    /// <summary>Records that nothing is subscribed on the servers any more.</summary>
    public void Complete() => _left.TrySetResult();

    /// <summary>Continues with further servers, or with null when the client library knows all successors.</summary>
    public void Continue(ServerLeave? next) => _next.TrySetResult(next);
}
