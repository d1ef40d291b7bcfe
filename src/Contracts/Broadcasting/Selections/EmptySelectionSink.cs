using System.Collections.Immutable;
using TypedSocketRedis.CompilerServices;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The end of a chain whose room list is empty: it selects no client, and nothing is delivered or published.</summary>
/// <remarks>
/// Only the chain distinguishes this case. In <see cref="BroadcastOptions"/>, on the wire and in replay an empty room list is the whole
/// namespace, so options of such a chain must never reach the sink behind it.
/// </remarks>
/// <param name="inner">The sink that the chain uses when a room is added.</param>
internal sealed class EmptySelectionSink(IBroadcastSink inner) : IBroadcastSink
{
    /// <summary>The sink that the chain uses when a room is added.</summary>
    public IBroadcastSink Inner { get; } = inner;

    public bool HasLocalClients => Inner.HasLocalClients;

    public UserRooms Users => Inner.Users;

    public void Broadcast(EventData data, BroadcastOptions options)
    {
    }

    public ValueTask BroadcastAsync(EventData data, BroadcastOptions options, CancellationToken cancellationToken) => Done(options);

    public void SendWithAck(EventData data, BroadcastOptions options, AckCollector acks)
    {
        CheckAcks();
        acks.Count(0);
    }

    public Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, CancellationToken cancellationToken)
    {
        CheckFetch();
        return Task.FromResult(new FetchedSockets(this, []));
    }

    public ValueTask SocketsJoinAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
        Done(target);

    public ValueTask SocketsLeaveAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
        Done(target);

    public ValueTask DisconnectSocketsAsync(BroadcastOptions target, bool close, CancellationToken cancellationToken) => Done(target);

    public void CheckAcks() => Inner.CheckAcks();

    public void CheckFetch() => Inner.CheckFetch();

    private static ValueTask Done(BroadcastOptions options)
    {
        options.Receipt?.Clear();
        return ValueTask.CompletedTask;
    }
}
