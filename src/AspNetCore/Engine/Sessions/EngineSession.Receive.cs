using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>The packets of a session, received one at a time and in order from the transport that the client uses.</summary>
/// <remarks>A client that upgrades briefly uses two transports: the WebSocket is read only after the last POST has been handled.</remarks>
internal sealed partial class EngineSession
{
    // Given to Open, before another thread can find the session.
    private ISessionReceiver _receiver = null!;
    private bool _busy;
    private bool _heldUp;
    private bool _awaitingPong;
    private CancellationTokenSource? _body;

    /// <summary>Cancels the reading of a request's body when the session ends; returns false if the session has already ended.</summary>
    /// <param name="body">The source that is canceled when the session ends before <see cref="EndBody"/>.</param>
    public bool TryBeginBody(CancellationTokenSource body)
    {
        lock (this)
        {
            if (_state == State.Closed) return false;
            _body = body;
            return true;
        }
    }

    public void EndBody()
    {
        lock (this) _body = null;
    }

    /// <summary>Handles one message of a WebSocket; see the other overload.</summary>
    public ValueTask ReceiveAsync(ReadOnlyMemory<byte> message, bool isBinary)
    {
        try
        {
            if (IsLegacy) return ReceiveAsync(isBinary ? EnginePacket.ParseLegacyBinary(message) : EnginePacket.ParseLegacy(message));
            return ReceiveAsync(isBinary ? new EnginePacket(EnginePacketKind.Message, message, IsBinary: true)
                : EnginePacket.Parse(message));
        }
        catch (ProtocolException exception)
        {
            Refuse(DisconnectReason.ParseError, exception);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Handles one packet; never throws for malformed data from the client. The session may have ended afterwards.</summary>
    /// <param name="packet">The packet; its bytes are valid until the task completes.</param>
    public async ValueTask ReceiveAsync(EnginePacket packet)
    {
        // A client that closes a session while the server is closing it does not wait for the remaining frames.
        if (!IsOpen && packet.Kind != EnginePacketKind.Close) return;
        if (engine.Logger.IsEnabled(LogLevel.Trace))
            SocketIOLog.PacketReceived(engine.Logger, RuntimeHelpers.GetHashCode(this), packet.Kind, packet.Payload.Length);
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
            if (isHeldUp) Volatile.Write(ref _heldUp, true);
        }
        catch (ProtocolException exception)
        {
            Refuse(DisconnectReason.ForcedClose, exception);
        }
        finally
        {
            Volatile.Write(ref _busy, false);
        }
    }

    /// <summary>
    /// Awaits the handling of a packet. Nothing is read in the meantime, so a token reports the loss of the client instead.
    /// </summary>
    /// <param name="handling">The handling of the packet.</param>
    /// <param name="reason">The reason for the end of the session if the client is lost.</param>
    /// <param name="lost">The token that is canceled when the client is lost.</param>
    public async ValueTask WatchAsync(ValueTask handling, DisconnectReason reason, CancellationToken lost)
    {
        var watch = lost.UnsafeRegister(
            static state =>
            {
                var (session, reason) = ((EngineSession, DisconnectReason))state!;
                session.Close(new DisconnectInfo(reason, "The connection was lost while a packet was handled."), CloseMode.Abort);
            },
            (this, reason));
        await using (watch.ConfigureAwait(false)) await handling.ConfigureAwait(false);
    }

    /// <summary>Closes the session because of a protocol violation of the client.</summary>
    /// <remarks>
    /// Packets received after the end of the session are not counted as violations, because the client could not know of the end.
    /// </remarks>
    public void Refuse(DisconnectReason reason, ViolationReason violation, string message)
    {
        if (IsOpen) engine.Malformed(violation, message);
        Close(new DisconnectInfo(reason, message), CloseMode.Now);
    }

    /// <summary>Closes the session because of a malformed packet of the client; see the other overload.</summary>
    public void Refuse(DisconnectReason reason, ProtocolException exception)
    {
        if (IsOpen) engine.Malformed(exception);
        Close(new DisconnectInfo(reason, exception.Message, exception), CloseMode.Now);
    }

    private void AwaitPong()
    {
        Volatile.Write(ref _heldUp, false);
        Volatile.Write(ref _awaitingPong, true);
    }

    /// <summary>
    /// Returns and resets a value indicating whether packets have waited for a handler since the last call. If so, a pong may be queued
    /// behind them.
    /// </summary>
    private bool TakeHeldUp() => Interlocked.Exchange(ref _heldUp, false) || Volatile.Read(ref _busy);

    private ValueTask ReceiveMessageAsync(EnginePacket message)
    {
        engine.Metrics.Received();

        // A large message may delay the pong behind it. A message therefore also counts as a sign of life, once per ping.
        if (Volatile.Read(ref _awaitingPong))
        {
            Volatile.Write(ref _awaitingPong, false);
            Beat(Deadline.Pong);
        }

        return message.IsBinary ? _receiver.ReceiveBinaryAsync(message.Payload) : _receiver.ReceiveTextAsync(message.Payload);
    }

    private void ReceiveControl(EnginePacketKind kind)
    {
        switch (kind)
        {
            case EnginePacketKind.Ping when IsLegacy:
                Volatile.Write(ref _heldUp, false);
                Beat(Deadline.ClientPing);
                Send(EngineFrames.Pong, BroadcastFlags.None);
                break;
            case EnginePacketKind.Pong when IsLegacy:
                Refuse(DisconnectReason.TransportError, ViolationReason.Ping,
                    "A client sent a pong, which only a server sends in protocol 3.");
                break;
            case EnginePacketKind.Pong:
                Volatile.Write(ref _awaitingPong, false);
                Beat(Deadline.Ping);
                break;
            case EnginePacketKind.Close:
                Close(DisconnectReason.TransportClose, CloseMode.ByClient);
                break;
            case EnginePacketKind.Ping:
                Refuse(DisconnectReason.TransportError, ViolationReason.Ping,
                    "A client sent a ping, which only a server sends in this version of the protocol.");
                break;
        }
    }
}
