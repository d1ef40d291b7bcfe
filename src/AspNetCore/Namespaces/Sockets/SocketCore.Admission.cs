using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Namespaces;

/// <summary>The admission of a socket, until which the packets to its client are held back.</summary>
internal sealed partial class SocketCore
{
    private List<(Frame Frame, BroadcastFlags Flags)>? _held;
    private long _heldBytes;
    private volatile bool _hasEntered;

    /// <summary>Gets a value indicating whether the socket has a namespace.</summary>
    public bool HasEntered => _hasEntered;

    /// <summary>Gives the socket its namespace; returns false if it has ended.</summary>
    public bool TryEnter()
    {
        lock (this)
        {
            if (_stage == SocketStage.Ended) return false;
            return _hasEntered = true;
        }
    }

    /// <summary>
    /// Sends the CONNECT to the client, then the packets held back before it, and joins the socket's own room, that of its user
    /// and the recorded rooms.
    /// </summary>
    /// <param name="adapter">The adapter of its namespace.</param>
    /// <param name="connect">The response to its CONNECT.</param>
    /// <param name="missed">The events it missed while disconnected. As in the JavaScript server they are sent first; the client buffers
    /// them until it is connected.</param>
    /// <param name="joining">The task that completes when the socket has joined its rooms.</param>
    /// <returns>False if the socket has ended, in which case nothing is sent.</returns>
    public bool TryConnect(INamespaceAdapter adapter, Frame connect, IReadOnlyList<Frame> missed, out ValueTask joining)
    {
        joining = default;
        Entry entry;
        lock (this)
        {
            if (_stage == SocketStage.Ended) return false;
            (_stage, WasAdmitted) = (SocketStage.Admitted, true);
            foreach (var frame in missed) Session.Send(frame, BroadcastFlags.None);
            Session.Send(connect, BroadcastFlags.None);
            foreach (var (frame, flags) in _held ?? []) Session.Send(frame, flags);
            ReleaseHeld();

            // A listener of the counters can have ended the socket, on this thread.
            if (_stage == SocketStage.Ended) return true;

            // Before the join: broadcasts that the adapter passes on meanwhile, also from another thread, are sent without the lock.
            _stage = SocketStage.Connected;
            var own = Id.ToString();
            _entry = entry = new Entry(UserRoom is { } users ? [own, users, .. _rooms.Remove(own)] : [own, .. _rooms.Remove(own)]);
            _joining += entry.Rooms.Length;
            _rooms = [];
            StartExpiration();
        }

        joining = EnterAsync(adapter, entry);
        return true;
    }

    // A client must receive the CONNECT of a namespace before any other packet of it.
    private void SendLater(Frame frame, BroadcastFlags flags)
    {
        lock (this)
        {
            if (IsConnected) Session.Send(frame, flags);
            else if (_stage == SocketStage.Joining) Hold(frame, flags);
        }
    }

    private void Hold(Frame frame, BroadcastFlags flags)
    {
        var cost = OutgoingQueue.CostOf(frame);
        if (!Budget.TryKeep(cost))
        {
            Session.Drop((flags & BroadcastFlags.Volatile) != 0);
            return;
        }

        (_held ??= []).Add((frame, flags));
        _heldBytes += cost;
    }

    private void ReleaseHeld()
    {
        Budget.Keep(-_heldBytes);
        (_held, _heldBytes) = (null, 0);
    }
}
