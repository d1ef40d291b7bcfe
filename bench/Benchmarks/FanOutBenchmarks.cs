using BenchmarkDotNet.Attributes;

namespace TypedSocketRedis.Benchmarks;

/// <summary>One event to all members of a room on one node: selecting them, encoding once, passing the frame to each socket.</summary>
[MemoryDiagnoser]
public class FanOutBenchmarks
{
    private static readonly DateTime Now = new(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);
    private IBroadcast<IBenchEvents> _room = null!;
    private IBroadcast<IBenchEvents> _twoRooms = null!;

    [Params(1, 100, 10_000)]
    public int Members { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var emitter = Emitters.Over<IBenchEvents>(Nodes.Local(Members));
        _room = emitter.To(Nodes.Room);
        _twoRooms = emitter.To(Nodes.Room, Nodes.SameMembers);
    }

    [Benchmark(Description = "to one room")]
    public void OneRoom() => _room.Time(Now);

    [Benchmark(Description = "to two rooms with the same members")]
    public void Overlapping() => _twoRooms.Time(Now);
}
