using System.Diagnostics.Metrics;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Engine;

/// <summary>The metrics of the engine.</summary>
internal sealed class EngineMetrics
{
    private readonly GuardedUpDownCounter _connections;
    private readonly GuardedCounter _received;
    private readonly GuardedCounter _queued;
    private readonly GuardedCounter _dropped;
    private readonly GuardedCounter _closed;
    private readonly GuardedCounter _malformed;
    private readonly GuardedCounter _refused;
    private readonly GuardedCounter _handlersFailed;
    private readonly GuardedCounter _errorsDropped;

    public EngineMetrics(IMeterFactory factory)
    {
        var meter = factory.Create("TypedSocketRedis");
        _connections = meter.UpDownCounter("typedsocketredis.server.connections", "{connection}", "Open connections.");
        _received = meter.Counter("typedsocketredis.server.messages.received", "{message}", "Messages from clients.");
        _queued = meter.Counter("typedsocketredis.server.messages.sent", "{message}", "Packets queued for clients.");
        _dropped = meter.Counter("typedsocketredis.server.messages.dropped", "{message}", "Packets dropped, by cause.");
        _closed = meter.Counter("typedsocketredis.server.connections.closed", "{connection}", "Ended connections, by reason.");
        _refused = meter.Counter("typedsocketredis.server.connections.refused", "{connection}",
            "Connections that were not accepted, by cause.");
        _malformed = meter.Counter("typedsocketredis.server.malformed", "{message}", "Protocol violations of clients, by cause.");
        _handlersFailed = meter.Counter("typedsocketredis.server.handlers.failed", "{failure}", "Delegates of the application that threw.");
        _errorsDropped = meter.Counter("typedsocketredis.server.connectionerrors.dropped", "{error}",
            "Refused requests that were not passed to the handler of connection errors.");
    }

    public void Opened() => _connections.Add(1);

    public void Closed(DisconnectReason reason)
    {
        _connections.Add(-1);
        _closed.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
    }

    public void Refused(ConnectionRefusalCause cause) => _refused.Add(1, new KeyValuePair<string, object?>("cause", cause.Text()));

    public void ConnectionErrorDropped() => _errorsDropped.Add(1);

    public void HandlerFailed() => _handlersFailed.Add(1);

    public void Received() => _received.Add(1);

    public void Queued() => _queued.Add(1);

    public void Dropped(PacketDropCause cause) => _dropped.Add(1, new KeyValuePair<string, object?>("cause", cause.Text()));

    public void Malformed(string cause) => _malformed.Add(1, new KeyValuePair<string, object?>("cause", cause));
}
