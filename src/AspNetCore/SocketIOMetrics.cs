using System.Diagnostics.Metrics;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Namespaces;

namespace TypedSocketRedis;

/// <summary>The counters of the server, apart from those of its engine.</summary>
internal sealed class SocketIOMetrics
{
    private readonly GuardedCounter _refused;
    private readonly GuardedCounter _surplus;
    private readonly GuardedCounter _socketsRefused;
    private readonly GuardedCounter _paused;
    private readonly GuardedCounter _throttled;
    private readonly GuardedCounter _roomsRefused;
    private readonly GuardedCounter _outgoingDropped;
    private readonly GuardedCounter _unauthorized;
    private readonly GuardedCounter _notificationsDropped;

    /// <summary>The time that handlers take.</summary>
    public HandlerDurations Handlers { get; }

    public SocketIOMetrics(IMeterFactory factory, string server = "")
    {
        var meter = factory.Create(SocketIOTelemetry.MeterName);
        _refused = meter.Counter("typedsocketredis.server.events.refused", "{event}",
            "Events whose arguments were not those of the contract.", server);
        _surplus = meter.Counter("typedsocketredis.server.events.surplus", "{event}",
            "Events with more arguments than the contract declares, which were ignored.", server);
        _unauthorized = meter.Counter("typedsocketredis.server.events.unauthorized", "{event}",
            "Events whose sender was not authorized, by reason.", server);
        _socketsRefused = meter.Counter("typedsocketredis.server.sockets.refused", "{socket}",
            "Clients not admitted to a namespace, by reason.", server);
        _paused = meter.Counter("typedsocketredis.server.reading.paused", "{pause}",
            "Pauses in reading a client whose handlers are behind.", server);
        _throttled = meter.Counter("typedsocketredis.server.events.throttled", "{event}",
            "Events that waited because their client sends too fast.", server);
        _roomsRefused = meter.Counter("typedsocketredis.server.rooms.refused", "{join}",
            "Joins that would have put a socket into too many rooms.", server);
        _outgoingDropped = meter.Counter(
            "typedsocketredis.server.outgoing.dropped", "{event}",
            "Events that were not passed to handlers of OnAnyOutgoing, by reason.", server);
        _notificationsDropped = meter.Counter("typedsocketredis.server.notifications.dropped", "{notification}",
            "Notifications that were not passed to handlers of namespaces or rooms, by kind.", server);
        Handlers = new HandlerDurations(meter.Histogram("typedsocketredis.server.handlers.duration", "s",
            "Time that the handlers of an event took, by namespace, kind and event.", server));
    }

    public void NotificationsDropped(NotificationKind kind, long count) =>
        _notificationsDropped.Add(count, new KeyValuePair<string, object?>("kind", kind.Text()));

    public void SocketRefused(RefusalReason reason) => _socketsRefused.Add(1, new KeyValuePair<string, object?>("reason", reason.Text()));

    public void Refused() => _refused.Add(1);

    public void SurplusArguments() => _surplus.Add(1);

    public void Unauthorized(IdentityRefusal refusal) =>
        _unauthorized.Add(1, new KeyValuePair<string, object?>("reason", refusal.Code()));

    public void Paused() => _paused.Add(1);

    public void Throttled() => _throttled.Add(1);

    public void OutgoingDropped(OutgoingDropReason reason) =>
        _outgoingDropped.Add(1, new KeyValuePair<string, object?>("reason", reason.Text()));

    public void RoomsRefused() => _roomsRefused.Add(1);
}
