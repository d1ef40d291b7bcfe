using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>Sends the acknowledgements of this node's clients to the node that requested them.</summary>
/// <param name="count">Sends the number of clients that acknowledge.</param>
/// <param name="ack">Sends one acknowledgement: its first argument in MessagePack, or empty if there is none.</param>
/// <param name="givenUp">Called when the acknowledgements are no longer awaited because the limit is exceeded.</param>
internal sealed class ForwardedAcks(Action<int> count, Action<ReadOnlyMemory<byte>> ack, Action givenUp) : AckCollector
{
    public override bool IsForwarded => true;

    protected override CancellationToken CancellationToken => CancellationToken.None;

    public override void Count(int receivers)
    {
        count(receivers);
        base.Count(receivers);
    }

    public override void Receive(ReadOnlyMemory<byte> value)
    {
        lock (Gate)
        {
            if (!TrySettle()) return;
        }

        ack(value);
        EndIfSettled();
    }

    public override void ReceiveAll(ReadOnlyMemory<byte> arguments) => Receive(SocketArguments.OfArray(arguments).First);

    public override void GiveUpOne()
    {
        givenUp();
        Lose();
    }

    /// <summary>Ends the whole request: the acknowledgements of its clients are no longer awaited.</summary>
    public void GiveUp()
    {
        givenUp();
        Cancel();
    }
}
