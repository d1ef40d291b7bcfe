using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>Events to the client of a socket, and their acknowledgements.</summary>
internal sealed partial class SocketCore
{
    private readonly AckTable _acks = new();

    public void Send(Frame frame, BroadcastFlags flags)
    {
        if (IsConnected) Session.Send(frame, flags);
        else SendLater(frame, flags);
    }

    public void Send(Frame frame, ref SentEvent sent, BroadcastFlags flags)
    {
        Show(ref sent);
        Send(frame, flags);
    }

    public void Send(EventData data, BroadcastFlags flags)
    {
        var frame = _server.Packets.Event(Path, data);
        var sent = new SentEvent(data);
        Send(frame, ref sent, flags);
    }

    /// <summary>Passes an event to the handlers of outgoing events.</summary>
    public void Show(ref SentEvent sent) => Listeners?.Sending(ref sent);

    public bool TrySendWithAck(Frame frame, ref SentEvent sent, BroadcastFlags flags, ulong id, AckCollector acks)
    {
        // The code that awaits the ack can be a middleware that decides about the client.
        if (!IsConnected || !_acks.TryAdd(id, acks)) return false;
        Send(frame, ref sent, flags);
        return true;
    }

    public void Forget(ulong id) => _acks.Take(id);

    public void SendWithAck(EventData data, BroadcastFlags flags, TimeSpan? timeout, AckCollector acks)
    {
        var id = AckId.Next();
        var frame = _server.Packets.Event(Path, data, id);
        var sent = new SentEvent(data);
        acks.Count(1);
        if (!TrySendWithAck(frame, ref sent, flags, id, acks)) acks.Lose();
        acks.Start(_server.Time, timeout);
        acks.OnEnded(() => _acks.Take(id));
    }

    /// <summary>Completes a pending acknowledgement of the client; an unknown id is ignored.</summary>
    public void Acknowledged(ulong? id, ReadOnlyMemory<byte> arguments)
    {
        if (id is { } number) _acks.Take(number)?.ReceiveAll(arguments);
    }

    /// <summary>Acknowledges an event of the client.</summary>
    /// <exception cref="ProtocolException">The arguments are malformed or too large.</exception>
    public void Acknowledge(ulong id, ReadOnlyMemory<byte> arguments) =>
        Send(_server.Packets.Ack(Path, id, arguments), BroadcastFlags.None);
}
