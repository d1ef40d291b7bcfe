using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using TypedSocketRedis.Engine;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Rate limits for the connections of clients.</summary>
public static class HandshakeRateLimiterOptionsExtensions
{
    private const string Member = nameof(AddHandshakePolicy);

    /// <summary>Adds a policy that counts the connections that clients open, and not the requests that continue them.</summary>
    /// <remarks>
    /// <para>Any other policy counts each request to the endpoint: each poll, each POST and the upgrade, so that a single polling client
    /// uses up a limit that is meant for connections.</para>
    /// <para>A request opens a connection when its query has no <c>sid</c>. A concurrency limiter counts a client that connects with a
    /// WebSocket as long as it is connected, and a client that connects with polling during its first request only.</para>
    /// <para>If the partitioner or the factory of a limiter throws, the exception is counted and logged, and the request is rejected with
    /// <see cref="RateLimiterOptions.RejectionStatusCode"/>, as if it exceeded the limit.</para>
    /// </remarks>
    /// <typeparam name="TPartitionKey">The type of the partition keys.</typeparam>
    /// <param name="options">The options of the rate limiter.</param>
    /// <param name="policyName">The name of the policy, for <c>RequireRateLimiting</c>.</param>
    /// <param name="partitioner">The delegate that chooses the partition, and thus the limiter, of a request that opens a
    /// connection.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There is a policy of that name.</exception>
    /// <example><code>
    /// builder.Services.AddRateLimiter(limiter => limiter.AddHandshakePolicy("connects", context =>
    ///     RateLimitPartition.GetFixedWindowLimiter(
    ///         context.Connection.RemoteIpAddress,
    ///         _ => new FixedWindowRateLimiterOptions { PermitLimit = 10, Window = TimeSpan.FromSeconds(10) })));
    /// app.UseRateLimiter();
    /// app.MapSocketIO().RequireRateLimiting("connects");
    /// </code></example>
    public static RateLimiterOptions AddHandshakePolicy<TPartitionKey>(
        this RateLimiterOptions options,
        string policyName,
        Func<HttpContext, RateLimitPartition<TPartitionKey>> partitioner)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(policyName);
        ArgumentNullException.ThrowIfNull(partitioner);
        return options.AddPolicy(policyName, context => GuardedPartition(context, partitioner));
    }

    // Without a partition there is no limit to apply; admitting the request would switch the limit off.
    private static RateLimitPartition<HandshakeKey<TPartitionKey>> GuardedPartition<TPartitionKey>(
        HttpContext context,
        Func<HttpContext, RateLimitPartition<TPartitionKey>> partitioner)
    {
        var engine = context.GetEndpoint()?.Metadata.GetMetadata<EngineContext>();
        if (engine is null) return Partition(context, partitioner, engine);

        // The rate limiter asks twice for a request that gets no permit at once.
        if (context.Features.Get<FailedPartitioner>() is not null) return Rejecting<TPartitionKey>();
        try
        {
            return Partition(context, partitioner, engine);
        }
        catch (Exception exception)
        {
            var isEndOfClient = exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested;
            if (!isEndOfClient) engine.DelegateFailed(Member, exception);
            context.Features.Set(FailedPartitioner.Instance);
            return Rejecting<TPartitionKey>();
        }
    }

    private static RateLimitPartition<HandshakeKey<TPartitionKey>> Rejecting<TPartitionKey>() => RateLimitPartition.Get(
        new HandshakeKey<TPartitionKey>(PartitionKind.Failed, default), static _ => (RateLimiter)RejectingLimiter.Instance);

    private static RateLimitPartition<HandshakeKey<TPartitionKey>> Partition<TPartitionKey>(
        HttpContext context,
        Func<HttpContext, RateLimitPartition<TPartitionKey>> partitioner,
        EngineContext? engine)
    {
        if (!string.IsNullOrEmpty(new EngineQuery(context).Sid))
            return RateLimitPartition.GetNoLimiter(default(HandshakeKey<TPartitionKey>));
        var partition = partitioner(context);
        var counted = new HandshakeKey<TPartitionKey>(PartitionKind.Counted, partition.PartitionKey);
        return RateLimitPartition.Get(counted, key => Limiter(partition, key.Key!, engine));
    }

    // The rate limiter keeps an exception of a factory, and removes a limiter without use after a while.
    private static RateLimiter Limiter<TPartitionKey>(
        RateLimitPartition<TPartitionKey> partition, TPartitionKey key, EngineContext? engine)
    {
        try
        {
            return partition.Factory(key);
        }
        catch (Exception exception) when (engine is not null)
        {
            engine.DelegateFailed(Member, exception);
            return RejectingLimiter.Instance;
        }
    }

    private enum PartitionKind
    {
        NotCounted,
        Counted,
        Failed,
    }

    // Marks a request whose partitioner threw.
    private sealed class FailedPartitioner
    {
        public static FailedPartitioner Instance { get; } = new();
    }

    // Requests that continue a connection share a partition of their own, whatever the keys of the others are.
    private readonly record struct HandshakeKey<TPartitionKey>(PartitionKind Kind, TPartitionKey? Key);
}
