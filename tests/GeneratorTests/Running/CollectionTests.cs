using Microsoft.CodeAnalysis;
using Xunit;
using static TypedSocketRedis.Tests.Running.Running;

namespace TypedSocketRedis.Tests.Running;

/// <summary>Collections and keys of dictionaries that are sent, received, or refused with the type to use.</summary>
public sealed class CollectionTests
{
    private static readonly string[] Sequences =
    [
        "SortedSet<int>", "Queue<int>", "Stack<int>", "LinkedList<int>", "ReadOnlyCollection<int>", "Collection<int>",
        "ObservableCollection<int>", "ReadOnlyObservableCollection<int>", "ConcurrentQueue<int>", "ConcurrentStack<int>",
        "ConcurrentBag<int>", "ImmutableQueue<int>", "IImmutableQueue<int>", "ImmutableStack<int>", "IImmutableStack<int>",
        "ImmutableSortedSet<int>", "ReadOnlySet<int>", "ArraySegment<int>", "Team", "Own",
    ];

    private static readonly string[] Maps =
    [
        "ConcurrentDictionary<string, int>", "SortedList<string, int>", "ReadOnlyDictionary<string, int>",
        "ImmutableSortedDictionary<string, int>", "OrderedDictionary<string, int>", "Bag",
    ];

    private const string Types = """
        public class Team : List<int>; public class Bag : Dictionary<string, int>;
        public class Own(IEnumerable<int> items) : IEnumerable<int> { public int Sum { get; } = items.Sum(); public IEnumerator<int> GetEnumerator() => items.GetEnumerator(); IEnumerator IEnumerable.GetEnumerator() => GetEnumerator(); }

        """;

    [Fact]
    public void Collections_come_back_in_their_order()
    {
        var source = Types + $"[ServerEvents] public interface IEvents {{ {string.Join(" ", Sequences.Concat(Maps).Select((t, i) => $"Task E{i}({t} value);"))} }}";
        string[] expressions =
        [
            .. Sequences.Select(t => $"string.Join(',', Back(Read<{t}>(`[3,1,2]`))) + ' ' + string.Join(',', Read<{t}>(`[3,1,2]`)) + ' ' + Write(Read<{t}>(`[3,1,2]`))"),
            .. Maps.Select(t => $"Write(Back(Read<{t}>(`{{\"b\":2,\"a\":1}}`)))"),
        ];
        var results = Evaluate(source, expressions);
        Assert.All(Sequences.Zip(results), r =>
        {
            var isSorted = r.First.Contains("Sorted", StringComparison.Ordinal);
            var items = isSorted ? "1,2,3" : "3,1,2";
            Assert.Equal((r.First, $"{items} {items} [{items}]"), (r.First, r.Second));
        });
        Assert.All(Maps.Zip(results.Skip(Sequences.Length)), r =>
            Assert.Contains(r.Second, (string[])["""{"b":2,"a":1}""", """{"a":1,"b":2}"""]));
    }

    [Fact]
    public void Whatever_is_enumerable_can_be_sent() => Assert.Equal(
        ["""[["a","b"],["c"]]""", "[1,2]", "[5]", """{"a":1}"""],
        Evaluate("""
            [SocketEvents] public interface IEvents { void A(ILookup<int, string> a, IGrouping<int, string> b, IOrderedEnumerable<int> c, Span5 d, Bare e); }
            public class Span5 : IEnumerable<int> { private Span5() { } public static Span5 Of() => new(); public IEnumerator<int> GetEnumerator() { yield return 5; } IEnumerator IEnumerable.GetEnumerator() => GetEnumerator(); }
            public class Bare : IReadOnlyDictionary<string, int> { private readonly Dictionary<string, int> _items = new() { ["a"] = 1 }; private Bare() { } public static Bare Of() => new(); public int this[string key] => _items[key]; public IEnumerable<string> Keys => _items.Keys; public IEnumerable<int> Values => _items.Values; public int Count => 1; public bool ContainsKey(string key) => true; public bool TryGetValue(string key, out int value) => _items.TryGetValue(key, out value); public IEnumerator<KeyValuePair<string, int>> GetEnumerator() => _items.GetEnumerator(); IEnumerator IEnumerable.GetEnumerator() => GetEnumerator(); }
            """,
            "Write(new[] { \"a\", \"b\", \"c\" }.ToLookup(t => t == \"c\" ? 1 : 0))", "Write(new[] { 2, 1 }.Order())", "Write(Span5.Of())", "Write(Bare.Of())"));

