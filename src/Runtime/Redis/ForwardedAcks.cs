using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>Sends the acknowledgements of this node's clients to the node that requested them.</summary>
/// <param name="count">Sends how many clients were asked.</param>
/// <param name="answer">Sends one acknowledgement: its first argument in MessagePack, empty when there is none.</param>
/// <param name="givenUp">Called when acknowledgements are not awaited any longer because too many are.</param>
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

    /// <summary>Ends the whole request: none of its clients is awaited any longer.</summary>
    public void GiveUp()
    {
        givenUp();
        Cancel();
    }
}
