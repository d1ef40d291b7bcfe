using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace TypedSocketRedis.Redis;

/// <summary>Queries the role of servers, which the client library checks only once in a minute.</summary>
/// <param name="timings">The times.</param>
/// <param name="logger">The log of servers that do not respond.</param>
internal sealed class ServerRole(BusTimings timings, ILogger logger)
{
    /// <summary>Returns <c>true</c> if a server is a replica; null when it does not respond. Never throws.</summary>
    public async Task<bool?> IsReplicaAsync(IServer server)
    {
        try
        {
            return await QueryAsync(server).Observed().WaitAsync(timings.RoleTimeout, timings.Clock).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisReason.IsFailure(exception))
        {
            RedisLog.AdapterOperationFailed(logger, "query of a server's role", exception);
            return null;
        }
    }

    private static async Task<bool?> QueryAsync(IServer server)
    {
        try
        {
            return await server.RoleAsync().ConfigureAwait(false) is Role.Replica;
        }
        catch (RedisServerException)
        {
            // ROLE is not among the rights that the client library itself needs; INFO is.
            var reply = (string?)await server.ExecuteAsync("INFO", "replication").ConfigureAwait(false);
            return reply?.Contains("role:slave", StringComparison.Ordinal);
        }
    }
}
