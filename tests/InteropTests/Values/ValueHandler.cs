using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TypedSocketRedis.Tests;

/// <summary>A handler that sends the values of a client back to it, through the contract in both directions.</summary>
public sealed class ValueHandler : SocketHandler<IValueEvents>, IValueCommands
{
    public Task Scalars(Scalars value) => Echo(io => io.Scalars(value));

    public Task Times(Times value) => Echo(io => io.Times(value));

    public Task Lists(Lists value) => Echo(io => io.Lists(value));

    public Task Maps(Maps value) => Echo(io => io.Maps(value));

    public Task Shapes(Figure value, Mood mood, (int, string?) pair) => Echo(io => io.Shapes(value, mood, pair));

    public Task Dynamics(JsonElement element, JsonNode? node, object? anything) => Echo(io => io.Dynamics(element, node, anything));

    public Task Bytes(byte[] array, ReadOnlyMemory<byte> memory, ArraySegment<byte>? segment) =>
        Echo(io => io.Bytes(array, memory, segment));

    public Task End() => Echo(io => io.End());

    public Task Numbers(nint native, nuint unsigned, UInt128 huge, Rune rune, TimeOnly time, Level level, Mood mood, Rights rights) =>
        Echo(io => io.Numbers(native, unsigned, huge, rune, time, level, mood, rights));

    public Task Sequences(
        IList<int> a, IReadOnlyList<int> b, ICollection<int> c, IReadOnlyCollection<int> d, ISet<int> e, IReadOnlySet<int> f,
        ImmutableList<int> g, IImmutableList<int> h, ImmutableHashSet<int> i, IImmutableSet<int> j, ImmutableArray<int> none) =>
        Echo(io => io.Sequences(a, b, c, d, e, f, g, h, i, j, none));

    public Task Dictionaries(
        IDictionary<string, int> a, IReadOnlyDictionary<long, int> b, FrozenDictionary<string, int> c, ImmutableDictionary<DateOnly, int> d,
        IImmutableDictionary<char, int> e, Dictionary<decimal, int> f, Dictionary<UInt128, int> g) =>
        Echo(io => io.Dictionaries(a, b, c, d, e, f, g));

    public Task Objects(
        Plain plain, Flat flat, Flat? none, Vehicle vehicle, Tuple<int, string> tuple, KeyValuePair<string, int> pair, Fallback fallback) =>
        Echo(io => io.Objects(plain, flat, none, vehicle, tuple, pair, fallback));

    public Task Json(JsonDocument document, JsonObject obj, JsonArray array, SocketArgument argument, Memory<byte> memory) =>
        Echo(io => io.Json(document, obj, array, argument, memory));

    public Task Own(Money money, Priced priced) => Echo(io => io.Own(money, priced));

    private Task Echo(Action<IBroadcast<IValueEvents>> send)
    {
        send(Clients.All);
        return Task.CompletedTask;
    }
}
