using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Payloads with their own formatter, one feature each.</summary>
public sealed class PayloadSnapshotTests
{
    [Fact]
    public void An_array() => Payload("int[]");

    [Fact]
    public void A_list() => Payload("List<string?>");

    [Fact]
    public void A_set() => Payload("HashSet<Guid>");

    [Fact]
    public void An_immutable_array() => Payload("System.Collections.Immutable.ImmutableArray<int>");

    [Fact]
    public void An_immutable_list() => Payload("System.Collections.Immutable.ImmutableList<int>");

    [Fact]
    public void An_immutable_set() => Payload("System.Collections.Immutable.ImmutableHashSet<int>");

    [Fact]
    public void A_frozen_set() => Payload("System.Collections.Frozen.FrozenSet<string>");

    [Fact]
    public void A_list_by_its_interface() => Payload("IReadOnlyList<int?>");

    [Fact]
    public void A_collection_by_its_interface() => Payload("IReadOnlyCollection<DateTime>");

    [Fact]
    public void A_set_by_its_interface() => Payload("IReadOnlySet<int>");

    [Fact]
    public void A_sequence() => Payload("IEnumerable<int>");

    [Fact]
    public void A_dictionary() => Payload("Dictionary<string, int[]>");

    [Fact]
    public void A_dictionary_by_its_interface() => Payload("IReadOnlyDictionary<Guid, int?>");

    [Fact]
    public void A_sorted_dictionary() => Payload("SortedDictionary<int, string>");

    [Fact]
    public void An_immutable_dictionary() => Payload("System.Collections.Immutable.ImmutableDictionary<long, string>");

    [Fact]
    public void A_frozen_dictionary() => Payload("System.Collections.Frozen.FrozenDictionary<DateOnly, int>");

    [Fact]
    public void A_dictionary_with_enums_as_keys() => Payload("Dictionary<DayOfWeek, int>");

    [Fact]
    public void A_dictionary_with_text_enums_as_keys() => Payload(
        "Dictionary<Mood, int>", "[JsonConverter(typeof(JsonStringEnumConverter))] public enum Mood { Good, Bad }");

    [Fact]
    public void A_tuple() => Payload("(int Id, string? Name)");

    [Fact]
    public void A_tuple_that_is_a_class() => Payload("Tuple<int, string>");

    [Fact]
    public void A_pair() => Payload("KeyValuePair<string, int>");

    [Fact]
    public void A_record_with_init_properties() =>
        Payload("R", "public sealed record R { public int A { get; init; } = 5; public string? B { get; init; } }");

    [Fact]
    public void A_record_with_required_properties() =>
        Payload("R", "public sealed record R { public required int A { get; init; } [JsonRequired] public string? B { get; init; } }");

    [Fact]
    public void A_record_with_default_arguments() => Payload("R", "public sealed record R(int? A = 7, string? B = null, double C = 1.5);");

    [Fact]
    public void A_class_with_a_constructor() =>
        Payload("C",
            "public sealed class C { public C(int a, string b) => (A, B) = (a, b); public int A { get; } public string B { get; } }");

    [Fact]
    public void A_class_with_setters() =>
        Payload("C", "public sealed class C { public int A { get; set; } public string? B { get; set; } = \"x\"; }");

    [Fact]
    public void A_struct_with_a_constructor() => Payload("S", "public readonly record struct S(int A, string? B);");

    [Fact]
    public void A_struct_with_setters() => Payload("S", "public struct S { public int A; public string? B { get; set; } }");

    [Fact]
    public void A_generic_type() => Payload("Page<int>", "public sealed record Page<T>(T[] Items, T? First);");

    [Fact]
    public void A_derived_class() =>
        Payload("D", "public class B { public int A { get; set; } } public sealed class D : B { public int C { get; set; } }");

    [Fact]
    public void A_type_in_itself_by_way_of_a_dictionary() =>
        Payload("Node", "public sealed record Node(Dictionary<string, Node> Children);");

    [Fact]
    public void A_base_type_that_lists_its_derived_ones() => Payload(
        "Shape", "[JsonDerivedType(typeof(Circle), \"circle\")] public abstract record Shape; public sealed record Circle(double Radius) : Shape;");

