using System.Threading.RateLimiting;

namespace TypedSocketRedis.Engine;

/// <summary>A rate limiter that grants no permits.</summary>
/// <remarks>It is always idle, so that its owner removes it and requests another limiter.</remarks>
internal sealed class RejectingLimiter : RateLimiter
{
    private RejectingLimiter()
    {
    }

    public static RejectingLimiter Instance { get; } = new();

    public override TimeSpan? IdleDuration => TimeSpan.MaxValue;

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => Rejection.Instance;

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        new(Rejection.Instance);

    private sealed class Rejection : RateLimitLease
    {
        public static Rejection Instance { get; } = new();

        public override bool IsAcquired => false;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
