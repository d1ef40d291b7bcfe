using System.Diagnostics.Metrics;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Redis;

/// <summary>The metrics of the traffic with Redis, or with an adapter of a third party, on the meter <c>TypedSocketRedis</c>.</summary>
internal sealed class RedisMetrics : IDisposable
{
    private readonly Meter _meter = new(SocketIOTelemetry.MeterName);
    private readonly GuardedCounter _published;
    private readonly GuardedCounter _failed;
    private readonly GuardedCounter _received;
    private readonly GuardedCounter _receivedBytes;
    private readonly GuardedCounter _dropped;
    private readonly GuardedCounter _incomplete;
    private readonly GuardedCounter? _unresponsive;
    private readonly GuardedCounter? _unreceived;
    private readonly GuardedHistogram? _outages;
    private readonly ObservedState _state;

    /// <summary>Creates the metrics of a server or an emitter.</summary>
    /// <param name="server">The name of the server, which is a tag of every measurement, or an empty text for none.</param>
    /// <param name="isForeign">True for a server whose adapter is one of a third party.</param>
    public RedisMetrics(string server = "", bool isForeign = false)
    {
        var place = isForeign ? "the adapter" : "Redis";
        _state = new ObservedState(ServerTag.Of(server));
        _published = Counter("typedsocketredis.redis.published", "typedsocketredis.adapter.published",
            "{message}", $"Messages handed to {place}.");
        _failed = Counter("typedsocketredis.redis.publish_failures", "typedsocketredis.adapter.publish_failures",
            "{message}", $"Messages that could not be handed to {place}.");
        _received = Counter("typedsocketredis.redis.received", "typedsocketredis.adapter.received",
            "{message}", $"Messages that {place} delivered to this node.");
        _receivedBytes = Counter("typedsocketredis.redis.received_bytes", "typedsocketredis.adapter.received_bytes",
            "By", $"Bytes of the messages that {place} delivered to this node.");
        _dropped = Counter("typedsocketredis.redis.dropped", "typedsocketredis.adapter.dropped",
            "{message}", "Received messages that were dropped, by reason.");
        _incomplete = Counter("typedsocketredis.redis.requests.incomplete", "typedsocketredis.adapter.requests.incomplete",
            "{request}", "Requests to other nodes without a response of each in time.");
        if (isForeign) return;
        _unresponsive = _meter.Counter(
            "typedsocketredis.redis.subscriptions.unresponsive",
            "{namespace}",
            "Namespaces that received no probe although Redis was connected.", server);
        _unreceived = _meter.Counter(
            "typedsocketredis.redis.emitter.messages.unreceived", "{message}",
            "Messages of an emitter for which Redis had no subscriber.", server);
        _outages = _meter.Histogram(
            "typedsocketredis.redis.subscriptions.outage.duration",
            "s",
            "Time in which a namespace may have missed messages, until it recovered.", server);
        _meter.Gauge(
            "typedsocketredis.redis.subscriptions.unhealthy",
            "{namespace}",
            "Namespaces that are not known to receive from other nodes.",
            _state.Unhealthy);
        _meter.Gauge("typedsocketredis.redis.connected", unit: null, "1 while Redis is connected.", _state.Connection);

        GuardedCounter Counter(string ofRedis, string ofAdapter, string unit, string description) =>
            _meter.Counter(isForeign ? ofAdapter : ofRedis, unit, description, server);
    }

    public Meter Meter => _meter;

    public void Published() => _published.Add(1);

    public void PublishFailed() => _failed.Add(1);

    public void Received(int bytes)
    {
        _received.Add(1);
        _receivedBytes.Add(bytes);
    }

    public void Dropped(DropReason reason) => _dropped.Add(1, new KeyValuePair<string, object?>("reason", reason.Text()));

    public void Incomplete() => _incomplete.Add(1);

    public void Unresponsive() => _unresponsive?.Add(1);

    public void Unreceived() => _unreceived?.Add(1);

    public void Outage(TimeSpan outage) => _outages?.Record(outage.TotalSeconds);

    /// <summary>Sets the source of a bus's state.</summary>
    public void Observe(Func<BusHealth> health) => _state.Health = health;

    public void Connected(bool connected) => _state.IsConnected = connected;

    public void Dispose() => _meter.Dispose();

    /// <summary>The state that the gauges read.</summary>
    /// <param name="tags">The tags of every measurement.</param>
    private sealed class ObservedState(KeyValuePair<string, object?>[] tags)
    {
        private const int Unknown = -1;

        private int _connected = Unknown;

        public Func<BusHealth>? Health { private get; set; }

        public bool IsConnected
        {
            set => Volatile.Write(ref _connected, value ? 1 : 0);
        }

        public IEnumerable<Measurement<int>> Unhealthy() => Health?.Invoke() is { } health
            ? [new Measurement<int>(health.Unhealthy, tags)]
            : [];

        public IEnumerable<Measurement<int>> Connection()
        {
            var connected = Volatile.Read(ref _connected);
            return connected == Unknown ? [] : [new Measurement<int>(connected, tags)];
        }
    }
}
