using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>Sends the acknowledgements of this node's clients to the node that requested them.</summary>
/// <param name="services">The shared services of the namespace.</param>
/// <param name="request">The request, without its data.</param>
/// <param name="size">The size of its data, in bytes.</param>
internal sealed class ForwardedAcks(PeerContext services, PeerMessage request, int size) : AckCollector
{
    public override bool IsForwarded => true;

    protected override CancellationToken CancellationToken => CancellationToken.None;

    public override void Count(int receivers)
    {
        services.Respond(new PeerMessage(PeerMessageKind.ClientCount, request) { Clients = receivers });
        base.Count(receivers);
    }

    public override void Receive(ReadOnlyMemory<byte> value)
    {
        lock (Gate)
        {
            if (!TrySettle()) return;
        }

        services.Respond(new PeerMessage(PeerMessageKind.Ack, request) { Data = value });
        EndIfSettled();
    }

    public override void ReceiveAll(ReadOnlyMemory<byte> arguments) => Receive(SocketArguments.OfArray(arguments).First);

    /// <summary>Counts an acknowledgement that is no longer awaited because a limit is exceeded.</summary>
    public override void GiveUpOne()
    {
        services.Dropped.Add(DropReason.Acks, size);
        Lose();
    }

    /// <summary>Ends the whole request: the acknowledgements of its clients are no longer awaited.</summary>
    public void GiveUp()
    {
        services.Dropped.Add(DropReason.Acks, size);
        Cancel();
    }
}
