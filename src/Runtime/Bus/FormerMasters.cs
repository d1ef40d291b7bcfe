using System.Net;

namespace TypedSocketRedis.Redis;

/// <summary>Masters of a Redis Cluster that have become replicas.</summary>
/// <param name="Servers">The servers.</param>
/// <param name="Since">The timestamp at which the last of them was known to be a master.</param>
internal sealed record FormerMasters(IReadOnlySet<EndPoint> Servers, long Since);
