using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>Sends the acknowledgements of this node's clients to the node that asked for them.</summary>
/// <param name="count">Sends how many clients were asked.</param>
/// <param name="answer">Sends one acknowledgement: its first argument in MessagePack, empty when there is none.</param>
internal sealed class ForwardedAcks(Action<int> count, Action<ReadOnlyMemory<byte>> answer) : AckCollector
{
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
}
