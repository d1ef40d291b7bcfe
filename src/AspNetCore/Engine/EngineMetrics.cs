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
    private readonly GuardedHistogram _durations;
    private readonly GuardedHistogram _deliveries;
    private readonly TimeProvider _time;
    private readonly GuardedCounter _errorsDropped;

    /// <param name="factory">The factory of the meter.</param>
    /// <param name="time">The clock.</param>
    /// <param name="server">The name of the server, or an empty text for the default server.</param>
    public EngineMetrics(IMeterFactory factory, TimeProvider time, string server = "")
    {
        _time = time;
        var meter = factory.Create(SocketIOTelemetry.MeterName);
        _connections = meter.UpDownCounter("typedsocketredis.server.connections", "{connection}", "Open connections.", server);
        _received = meter.Counter("typedsocketredis.server.messages.received", "{message}", "Messages from clients.", server);
        _queued = meter.Counter("typedsocketredis.server.messages.sent", "{message}", "Packets queued for clients.", server);
        _dropped = meter.Counter("typedsocketredis.server.messages.dropped", "{message}", "Packets dropped, by reason.", server);
        _closed = meter.Counter("typedsocketredis.server.connections.closed", "{connection}", "Ended connections, by reason.", server);
        _refused = meter.Counter("typedsocketredis.server.connections.refused", "{connection}",
            "Connections that were not accepted, by reason.", server);
        _malformed = meter.Counter("typedsocketredis.server.malformed", "{message}", "Protocol violations of clients, by reason.", server);
        _handlersFailed = meter.Counter(
            "typedsocketredis.server.handlers.failed", "{failure}", "Delegates of the application that threw.", server);
        _durations = meter.Histogram(
            "typedsocketredis.server.connections.duration", "s", "Time between the start and the end of a connection, by reason.", server);
        _deliveries = meter.Histogram(
            "typedsocketredis.server.events.delivery.duration",
            "s",
            "Time between the sending of an event on this node and its writing to a client.", server);
        _errorsDropped = meter.Counter("typedsocketredis.server.connectionerrors.dropped", "{error}",
            "Refused requests that were not passed to the handler of connection errors.", server);
    }

    public void Opened() => _connections.Add(1);

    /// <summary>Gets a value indicating whether the time of connections is measured.</summary>
    public bool MeasuresConnections => _durations.IsEnabled;

    /// <summary>Counts the end of a connection.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="opened">The time of the request that opened it, or null if the time of connections is not measured.</param>
    public void Closed(DisconnectReason reason, DateTimeOffset? opened)
    {
        var tag = new KeyValuePair<string, object?>("reason", reason.ToString());
        _connections.Add(-1);
        _closed.Add(1, tag);
        if (opened is not { } start) return;

        // The wall clock: a timestamp in each session would cost memory for every idle client.
        var elapsed = _time.GetUtcNow() - start;
        _durations.Record(Math.Max(elapsed.TotalSeconds, 0), [tag]);
    }

    /// <summary>Returns the time at which an event is being sent, or null if the time until it is written is not measured.</summary>
    public long? Sending() => _deliveries.IsEnabled ? _time.GetTimestamp() : null;

    /// <summary>Records the time until an event is written to a client.</summary>
    /// <param name="sent">The value of <see cref="Sending"/>.</param>
    public void Delivered(long sent) => _deliveries.Record(_time.GetElapsedTime(sent).TotalSeconds);

    public void Refused(ConnectionRefusalReason reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason.Text()));

    public void ConnectionErrorDropped() => _errorsDropped.Add(1);

    public void HandlerFailed() => _handlersFailed.Add(1);

    public void Received() => _received.Add(1);

    public void Queued() => _queued.Add(1);

    public void Dropped(PacketDropReason reason) => _dropped.Add(1, new KeyValuePair<string, object?>("reason", reason.Text()));

    public void Malformed(string reason) => _malformed.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
