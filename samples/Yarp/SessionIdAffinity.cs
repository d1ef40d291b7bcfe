using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.SessionAffinity;

namespace Yarp;

/// <summary>The choice of the node whose name is the start of the session's id, <c>?sid=a.4f2c…</c>. No client needs cookies.</summary>
/// <remarks>The nodes write their name into the id with <c>SocketIOOptions.SessionIdGenerator</c>.</remarks>
internal sealed class SessionIdAffinity : ISessionAffinityPolicy
{
    public string Name => "SessionId";

    // <session>
    public AffinityResult FindAffinitizedDestinations(
        HttpContext context, ClusterState cluster, SessionAffinityConfig config, IReadOnlyList<DestinationState> destinations)
    {
        var id = context.Request.Query[config.AffinityKeyName].ToString();
        if (id.Length == 0) return new AffinityResult(null, AffinityStatus.AffinityKeyNotSet);
        var node = destinations.FirstOrDefault(node => id.StartsWith($"{node.DestinationId}.", StringComparison.Ordinal));
        return node is null
            ? new AffinityResult(null, AffinityStatus.DestinationNotFound)
            : new AffinityResult(node, AffinityStatus.OK);
    }

    // </session>

    public void AffinitizeResponse(
        HttpContext context, ClusterState cluster, SessionAffinityConfig config, DestinationState destination)
    {
        // The node has written its name into the id of the session.
    }
}
