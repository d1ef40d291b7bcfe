using BenchmarkDotNet.Attributes;

namespace TypedSocketRedis.Benchmarks;

/// <summary>One typed emit to one room: encoding the arguments, building the envelope, passing the message to the bus.</summary>
[MemoryDiagnoser]
public class EmitBenchmarks
{
    private static readonly DateTime Now = new(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);
    private static readonly Price Quote = new("ACME", 100.25, 100.5, 300, Now);

    private readonly IEmitter<IBenchEvents> _emitter = new RedisEmitter(new SilentBus(), null).Of<IBenchEvents>();
    private IBroadcast<IBenchEvents> _emitterRoom = null!;
    private IBroadcast<IBenchEvents> _nodeRoom = null!;

    [GlobalSetup]
    public void Setup()
    {
        _emitterRoom = _emitter.To(Nodes.Room);
        _nodeRoom = Emitters.Over<IBenchEvents>(Nodes.Redis(new SilentBus(), members: 0)).To(Nodes.Room);
    }

    [Benchmark(Description = "emitter, chain built per call: To(room).Time(now)")]
    public void ChainAndTime() => _emitter.To(Nodes.Room).Time(Now);

    [Benchmark(Description = "emitter, chain kept: Time(now)")]
    public void Time() => _emitterRoom.Time(Now);

    [Benchmark(Description = "emitter, chain kept: PriceChanged(record of five)")]
    public void Record() => _emitterRoom.PriceChanged(Quote);

    [Benchmark(Description = "server node without local members: PriceChanged(record of five)")]
    public void NodeRecord() => _nodeRoom.PriceChanged(Quote);
}
