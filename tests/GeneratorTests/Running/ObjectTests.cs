using Xunit;
using static TypedSocketRedis.Tests.Running.Running;

namespace TypedSocketRedis.Tests.Running;

/// <summary>Values whose type is known only at run time, and the types that a resolver knows.</summary>
public sealed class ObjectTests
{
    private const string Types = """
        [JsonConverter(typeof(JsonStringEnumConverter))] public enum Suit { Hearts, [JsonStringEnumMemberName("pik")] Spades } public enum Level { Low, High } public enum Wide : ulong { Top = ulong.MaxValue }
        [JsonConverter(typeof(JsonStringEnumConverter))] public enum Unknown { A }
        public record Card(Suit Suit, int Rank); [SocketPayload] public record struct Point(int X, int Y); public class Nothing { public int A { get; set; } }
        [JsonDerivedType(typeof(Circle), "circle")] public abstract record Shape; public record Circle(int R) : Shape;
        [SocketEvents] public interface IEvents { void X(object? any); void Y(Card card, Shape shape, List<object?> all); }
        public static class Sent { public static string Of(object? value) { var r = new SocketEventsRecorder(); r.Of<IEvents>().All.X(value); return r.Events[0].Arguments[0].ToJson(); } }
        """;

    [Theory]
    [InlineData("Level.High", "1")]
    [InlineData("(Wide)(1ul << 40)", "1099511627776")]
    [InlineData("Suit.Spades", "\"pik\"")]
    [InlineData("(1, `a`, (Level.High, true))", "[1,\"a\",[1,true]]")]
    [InlineData("Tuple.Create(1, `a`)", "[1,\"a\"]")]
    [InlineData("new Card(Suit.Spades, 7)", "{\"suit\":\"pik\",\"rank\":7}")]
    [InlineData("new Point(1, 2)", "{\"x\":1,\"y\":2}")]
    [InlineData("new[] { 1, 2 }", "[1,2]")]
    [InlineData("new List<Card> { new(Suit.Hearts, 1) }", "[{\"suit\":\"Hearts\",\"rank\":1}]")]
    [InlineData("new HashSet<double> { 1.5 }", "[1.5]")]
    [InlineData("new ArrayList { 1, `a`, null }", "[1,\"a\",null]")]
    [InlineData("new Dictionary<int, object?> { [5] = Level.High }", "{\"5\":1}")]
    [InlineData("new Dictionary<Suit, Point> { [Suit.Spades] = new(1, 2) }", "{\"pik\":{\"x\":1,\"y\":2}}")]
    [InlineData("new Dictionary<Level, int> { [Level.High] = 1 }", "{\"1\":1}")]
    [InlineData("new Dictionary<bool, int> { [true] = 1 }", "{\"true\":1}")]
    [InlineData("new Hashtable { [`a`] = new Hashtable() }", "{\"a\":{}}")]
    [InlineData("new Dictionary<string, object?> { [`a`] = new object?[] { new Card(Suit.Hearts, 1), (1, 2) } }", "{\"a\":[{\"suit\":\"Hearts\",\"rank\":1},[1,2]]}")]
    [InlineData("new System.Text.Rune('x')", "\"x\"")]
    public void A_value_is_sent_by_the_rule_of_its_type(string value, string expected) =>
        Assert.Equal(expected, Assert.Single(Evaluate(Types, $"Sent.Of({value})")));

    [Theory]
    [InlineData("new Nothing()", "A value of type Nothing cannot be sent as object: apply [SocketPayload]")]
    [InlineData("new { A = 1 }", "cannot be sent as object: apply [SocketPayload]")]
    [InlineData("Unknown.A", "A value of type Unknown cannot be sent as object: apply [SocketPayload]")]
    [InlineData("new Dictionary<(int, int), int> { [(1, 2)] = 1 }", "A dictionary with a key of type")]
    public void A_value_without_a_rule_is_refused(string value, string expected)
    {
        var result = Assert.Single(Evaluate(Types, $"Sent.Of({value})"));
        Assert.StartsWith("ArgumentException: ", result, StringComparison.Ordinal);
        Assert.Contains(expected, result, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_that_contains_itself_is_refused() => Assert.StartsWith(
        "MessagePackSerializationException: The payload is nested more than 64 levels deep",
        Assert.Single(Evaluate("""
            public class Node { public object? Next { get; set; } public static Node Endless() { var n = new Node(); n.Next = new ArrayList { n }; return n; } }
            [SocketEvents] public interface IEvents { void X(Node node); }
            """, "Write(Node.Endless())")), StringComparison.Ordinal);

    [Fact]
    public void The_resolver_knows_simple_types_enums_arrays_and_lists_of_payloads() => Assert.Equal(
        [
            "5", "\"1.50\"", "null", "[1,2]", "[\"a\",null]", "1", "\"pik\"", """[{"suit":"Hearts","rank":1}]""", """[{"x":1,"y":2}]""",
            "true", "true",
        ],
        Evaluate(Types,
            "Write(5)", "Write(1.50m)", "Write<int?>(null)", "Write(new List<int> { 1, 2 })", "Write(new[] { `a`, null })", "Write(Level.High)", "Write(Suit.Spades)",
            "Write(new[] { new Card(Suit.Hearts, 1) })", "Write(new List<Point> { new(1, 2) })",
            "Back(new List<Card> { new(Suit.Spades, 3) })[0] == new Card(Suit.Spades, 3)", "Back(Level.High) == Level.High && Read<Level>(`\"high\"`) == Level.High"));

    [Fact]
    public void The_message_about_an_unknown_type_names_what_exists()
    {
        var message = Assert.Single(Evaluate(Types, "Write(new Nothing())"));
        Assert.StartsWith("InvalidOperationException: Nothing has no generated formatter: apply [SocketPayload] to it", message, StringComparison.Ordinal);
        Assert.Contains("Card, ", message, StringComparison.Ordinal);
        Assert.Contains("Point", message, StringComparison.Ordinal);
    }
}
