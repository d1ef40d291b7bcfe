using System.Diagnostics.Metrics;

namespace TypedSocketRedis;

/// <summary>What the server counts beside what its engine does.</summary>
internal sealed class SocketIOMetrics
{
    private readonly Counter<long> _refused;
    private readonly Counter<long> _socketsRefused;
    private readonly Counter<long> _paused;
    private readonly Counter<long> _throttled;
    private readonly Counter<long> _roomsRefused;
    private readonly Counter<long> _handlersFailed;

    public SocketIOMetrics(IMeterFactory factory)
    {
        var meter = factory.Create("TypedSocketRedis");
        _refused = meter.CreateCounter<long>("typedsocketredis.server.events.refused", "{event}", "Events whose arguments were not those of the contract.");
        _socketsRefused = meter.CreateCounter<long>("typedsocketredis.server.sockets.refused", "{socket}", "Clients not admitted to a namespace, by cause.");
        _paused = meter.CreateCounter<long>("typedsocketredis.server.reading.paused", "{pause}", "Pauses in reading a client whose handlers are behind.");
        _throttled = meter.CreateCounter<long>("typedsocketredis.server.events.throttled", "{event}", "Events that waited because their client sends too fast.");
        _roomsRefused = meter.CreateCounter<long>("typedsocketredis.server.rooms.refused", "{join}", "Joins that would have put a socket into too many rooms.");
        _handlersFailed = meter.CreateCounter<long>("typedsocketredis.server.handlers.failed", "{failure}", "Handlers of clients, their events and their end that threw.");
    }

    public void SocketRefused(string cause) => _socketsRefused.Add(1, new KeyValuePair<string, object?>("cause", cause));

    public void Refused() => _refused.Add(1);

    public void Paused() => _paused.Add(1);

    public void Throttled() => _throttled.Add(1);

    public void HandlerFailed() => _handlersFailed.Add(1);

    public void RoomsRefused() => _roomsRefused.Add(1);
}
