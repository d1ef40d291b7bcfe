using System.Text;
using BenchmarkDotNet.Attributes;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Benchmarks;

/// <summary>One message from Redis: filtered by its channel, or read, transcoded and passed to one socket.</summary>
[MemoryDiagnoser]
public class ReceiveBenchmarks
{
    private static readonly byte[] KnownRoom = Encoding.UTF8.GetBytes($"socket.io#/#{Nodes.Room}#");
    private static readonly byte[] UnknownRoom = "socket.io#/#somewhere else#"u8.ToArray();

    private byte[] _foreign = [];
    private byte[] _own = [];
    private BusMessageHandler _receive = null!;

    [GlobalSetup]
    public void Setup()
    {
        var price = new Price("ACME", 100.25, 100.5, 300, new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc));

        var emitterBus = new SilentBus();
        new RedisEmitter(emitterBus, null).Of<IBenchEvents>().To(Nodes.Room).PriceChanged(price);
        _foreign = emitterBus.LastMessage;

        var nodeBus = new SilentBus();
        var node = Nodes.Redis(nodeBus, members: 1);
        Emitters.Over<IBenchEvents>(node).To(Nodes.Room).PriceChanged(price);
        _own = nodeBus.LastMessage;
        _receive = nodeBus.Handler!;
    }

    [Benchmark(Description = "room without members here: dropped on the channel")]
    public void Unknown() => _receive(UnknownRoom, _foreign);

    [Benchmark(Description = "own message: dropped on the first bytes")]
    public void Own() => _receive(KnownRoom, _own);

    [Benchmark(Description = "read, transcoded to JSON, framed, handed to one socket")]
    public void Delivered() => _receive(KnownRoom, _foreign);
}
