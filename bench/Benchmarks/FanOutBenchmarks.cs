using BenchmarkDotNet.Attributes;
using TypedSocketRedis.Broadcasting;

namespace TypedSocketRedis.Benchmarks;

/// <summary>One event to all members of a room on one node: selecting them, encoding once, passing the frame to each socket.</summary>
[MemoryDiagnoser]
public class FanOutBenchmarks
{
    private static readonly DateTime Now = new(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);
    private Broadcast<IBenchEvents> _room;
    private Broadcast<IBenchEvents> _twoRooms;

    [Params(1, 100, 10_000)]
    public int Members { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _room = new Broadcast<IBenchEvents>(Nodes.Local(Members), BroadcastOptions.Everyone).To(Nodes.Room);
        _twoRooms = _room.To(Nodes.SameMembers);
    }

    [Benchmark(Description = "to one room")]
    public void OneRoom() => _room.Time(Now);

    [Benchmark(Description = "to two rooms with the same members")]
    public void Overlapping() => _twoRooms.Time(Now);
}
