using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>Receives one session's engine packets: one at a time, in order, from the transport that the client uses.</summary>
/// <remarks>A client that upgrades uses two for a moment: the WebSocket is read on when the last POST has been handled.</remarks>
internal sealed class Incoming(EngineSession session, EngineServices services, ISessionReceiver receiver)
{
    private bool _busy;
    private int _heldUp;
    private bool _awaitingPong;
    private CancellationTokenSource? _body;
    private bool _ended;

    public void AwaitPong()
    {
        Volatile.Write(ref _heldUp, 0);
        Volatile.Write(ref _awaitingPong, true);
    }

    /// <summary>Whether packets have been waiting for a handler since this was last asked: a pong may be behind them.</summary>
    public bool TakeHeldUp() => Interlocked.Exchange(ref _heldUp, 0) != 0 || Volatile.Read(ref _busy);

    /// <summary>Ties the reading of a request's body to the session; false when the session has ended.</summary>
    /// <param name="body">Cancelled when the session ends before <see cref="EndBody"/>.</param>
    public bool TryBeginBody(CancellationTokenSource body)
    {
        lock (this)
        {
            if (!_ended) _body = body;
            return !_ended;
        }
    }

    public void EndBody()
    {
        lock (this) _body = null;
    }

    /// <summary>Stops reading request bodies, because the session has ended.</summary>
    public void End()
    {
        lock (this)
        {
            _ended = true;
            CutBody();
        }
    }

    /// <summary>Stops reading the request body that is still incomplete, if there is one.</summary>
    private void CutBody()
    {
        // Asynchronous: the callbacks of the token must not run inside the caller's lock.
        lock (this) _ = _body?.CancelAsync();
    }

    /// <summary>Handles one packet of a websocket; see the other overload.</summary>
    public ValueTask ReceiveAsync(ReadOnlyMemory<byte> message, bool isBinary)
    {
        try
        {
            return ReceiveAsync(isBinary ? new EnginePacket(EnginePacketKind.Message, message, IsBinary: true) : EnginePacket.Parse(message));
        }
        catch (ProtocolException exception)
        {
            Refuse(DisconnectReason.ParseError, exception.Cause, exception.Message);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Handles one packet; never throws for what the client sent. Afterwards the session may have ended.</summary>
    /// <param name="packet">The packet; its bytes are lent until the task completes.</param>
    public async ValueTask ReceiveAsync(EnginePacket packet)
    {
        // A client that closes a session which the server is closing does not wait for the rest of it.
        if (!session.IsOpen && packet.Kind != EnginePacketKind.Close) return;
        Volatile.Write(ref _busy, true);
        try
        {
            if (packet.Kind != EnginePacketKind.Message)
            {
                ReceiveControl(packet.Kind);
                return;
            }

            var handling = ReceiveMessageAsync(packet);
            var isHeldUp = !handling.IsCompleted;
            await handling.ConfigureAwait(false);
            if (isHeldUp) Volatile.Write(ref _heldUp, 1);
        }
        catch (ProtocolException exception)
        {
            Refuse(DisconnectReason.ForcedClose, exception.Cause, exception.Message);
        }
        finally
        {
            Volatile.Write(ref _busy, false);
        }
    }

    /// <summary>Awaits a packet whose receiver is behind: nothing is read meanwhile, so that nothing else would tell of the client's end.</summary>
    /// <param name="handling">What is awaited.</param>
    /// <param name="reason">Why the session ends when the client is lost.</param>
    /// <param name="lost">Cancelled then.</param>
    public async ValueTask WatchAsync(ValueTask handling, DisconnectReason reason, CancellationToken lost)
    {
        var watch = lost.UnsafeRegister(
            static state =>
            {
                var (session, reason) = ((EngineSession, DisconnectReason))state!;
                session.Close(reason, CloseMode.Abort);
            },
            (session, reason));
        await using (watch.ConfigureAwait(false)) await handling.ConfigureAwait(false);
    }

    /// <summary>Ends the session because of what the client did.</summary>
    /// <remarks>What comes in after the session's end fits nothing any more, and is not the client's fault.</remarks>
    public void Refuse(DisconnectReason reason, string cause, string message)
    {
        if (session.IsOpen) services.Malformed(cause, message);
        session.Close(reason, CloseMode.Now);
    }

    private ValueTask ReceiveMessageAsync(EnginePacket message)
    {
        services.Metrics.Received();

        // A large message may keep the pong behind it waiting: it is a sign of life, too, once per ping.
        if (Volatile.Read(ref _awaitingPong))
        {
            Volatile.Write(ref _awaitingPong, false);
            session.Clock.Beat(Deadline.Pong);
        }

        return message.IsBinary ? receiver.ReceiveBinaryAsync(message.Payload) : receiver.ReceiveTextAsync(message.Payload);
    }

    private void ReceiveControl(EnginePacketKind kind)
    {
        switch (kind)
        {
            case EnginePacketKind.Pong:
                Volatile.Write(ref _awaitingPong, false);
                session.Clock.Beat(Deadline.Ping);
                break;
            case EnginePacketKind.Close:
                session.Close(DisconnectReason.TransportClose, CloseMode.ByClient);
                break;
            case EnginePacketKind.Ping:
                Refuse(DisconnectReason.TransportError, "ping", "A client does not ping in this version of the protocol.");
                break;
        }
    }
}
