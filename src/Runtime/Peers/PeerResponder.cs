using System.Collections.Immutable;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Redis;

/// <summary>Handles the requests of other nodes to this one in one namespace: one method for each kind of request.</summary>
/// <remarks>
/// Sockets are moved and disconnected, and acknowledgements requested, where the messages are read: in the order they came, broadcasts
/// included. Slow responses, lists of sockets and rooms, are written elsewhere. Handlers of server events are started
/// in the order the events came and run side by side, so that a slow one delays no other.
/// </remarks>
/// <param name="services">The shared services of the namespace.</param>
/// <param name="confirmed">A function that completes when broadcasts to joined rooms are received.</param>
internal sealed class PeerResponder(PeerContext services, Func<ImmutableArray<string>, Task> confirmed)
{
    private const int MaxWaitingEvents = 10_000;
    private const int MaxRunningEvents = 1000;

    // The maximum time to wait for acknowledgements; the requested time is chosen by another node.
    private static readonly TimeSpan MaxAckTimeout = TimeSpan.FromMinutes(5);

    // The maximum number of requests with pending acknowledgements. Each socket has a limit of its own.
    private const int MaxForwarded = 10_000;

    // The largest handshake that is sent in full, in bytes; the next one is tried when a response is too large for a message.
    private static readonly int[] HandshakeBounds = [int.MaxValue, 16 * 1024, 4 * 1024, 1024, 0];

    private readonly ForwardedRequests _forwarded = new(MaxForwarded);
    private readonly PeerWork _events = new(MaxWaitingEvents, MaxRunningEvents, node: null, services.Dropped.Failed);

    /// <summary>Handles one request of another producer; its event's bytes are valid until the call returns.</summary>
    /// <param name="request">The request.</param>
    /// <param name="size">The size of its message, in bytes, which counts while the request waits.</param>
    /// <returns>The reason why the request was dropped, or <see cref="DropReason.None"/>.</returns>
    public DropReason Handle(PeerMessage request, int size)
    {
        return request.Kind switch
        {
            PeerMessageKind.SocketIds => Later(request, size, RespondWithIds),
            PeerMessageKind.AllRooms => Later(request, size, RespondWithRooms),
            PeerMessageKind.FetchSockets when request.PresencePrefix is not null => Later(request, size, RespondWithPresence),
            PeerMessageKind.FetchSockets => Later(request, size, RespondWithSockets),
            PeerMessageKind.ServerEvent => Start(request),
            PeerMessageKind.Broadcast => RequestAcks(request),
            _ => Control(request, size),
        };
    }

    /// <summary>Completes when no request is in progress.</summary>
    public Task IdleAsync() => Task.WhenAll(services.Work.IdleAsync(), _events.IdleAsync());

    /// <summary>
    /// Returns <c>true</c> if the options allow the sender to move or disconnect sockets; the sender is not authenticated.
    /// </summary>
    private bool IsAdmitted(PeerMessage request)
    {
        var source = request.Uid is null or "emitter" ? RedisControlRequests.Emitters : RedisControlRequests.Nodes;
        return (services.Options.AcceptControlRequests & source) != 0;
    }

    private DropReason Control(PeerMessage request, int size)
    {
        if (request.SocketId is not null) return ControlOne(request, size);
        if (!IsAdmitted(request)) return DropReason.Refused;

        var target = request.Target!;
        switch (request.Kind)
        {
            case PeerMessageKind.Join: return services.Local.TryJoin(target, request.Rooms) ? DropReason.None : DropReason.Refused;
            case PeerMessageKind.Leave: services.Local.Leave(target, request.Rooms); break;
            default:
                foreach (var local in Locals(request)) local.Disconnect(target, request.Close);
                break;
        }

        return DropReason.None;
    }

    /// <summary>Handles the form for one socket: the node that has it responds when it is done, the others do not.</summary>
    private DropReason ControlOne(PeerMessage request, int size)
    {
        if (services.Local.Find(request.SocketId!) is not { } socket) return IsAdmitted(request) ? DropReason.None : DropReason.Refused;
        var origin = new PeerMessage(request.Kind, request);
        var reason = IsAdmitted(request) ? Control(socket, request) : DropReason.Refused;
        if (reason == DropReason.None && request.Kind == PeerMessageKind.Join)
        {
            var rooms = request.Rooms;
            if (_events.TryAdd(size, () => JoinedAsync(origin, rooms))) return DropReason.None;
            reason = DropReason.Busy;
        }

        // The wire has no form for a refusal, and a sender without a response waits for its whole timeout.
        services.Respond(new PeerMessage(PeerMessageKind.Done, origin));
        return reason;
    }

    private DropReason Control(ILocalSocket socket, PeerMessage request)
    {
        switch (request.Kind)
        {
            case PeerMessageKind.Join: return services.Local.TryJoin(socket, request.Rooms) ? DropReason.None : DropReason.Refused;
            case PeerMessageKind.Leave: services.Local.Rooms.Leave(socket.Membership, request.Rooms); break;
            default: socket.Disconnect(request.Close); break;
        }

        return DropReason.None;
    }

    private async Task JoinedAsync(PeerMessage origin, ImmutableArray<string> rooms)
    {
        await confirmed(rooms).ConfigureAwait(false);
        services.Respond(new PeerMessage(PeerMessageKind.Done, origin));
    }

