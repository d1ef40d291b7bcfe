using System.Net;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>The connection as one set of subscriptions uses it, with the servers that did not respond to it lately.</summary>
/// <remarks>Confirmations are awaited by the loop of the set only.</remarks>
/// <param name="connection">The connection.</param>
/// <param name="name">The private channel of the set, which names it in the log.</param>
/// <param name="timings">The times.</param>
/// <param name="logger">The log of commands that Redis refused or did not reply to.</param>
internal sealed class SetLink(RedisConnection connection, RedisChannel name, BusTimings timings, ILogger logger)
{
    private readonly Dictionary<EndPoint, long> _unresponsive = [];

    public BusTimings Timings => timings;

    /// <summary>The link in use, connected or not; null until the first attempt to connect has ended.</summary>
    public IRedisLink? Link => connection.Link;

    /// <summary>Returns <c>true</c> if Redis has confirmed a channel on the present connection.</summary>
    public bool Has(RedisChannel channel) =>
        connection.Link is { IsConnected: true } link && connection.Topology.IsConfirmed(link, channel);

    /// <summary>Makes one round trip behind everything that was subscribed on one connection.</summary>
    public Task<bool> RespondsAsync(CancellationToken stop) =>
        connection.Link is { } link ? TryAsync(link.PingSubscriberAsync, timings.ConfirmTimeout, stop) : Task.FromResult(false);

    /// <summary>Waits for a command.</summary>
    /// <returns>False when Redis refused it, or did not respond in time.</returns>
    /// <exception cref="OperationCanceledException">The token ended the wait.</exception>
    public Task<bool> TryAsync(Func<Task> command, TimeSpan timeout, CancellationToken stop) =>
        ObservedTask.SucceedsAsync(command, timings, timeout, $"check of subscription {name}", logger, stop);

    /// <summary>Returns <c>true</c> if a server did not respond lately.</summary>
    public bool IsUnresponsive(EndPoint? server)
    {
        if (_unresponsive.Count == 0 || server is null || !_unresponsive.TryGetValue(server, out var since)) return false;
        if (timings.Since(since) < timings.UnresponsiveServerPause) return true;
        _unresponsive.Remove(server);
        return false;
    }

    /// <summary>Records that a server did not respond.</summary>
    public void MarkUnresponsive(EndPoint server) => _unresponsive[server] = timings.Clock.GetTimestamp();
}
