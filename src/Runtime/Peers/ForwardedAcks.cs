using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>Sends the acknowledgements of this node's clients to the node that requested them.</summary>
/// <param name="count">Sends the number of clients that acknowledge.</param>
/// <param name="answer">Sends one acknowledgement: its first argument in MessagePack, or empty if there is none.</param>
/// <param name="givenUp">Called when the acknowledgements are no longer awaited because the limit is exceeded.</param>
internal sealed class ForwardedAcks(Action<int> count, Action<ReadOnlyMemory<byte>> answer, Action givenUp) : AckCollector
{
    public override bool IsForwarded => true;

    protected override CancellationToken CancellationToken => CancellationToken.None;

    public override void Count(int receivers)
    {
        count(receivers);
        base.Count(receivers);
    }

    public override void Answer(ReadOnlyMemory<byte> value)
    {
        lock (Gate)
        {
            if (!TrySettle()) return;
        }

        answer(value);
        EndIfSettled();
    }

    public override void AnswerAll(ReadOnlyMemory<byte> arguments) => Answer(EventArguments.OfArray(arguments).First);

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