    [Fact]
    public void An_interface_that_lists_its_implementations() => Payload(
        "IShape",
            "[JsonPolymorphic(TypeDiscriminatorPropertyName = \"kind\"), JsonDerivedType(typeof(Circle), 1)] public interface IShape; public sealed record Circle(double Radius) : IShape;");

    [Fact]
    public void A_union_of_MessagePack() => Payload(
        "Shape", "[MessagePack.Union(0, typeof(Circle))] public abstract record Shape; public sealed record Circle(double Radius) : Shape;");

    [Fact]
    public void A_base_type_that_stands_for_those_it_does_not_list() => Payload(
        "Shape", "[JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType), JsonDerivedType(typeof(Circle), 1)] public record Shape; public sealed record Circle(double Radius) : Shape;");

    [Fact]
    public void An_enum_as_text() => Payload(
        "Mood", "[JsonConverter(typeof(JsonStringEnumConverter))] public enum Mood { Good, [JsonStringEnumMemberName(\"so-so\")] Middling, Fine = Good }");

    [Fact]
    public void Flags_as_text() =>
        Payload("Rights",
            "[Flags, JsonConverter(typeof(JsonStringEnumConverter<Rights>))] public enum Rights : byte { None, Read, Write }");

    [Fact]
    public void An_enum_as_text_in_one_property() =>
        Payload("R", "public sealed record R([property: JsonConverter(typeof(JsonStringEnumConverter))] DayOfWeek A, DayOfWeek B);");

    [Fact]
    public void Names_on_the_wire() => Payload("C", """
        public sealed class C
        {
            [JsonPropertyName("e-mail")] public string? A { get; set; }
            [MessagePack.Key("k")] public int B { get; set; }
            [System.Runtime.Serialization.DataMember(Name = "d")] public int D { get; set; }
        }
        """);

    [Fact]
    public void Ignored_properties() => Payload("C", """
        public sealed class C
        {
            public int Sent { get; set; }
            [JsonIgnore] public int A { get; set; }
            [MessagePack.IgnoreMember] public int B { get; set; }
        }
        """);

    [Fact]
    public void Properties_that_are_ignored_at_times() => Payload("C", """
        public sealed class C
        {
            [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public string? A { get; set; }
            [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int B { get; set; }
            [JsonIgnore(Condition = JsonIgnoreCondition.WhenReading)] public int D { get; set; }
        }
        """);

    [Fact]
    public void An_internal_property_that_is_included() =>
        Payload("C", "public sealed class C { [JsonInclude] internal int A { get; set; } }");

    [Fact]
    public void A_constructor_that_is_chosen() =>
        Payload("C", "public sealed class C { public C() { } [JsonConstructor] public C(int a) => A = a; public int A { get; set; } }");

    [Fact]
    public void A_formatter_of_ones_own() =>
        Payload("Money", "[MessagePack.MessagePackFormatter(typeof(F))] public sealed record Money(int Cents); " + Formatter("Money?"));

    [Fact]
    public void A_formatter_of_ones_own_for_one_property() =>
        Payload("R", "public sealed record R([property: MessagePack.MessagePackFormatter(typeof(F))] int A); " + Formatter("int"));

    [Fact]
    public void Json_in_an_object() =>
        Payload("R", "public sealed record R(System.Text.Json.JsonElement A, System.Text.Json.Nodes.JsonObject? B, object? C);");

    private static string Formatter(string type) => $$"""
        public sealed class F : MessagePack.Formatters.IMessagePackFormatter<{{type}}>
        {
            public void Serialize(ref MessagePack.MessagePackWriter writer, {{type}} value, MessagePack.MessagePackSerializerOptions options) => writer.WriteNil();
            public {{type}} Deserialize(ref MessagePack.MessagePackReader reader, MessagePack.MessagePackSerializerOptions options) { reader.Skip(); return default; }
        }
        """;

    private static void Payload(string type, string declarations = "",
        [System.Runtime.CompilerServices.CallerMemberName] string test = "") => Snapshot.Verify(
        $"namespace Demo; {declarations} [SocketEvents] public interface IEvents {{ void Sent({type} value); }}", ["Formatter"],
            test: test);
}
