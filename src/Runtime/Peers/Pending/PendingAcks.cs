using System.Diagnostics;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>
/// A broadcast that clients of other nodes acknowledge: each node sends the number of its clients, then the acknowledgement of each.
/// </summary>
/// <param name="acks">The collector of the acknowledgements.</param>
internal sealed class PendingClientAcks(AckCollector acks) : PendingRequest
{
    public override DropReason Take(PeerMessageFields response)
    {
        switch (response.Kind)
        {
            case PeerMessageKind.ClientCount when response.Clients is { } clients:
                acks.Count(clients);
                return DropReason.None;
            case PeerMessageKind.Ack:
                acks.Receive(response.Body[response.Packet]);
                return DropReason.None;
            default:
                return DropReason.Shape;
        }
    }

    public override void Abandon() => acks.Abandon();
}

/// <summary>An event that other servers acknowledge; a response of any type is one server's acknowledgement.</summary>
/// <param name="acks">The collector of the acknowledgements.</param>
/// <param name="path">The namespace.</param>
/// <param name="sent">The span of the event, which an acknowledgement without one continues.</param>
internal sealed class PendingServerAcks(AckCollector acks, string path, ActivityContext sent) : PendingRequest
{
    public override DropReason Take(PeerMessageFields response)
    {
        var handled = MessageExtension.TraceOf(response.Body.Span[response.Extension]);
        using var span = EventTracing.Acknowledged(path, handled == default ? sent : handled);
        acks.Receive(response.Body[response.Data]);
        return DropReason.None;
    }

    public override void Abandon() => acks.Abandon();
}
