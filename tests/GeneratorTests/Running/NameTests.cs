using Xunit;
using static TypedSocketRedis.Tests.Running.Running;

namespace TypedSocketRedis.Tests.Running;

/// <summary>Names of properties, discriminators and texts of enums when they are read.</summary>
public sealed class NameTests
{
    private const string Payloads = """
        public record P(int Id, string? Größe = null); public class Q { [JsonPropertyName("lower")] public int A { get; set; } [JsonPropertyName("LOWER")] public int B { get; set; } [JsonPropertyName("")] public int C { get; set; } }
        """;

    [Fact]
    public void A_name_that_differs_by_case_only_is_read() => Assert.Equal(
        ["""{"Id":1,"Gr\u00F6\u00DFe":null}""", """{"Id":1,"Gr\u00F6\u00DFe":"x"}""", """{"lower":1,"LOWER":2,"":3}""",
            """{"lower":4,"LOWER":0,"":0}"""],
        Evaluate(Payloads + "[SocketEvents] public interface IEvents { void A(P p, Q q); }",
            """Read<P>(`{"ID":1}`)""", """Read<P>(`{"Id":1,"GRÖßE":"x","idx":5}`)""", """Read<Q>(`{"lower":1,"LOWER":2,"":3}`)""",
            """Read<Q>(`{"Lower":4}`)"""));

    [Fact]
    public void One_switch_ignores_names_in_another_case() => Assert.Equal(
        ["""{"lower":0,"LOWER":0,"":0}"""],
        Evaluate("[assembly: SocketContractDefaults(PropertyNameCaseInsensitive = false)] " + Payloads + "[SocketEvents] public interface IEvents { void A(Q q); }",
            """Read<Q>(`{"Lower":4}`)"""));

    [Fact]
    public void Constructor_parameters_that_differ_by_case_each_take_their_own_property() => Assert.Equal(
        ["X = 1, x = 2"],
        Evaluate("""
            public class Point { public Point(int X, int x) { this.X = X; this.x = x; } [JsonPropertyName("upper")] public int X { get; } [JsonPropertyName("lower")] public int x { get; } }
            [SocketEvents] public interface IEvents { void Move(Point point); }
            """,
            """Read<Point>(`{"upper":1,"lower":2}`) is var p ? $"X = {p.X}, x = {p.x}" : null"""));

    [Theory]
    [InlineData("{\"shape\":{\"$type\":\"oval\"}}", "shape.$type: expected one of circle, square, found the text \"oval\".")]
    [InlineData("{\"shape\":{\"$type\":true}}", "shape.$type: expected one of circle, square, found true.")]
    [InlineData("{\"shape\":{\"$type\":{}}}", "shape.$type: expected one of circle, square, found an object.")]
    [InlineData("{\"shape\":{\"$type\":1.5}}", "shape.$type: expected one of circle, square, found the number 1.5.")]
    public void A_discriminator_of_a_wrong_kind_is_refused_with_its_path(string json, string expected) => Assert.Equal(
        "EventDataException: " + expected,
        Assert.Single(Evaluate("""
            [JsonDerivedType(typeof(Circle), "circle"), JsonDerivedType(typeof(Square), "square")] public abstract record Shape; public record Circle(int R) : Shape; public record Square(int A) : Shape; public record Holder(Shape Shape);
            [SocketEvents] public interface IEvents { void X(Holder holder); }
            """, $"Read<Holder>(`{json}`)")));

    [Fact]
    public void An_unused_byte_in_a_union_is_refused_as_everywhere() => Assert.All(
        Evaluate("""
            [JsonDerivedType(typeof(A), "a")] public interface IShape; public record A(int X) : IShape;
            [SocketEvents] public interface IEvents { void X(IShape shape); }
            public static class Bytes { public static object? Read(string hex) { var reader = new MessagePackReader(Convert.FromHexString(hex)); return Consumer.SocketEventsResolver.Instance.GetFormatter<IShape>()!.Deserialize(ref reader, null!); } }
            """, "Bytes.Read(\"82C102A178C0\")", "Bytes.Read(\"82A5247479706500A178C1\")", "Bytes.Read(\"82A52474797065A161A178C1\")",
            "Bytes.Read(\"82A52474797065A161A17AC1\")", "Bytes.Read(\"82C101A178C0\")", "Bytes.Read(\"82A17A91C1A52474797065A161\")"),
        r => Assert.Matches("^EventDataException: .*, found (something malformed|the number 0)\\.$", r));

    [Fact]
    public void An_unknown_discriminator_is_read_as_the_base_type_if_it_says_so() => Assert.Equal(
        ["""{"X":1}"""],
        Evaluate("""
            [JsonPolymorphic(IgnoreUnrecognizedTypeDiscriminators = true), JsonDerivedType(typeof(B), "b")] public record A(int X); public record B(int X) : A(X);
            [SocketEvents] public interface IEvents { void X(A a); }
            """, """Read<A>(`{"$type":"newer","x":1}`)"""));
}
