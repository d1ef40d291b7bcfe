using System.Diagnostics.Metrics;

namespace TypedSocketRedis;

/// <summary>What the server counts beside what its engine does.</summary>
internal sealed class SocketIOMetrics
{
    private readonly Counter<long> _refused;

    public SocketIOMetrics(IMeterFactory factory)
    {
        var meter = factory.Create("TypedSocketRedis");
        _refused = meter.CreateCounter<long>("typedsocketredis.server.events.refused", "{event}", "Events whose arguments were not those of the contract.");
    }

    public void Refused() => _refused.Add(1);
}
