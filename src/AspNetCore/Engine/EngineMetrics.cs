using System.Diagnostics.Metrics;

namespace TypedSocketRedis.Engine;

/// <summary>What the engine counts.</summary>
internal sealed class EngineMetrics
{
    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _received;
    private readonly Counter<long> _queued;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _closed;
    private readonly Counter<long> _malformed;
    private readonly Counter<long> _refused;

    public EngineMetrics(IMeterFactory factory)
    {
        var meter = factory.Create("TypedSocketRedis");
        _connections = meter.CreateUpDownCounter<long>("typedsocketredis.server.connections", "{connection}", "Open connections.");
        _received = meter.CreateCounter<long>("typedsocketredis.server.messages.received", "{message}", "Messages from clients.");
        _queued = meter.CreateCounter<long>("typedsocketredis.server.messages.sent", "{message}", "Packets queued for clients.");
        _dropped = meter.CreateCounter<long>("typedsocketredis.server.messages.dropped", "{message}", "Packets dropped, by cause.");
        _closed = meter.CreateCounter<long>("typedsocketredis.server.connections.closed", "{connection}", "Ended connections, by reason.");
        _refused = meter.CreateCounter<long>("typedsocketredis.server.connections.refused", "{connection}", "Connections that were not accepted, by cause.");
        _malformed = meter.CreateCounter<long>("typedsocketredis.server.malformed", "{message}", "What clients did wrong, by cause.");
    }

    public void Opened() => _connections.Add(1);

    public void Closed(DisconnectReason reason)
    {
        _connections.Add(-1);
        _closed.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
    }

    public void Refused(string cause) => _refused.Add(1, new KeyValuePair<string, object?>("cause", cause));

    public void Received() => _received.Add(1);

    public void Queued() => _queued.Add(1);

    public void Dropped(string cause) => _dropped.Add(1, new KeyValuePair<string, object?>("cause", cause));

    public void Malformed(string cause) => _malformed.Add(1, new KeyValuePair<string, object?>("cause", cause));
}
