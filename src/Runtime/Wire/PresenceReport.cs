using System.Collections.Immutable;

namespace TypedSocketRedis.Redis;

/// <summary>The sockets of one node that a request selects, counted.</summary>
/// <param name="NodeId">The id of the node, by which a repeated response is recognized.</param>
/// <param name="Sockets">The number of sockets.</param>
/// <param name="Anonymous">The number of those without a user.</param>
/// <param name="UserIds">The ids of the users, each once.</param>
/// <param name="IsTruncated">A value indicating whether there are more users than fit into a response.</param>
internal sealed record PresenceReport(string NodeId, int Sockets, int Anonymous, ImmutableArray<string> UserIds, bool IsTruncated);