    private void RespondWithIds(PeerMessage request)
    {
        using var selected = services.Local.Rooms.Select(request.Target!);
        var ids = new List<string>(selected.Count);
        foreach (var socket in selected.Sockets) ids.Add(socket.Id.ToString());
        services.Respond(new PeerMessage(PeerMessageKind.SocketIdsResponse, request) { Rooms = [.. ids] });
    }

    private void RespondWithRooms(PeerMessage request) =>
        services.Respond(new PeerMessage(PeerMessageKind.RoomsResponse, request) { Rooms = [.. services.Local.Rooms.RoomNames()] });

    /// <summary>
    /// Responds with all sockets; handshakes that do not fit into a message of the allowed size are left out, the largest first.
    /// </summary>
    private void RespondWithSockets(PeerMessage request)
    {
        var sockets = services.Local.Describe(request.Target!);
        foreach (var bound in HandshakeBounds)
        {
            // JSON is never smaller.
            var size = sockets.Sum(socket => socket.Handshake.Size <= bound ? (long)socket.Handshake.Size : 0);
            if (bound > 0 && size > services.Options.MaxMessageSize) continue;
            var reduced = sockets.ConvertAll(
                socket => socket.Handshake.Size <= bound ? socket : socket with { Handshake = socket.Handshake.Reduced() });
            var response = new PeerMessage(PeerMessageKind.SocketsResponse, request) { Sockets = reduced };
            var message = services.Wire.Write(response);
            if (message.Length > services.Options.MaxMessageSize && bound > 0) continue;
            var left = sockets.Count(socket => socket.Handshake.Size > bound);
            if (left > 0) services.Dropped.HandshakesLeftOut(left, sockets.Count);
            services.Send(response, message);
            return;
        }
    }

    /// <summary>Responds with the number of sockets and their users, as many as fit into a message of the allowed size.</summary>
    private void RespondWithPresence(PeerMessage request)
    {
        var tally = new PresenceTally();
        foreach (var local in Locals(request)) local.Count(request.Target!, request.PresencePrefix!, tally);

        var space = services.Options.MaxMessageSize;
        var ids = tally.UserIds.Take(PeerValues.MaxRooms).TakeWhile(id => (space -= id.Length) >= 0).ToImmutableArray();
        while (true)
        {
            var report = new PresenceReport(
                services.Uid.ToString(), tally.Sockets, tally.Anonymous, ids, IsTruncated: ids.Length < tally.UserIds.Count);
            var response = new PeerMessage(PeerMessageKind.PresenceResponse, request) { Presence = report };
            var message = services.Wire.Write(response);
            if (message.Length <= services.Options.MaxMessageSize || ids.IsEmpty)
            {
                services.Send(response, message);
                return;
            }

            ids = ids[..(ids.Length / 2)];
        }
    }

    /// <summary>Returns the sockets of the namespaces that a request concerns: this one, or all of this node.</summary>
    private IEnumerable<LocalAdapter> Locals(PeerMessage request) => request.IsEverywhere ? services.Namespaces.All : [services.Local];

    /// <summary>Requests acknowledgements from this node's clients, and forwards their number and each acknowledgement.</summary>
    private DropReason RequestAcks(PeerMessage request)
    {
        // A pending request must not keep the message alive.
        var acks = new ForwardedAcks(services, new PeerMessage(request.Kind, request), request.Data.Length);
        var target = request.Target!;
        if (target.Timeout > MaxAckTimeout) target = target with { Timeout = MaxAckTimeout };
        var (path, data) = (services.Local.Path, new EventData(request.Data));
        using var span = EventTracing.Deliver(path, data, target, MessageExtension.TraceOf(request.Extension.Span));
        EventTracing.Received(span, services.Local.RequestAcks(data, target, acks));

        // Afterwards: a request for data that clients cannot receive throws, and takes no place.
        _forwarded.Add(acks);
        return DropReason.None;
    }

    private DropReason Start(PeerMessage request)
    {
        ReadOnlyMemory<byte> data = request.Data.ToArray();
        if (!EventHeader.TryReadAny(data.Span, out var header)) return DropReason.Data;
        var name = header.NameText;
        var arguments = SocketArguments.OfEvent(data, header);
        if (!services.Local.ServerEvents.Knows(name)) return DropReason.None;
        var origin = new PeerMessage(request.Kind, request);
        Action<ReadOnlyMemory<byte>>? respond = origin.WantsResponse ? result => RespondToEvent(origin, result) : null;
        var sender = MessageExtension.TraceOf(request.Extension.Span);
        return _events.TryAdd(data.Length, () => services.Local.ServerEvents.DispatchAsync(name, arguments, respond, sender))
            ? DropReason.None
            : DropReason.Busy;
    }

    private void RespondToEvent(PeerMessage request, ReadOnlyMemory<byte> result) =>
        services.Respond(new PeerMessage(PeerMessageKind.ServerEventResponse, request)
        {
            Data = SocketArguments.OfArray(result).First,
            Extension = MessageExtension.OfCurrent(),
        });

    private DropReason Later(PeerMessage request, int size, Action<PeerMessage> work) => services.Work.TryAdd(size, () =>
    {
        work(request);
        return Task.CompletedTask;
    }) ? DropReason.None : DropReason.Busy;
}
