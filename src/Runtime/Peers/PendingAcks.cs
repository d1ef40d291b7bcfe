using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>
/// A broadcast that clients of other nodes acknowledge: each node sends the number of its clients, then the acknowledgement of each.
/// </summary>
/// <param name="acks">The collector of the acknowledgements.</param>
internal sealed class PendingClientAcks(AckCollector acks) : PendingRequest
{
    public override DropReason Take(PeerResponseBody answer)
    {
        var members = answer.Members;
        switch (members.Type)
        {
            case (int)PeerRequestType.ClientCount when ResponseCodec.ClientCountOf(members) is { } clients:
                acks.Count(clients);
                return DropReason.None;
            case (int)PeerRequestType.Ack:
                acks.Answer(answer.Body[members.Packet]);
                return DropReason.None;
            default:
                return DropReason.Shape;
        }
    }
}

/// <summary>An event that other servers acknowledge; a response of any type is one server's acknowledgement.</summary>
/// <param name="acks">The collector of the acknowledgements.</param>
internal sealed class PendingServerAcks(AckCollector acks) : PendingRequest
{
    public override DropReason Take(PeerResponseBody answer)
    {
        acks.Answer(answer.Body[answer.Members.Data]);
        return DropReason.None;
    }
}
