using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Asks servers for their role, which the client library looks at only once in a minute.</summary>
/// <param name="time">The clock.</param>
/// <param name="logger">The log of servers that do not answer.</param>
internal sealed class ServerRole(TimeProvider time, ILogger logger)
{
    /// <summary>The time that a server has to answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <summary>Returns a value indicating whether a server is a replica; null when it does not answer. Never throws.</summary>
    public async Task<bool?> IsReplicaAsync(IServer server)
    {
        try
        {
            return await AskAsync(server).Observed().WaitAsync(Timeout, time).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            RedisLog.WatchFailed(logger, "role", exception);
            return null;
        }
    }

    private static async Task<bool?> AskAsync(IServer server)
    {
        try
        {
            return await server.RoleAsync().ConfigureAwait(false) is Role.Replica;
        }
        catch (RedisServerException)
        {
            // ROLE is not among the rights that the client library itself needs; INFO is.
            var answer = (string?)await server.ExecuteAsync("INFO", "replication").ConfigureAwait(false);
            return answer?.Contains("role:slave", StringComparison.Ordinal);
        }
    }
}