    [Theory]
    [InlineData("TSR081", "[SocketCommands] public interface IBroken { Task A(ILookup<int, string> what); }")]
    [InlineData("TSR081", "public record P(IGrouping<int, string> Group); [SocketEvents] public interface IBroken { Task<P> A(P what); }")]
    [InlineData("TSR027", "[SocketEvents] public interface IBroken { void A(System.Collections.ArrayList what); }")]
    [InlineData("TSR025", "[SocketEvents] public interface IBroken { void A(int[,] what); }")]
    [InlineData("TSR027", "[SocketEvents] public interface IBroken { void A(PriorityQueue<int, int> what); }")]
    [InlineData("TSR024", "[SocketEvents] public interface IBroken { void A(Dictionary<(int, int), int> what); }")]
    public void What_cannot_be_sent_or_received_is_refused(string id, string source)
    {
        var result = GeneratorHarness.Run(GeneratorHarness.Compile(GeneratorHarness.File("using System.Linq; " + source)));
        Assert.Equal(id, Assert.Single(result.Diagnostics.Select(d => d.Id).Distinct()));
    }

    [Theory]
    [InlineData("bool", "true", """{"true":1}""")]
    [InlineData("double", "1e21", """{"1e+21":1}""")]
    [InlineData("double", "-0.1", """{"-0.1":1}""")]
    [InlineData("float", "0.1f", """{"0.1":1}""")]
    [InlineData("DateTime", "new DateTime(2024, 2, 29, 12, 34, 56, DateTimeKind.Utc).AddTicks(1)", """{"2024-02-29T12:34:56.0000001Z":1}""")]
    [InlineData("DateTimeOffset", "new DateTimeOffset(2024, 2, 29, 12, 34, 56, TimeSpan.FromHours(1))", """{"2024-02-29T11:34:56Z":1}""")]
    [InlineData("TimeSpan", "TimeSpan.FromTicks(15000001)", """{"1500.0001":1}""")]
    [InlineData("TimeSpan", "TimeSpan.FromDays(-900000.1)", """{"-77760008640000":1}""")]
    [InlineData("TimeOnly", "new TimeOnly(12, 34)", """{"12:34:00":1}""")]
    [InlineData("Uri", "new Uri(`https://a.example/b`)", """{"https://a.example/b":1}""")]
    [InlineData("Version", "new Version(1, 2)", """{"1.2":1}""")]
    public void Keys_are_text_and_come_back(string type, string key, string expected) => Assert.Equal(
        [expected, "true"],
        Evaluate($"[ServerEvents] public interface IEvents {{ Task A(Dictionary<{type}, int> map); }}",
            $"Write(new Dictionary<{type}, int> {{ [{key}] = 1 }})", $"Read<Dictionary<{type}, int>>(`{expected}`)[{key}] == 1"));

    [Fact]
    public void Collections_contain_themselves() => Assert.Equal(
        ["[[],[[]]]", "[[],[[]]]", """{"a":{"b":{}}}""", """{"a":{"b":{}}}"""],
        Evaluate("""
            [ServerEvents] public interface IEvents { Task A(Tree tree, [Spread] params Folder[] folders); }
            public sealed class Tree : List<Tree>; public sealed class Folder : Dictionary<string, Folder>;
            """,
            "Write(new Tree { new(), new Tree { new() } })", "Write(Back(new Tree { new(), new Tree { new() } }))",
            "Write(new Folder { [`a`] = new Folder { [`b`] = new() } })", "Write(Read<Folder>(`{\"a\":{\"b\":{}}}`))"));
}
