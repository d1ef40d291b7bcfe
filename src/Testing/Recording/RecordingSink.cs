using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Testing;

/// <summary>A receiver that handles events of some names and acknowledges them.</summary>
/// <param name="Path">The namespace, or null for any.</param>
/// <param name="Names">The names of the events.</param>
/// <param name="Handle">The handler of an event; its result is the acknowledgement.</param>
internal sealed record Receiver(string? Path, ImmutableArray<string> Names, Func<IncomingEvent, ValueTask<ReadOnlyMemory<byte>>> Handle);

/// <summary>The sink of a recorder's chains.</summary>
internal sealed class RecordingSink(SocketEventsRecorder recorder, string path, RecordedTarget target)
    : IBroadcastSink, IClientSink, IServerSink, IEventObserver
{
    [ThreadStatic]
    private static object? _sending;

    // Those of a server with the default option, so that a test finds a reserved name.
    private static readonly UserRooms DefaultUsers = UserRooms.Create(UserRooms.DefaultPrefix, "UserRoomPrefix");

    public bool HasLocalClients => true;

    public UserRooms Users => DefaultUsers;

    public void Broadcast(EventData data, BroadcastOptions options) => Deliver(data, options, null);

    public ValueTask BroadcastAsync(EventData data, BroadcastOptions options, CancellationToken cancellationToken)
    {
        Deliver(data, options, null);
        return ValueTask.CompletedTask;
    }

    public void SendWithAck(EventData data, BroadcastOptions options, AckCollector acks) => Deliver(data, options, acks);

    public void Send(EventData data, BroadcastFlags flags) => Deliver(data, BroadcastOptions.Everyone with { Flags = flags }, null);

    public void SendWithAck(EventData data, BroadcastFlags flags, TimeSpan? timeout, AckCollector acks) =>
        Deliver(data, BroadcastOptions.Everyone with { Flags = flags, Timeout = timeout }, acks);

    public void Send(EventData data) => Send(data, BroadcastFlags.None);

    public ValueTask SendAsync(EventData data, CancellationToken cancellationToken)
    {
        Send(data);
        return ValueTask.CompletedTask;
    }

    public void SendWithAck(EventData data, TimeSpan? timeout, AckCollector acks) => SendWithAck(data, BroadcastFlags.None, timeout, acks);

    // A recorder has no sockets that could be found, moved or disconnected.
    public Task<FetchedSockets> FetchSocketsAsync(BroadcastOptions target, CancellationToken cancellationToken) =>
        Task.FromResult(new FetchedSockets(this, []));

    public ValueTask SocketsJoinAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    public ValueTask SocketsLeaveAsync(BroadcastOptions target, ImmutableArray<string> rooms, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    public ValueTask DisconnectSocketsAsync(BroadcastOptions target, bool close, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    public void Observe(object e) => _sending = e;

    private void Deliver(EventData data, BroadcastOptions options, AckCollector? acks)
    {
        var arguments = SocketArguments.OfEvent(data.Memory.ToArray());
        EventHeader.TryRead(data, out var header);
        var name = header.NameText;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw new InvalidOperationException(
            $"A receiver of the recorder sends the event {name} that it receives, in an endless loop.");
        var sent = Describe(name, arguments, options, acks is not null);
        recorder.Record(sent);

        var all = recorder.ReceiversOf(path, name);
        var receivers = target == RecordedTarget.Client ? all.Take(1).ToArray() : all;
        acks?.Count(receivers.Count);
        var incoming = new IncomingEvent(name, arguments, acks is not null, CancellationToken.None);
        foreach (var receiver in receivers) _ = HandAsync(receiver, incoming, sent, acks);
        acks?.Start(recorder.Time, options.Timeout);
    }

    private async Task HandAsync(Receiver receiver, IncomingEvent incoming, RecordedEvent sent, AckCollector? acks)
    {
        try
        {
            var ack = await receiver.Handle(incoming).ConfigureAwait(false);
            acks?.ReceiveAll(ack);
        }
        catch (Exception exception)
        {
            // As with a real receiver, the sender only misses an acknowledgement; the recorder reports the exception in both places.
            recorder.Record(new RecordedFailure { Event = sent, Exception = exception });
            acks?.Fail(exception);
        }
    }

    private RecordedEvent Describe(string name, SocketArguments arguments, BroadcastOptions options, bool expectsAck) => new()
    {
        Name = name,
        Event = Interlocked.Exchange(ref _sending, null),
        Path = path,
        Target = target,
        Rooms = options.Rooms,
        Except = options.Excepted,
        IsVolatile = (options.Flags & BroadcastFlags.Volatile) != 0,
        IsLocal = (options.Flags & BroadcastFlags.Local) != 0,
        Compress = (options.Flags & BroadcastFlags.Compress) != 0 ? true : (options.Flags & BroadcastFlags.NoCompress) != 0 ? false : null,
        ExpectsAck = expectsAck,
        Timeout = options.Timeout,
        Arguments = arguments,
    };
}
