using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>A broadcast that clients of other nodes acknowledge: each node tells how many it asked, then each client's answer follows.</summary>
/// <param name="acks">Who waits.</param>
internal sealed class PendingClientAcks(AckCollector acks) : PendingRequest
{
    public override string? Take(PeerResponse answer)
    {
        var members = answer.Members;
        switch (members.Type)
        {
            case (int)PeerRequestType.ClientCount when ResponseCodec.ClientCountOf(members) is { } clients:
                acks.Count(clients);
                return null;
            case (int)PeerRequestType.Ack:
                acks.Answer(answer.Body[members.Packet]);
                return null;
            default:
                return DropCause.Shape;
        }
    }
}

/// <summary>An event that other servers acknowledge; whatever an answer's type is, it is one server's acknowledgement.</summary>
/// <param name="acks">Who waits.</param>
internal sealed class PendingServerAcks(AckCollector acks) : PendingRequest
{
    public override string? Take(PeerResponse answer)
    {
        acks.Answer(answer.Body[answer.Members.Data]);
        return null;
    }
}
