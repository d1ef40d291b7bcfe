using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>The counted sockets and users of the other nodes: counts of nodes that run this library, sockets of those on Node.js.</summary>
/// <remarks>Counts name their node, and a socket is on one node: what is known already is a repetition.</remarks>
/// <param name="tally">The counts of this node, to which the others are added.</param>
/// <param name="question">The room and the scope of the request.</param>
internal sealed class PendingPresence(PresenceTally tally, PresenceRequest question) : PendingNodes
{
    private readonly HashSet<string> _nodes = new(StringComparer.Ordinal);
    private readonly HashSet<SocketId> _sockets = [];

    public PresenceTally Tally => tally;

    public override bool IsEnough => question.EndsAtFirst && tally.Sockets > 0;

    protected override DropReason Add(PeerMessageFields response) =>
        response.Presence.Equals(default) ? AddSockets(response) : AddCounts(response);

    private DropReason AddCounts(PeerMessageFields response)
    {
        if (response.ReadPresence() is not { } report) return DropReason.Shape;
        if (!_nodes.Add(report.NodeId)) return DropReason.Duplicate;
        tally.Add(report.UserIds, report.Sockets, report.Anonymous, report.IsTruncated);
        return DropReason.None;
    }

    private DropReason AddSockets(PeerMessageFields response)
    {
        if (response.ReadSockets() is not { } read) return DropReason.Shape;
        var before = _sockets.Count;
        foreach (var socket in read)
        {
            if (_sockets.Add(socket.Id)) tally.Add(UserOf(socket));
        }

        return read.Count > 0 && _sockets.Count == before ? DropReason.Duplicate : DropReason.None;
    }

    private string? UserOf(SocketDescription socket) =>
        socket.Rooms.Select(room => UserRooms.UserOf(room, question.UserPrefix)).FirstOrDefault(static userId => userId is not null);
}
