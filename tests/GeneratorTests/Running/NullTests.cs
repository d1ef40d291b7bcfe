using Xunit;
using static TypedSocketRedis.Tests.Running.Running;

namespace TypedSocketRedis.Tests.Running;

/// <summary>Null in payloads: what is declared not null is not null in a handler, and null comes back as null.</summary>
public sealed class NullTests
{
    private const string Rooms = """
        public record Inner(string A);
        public record Join(string Room, string[] Tags, Inner Inner, int Seats, string Nick = "anon", int Level = 3);
        public class Profile { public string Room { get; set; } = null!; public required string Must { get; set; } public string Kept { get; set; } = "kept"; public int Age { get; set; } = 8; public System.Text.Json.Nodes.JsonNode Json { get; init; } = null!; }
        public class Row { public ImmutableArray<int> Cells { get; set; } }
        public readonly record struct Point(int X, string Name);
        [SocketPayload] public class Spot { public Point At { get; set; } }
        [SocketPayload] public class Pair { public (int, string) Items { get; set; } }
        public class Lists { public List<string>? A { get; set; } public Dictionary<string, string>? B { get; set; } public (int, string)? C { get; set; } public Tuple<string, int?>? D { get; set; } public string[][]? E { get; set; } public HashSet<string>? F { get; set; } public Point[]? G { get; set; } }
        """;

    private const string Commands = """
        [SocketCommands] public interface ICommands { Task Join(Join join); Task Profile(Profile profile); Task Row(Row row); Task Lists(Lists a, List<string?> b, List<Point?> c); }
        """;

    [Theory]
    [InlineData("""Read<Join>(`{}`)""", "room: expected a value for the required property of type string, found nothing.")]
    [InlineData("""Read<Join>(`{"room":null}`)""", "room: expected a value for the required property of type string, found nothing.")]
    [InlineData("""Read<Join>(`{"room":"r","tags":[],"inner":{"a":"a"}}`)""", "seats: expected a value for the required property of type int, found nothing.")]
    [InlineData("""Read<Join>(`{"room":"r","tags":["a",null],"inner":{"a":"a"},"seats":1}`)""", "tags[1]: expected a value, found null.")]
    [InlineData("""Read<Join>(`{"room":"r","tags":[],"inner":{},"seats":1}`)""", "inner.a: expected a value for the required property of type string, found nothing.")]
    [InlineData("""Read<Profile>(`{"must":"m","json":1}`)""", "room: expected a value for the required property of type string, found nothing.")]
    [InlineData("""Read<Profile>(`{"must":"m","room":"r"}`)""", "json: expected a value for the required property of type System.Text.Json.Nodes.JsonNode, found nothing.")]
    [InlineData("""Read<Profile>(`{"must":"m","room":"r","json":null}`)""", "json: expected a value for the required property of type System.Text.Json.Nodes.JsonNode, found nothing.")]
    [InlineData("""Read<Row>(`{}`)""", "cells: expected a value for the required property of type System.Collections.Immutable.ImmutableArray<int>, found nothing.")]
    [InlineData("""Read<Lists>(`{"a":["a",null]}`)""", "a[1]: expected a value, found null.")]
    [InlineData("""Read<Lists>(`{"b":{"a":null}}`)""", "b.a: expected a value, found null.")]
    [InlineData("""Read<Lists>(`{"c":[1]}`)""", "c[1]: expected a value, found null.")]
    [InlineData("""Read<Lists>(`{"d":[null,1]}`)""", "d[0]: expected a value, found null.")]
    [InlineData("""Read<Lists>(`{"e":[["a"],null]}`)""", "e[1]: expected a value, found null.")]
    [InlineData("""Read<Lists>(`{"f":[null]}`)""", "f[0]: expected a value, found null.")]
    [InlineData("""Read<Lists>(`{"g":[null]}`)""", "g[0]: expected a value, found null.")]
    [InlineData("""Read<Spot>(`{}`)""", "at: expected a value for the required property of type Point, found nothing.")]
    [InlineData("""Read<Pair>(`{}`)""", "items: expected a value for the required property of type (int, string), found nothing.")]
    public void Null_is_refused_with_its_path_where_it_is_ruled_out(string expression, string expected) =>
        Assert.Equal("EventDataException: " + expected, Assert.Single(Evaluate(Rooms + Commands, expression)));

    [Fact]
    public void Values_that_were_left_out_keep_their_defaults() => Assert.Equal(
        [
            """{"Room":"r","Tags":[],"Inner":{"A":"a"},"Seats":1,"Nick":"anon","Level":3}""",
            """{"Room":"r","Must":"m","Kept":"kept","Age":8,"Json":1}""",
            """["a",null]""", "[null]", "[1,2]",
        ],
        Evaluate(Rooms + Commands, """
            Read<Join>("{\"room\":\"r\",\"tags\":[],\"inner\":{\"a\":\"a\"},\"seats\":1,\"nick\":null}")
            """, """
            Read<Profile>("{\"must\":\"m\",\"room\":\"r\",\"json\":1,\"kept\":null,\"age\":null}")
            """,
            """Read<List<string?>>(`["a",null]`)""", """Read<List<Point?>>(`[null]`)""", """Read<Row>(`{"cells":[1,2]}`).Cells"""));

    [Theory]
    [InlineData("[assembly: SocketContractDefaults(RespectNullableAnnotations = false)]", "SocketCommands")]
    [InlineData("", "SocketCommands(RespectNullableAnnotations = false)")]
    public void One_switch_accepts_null_again(string assembly, string contract) => Assert.Equal(
        ["True 0", "[\"a\",null]"],
        Evaluate($$"""
            {{assembly}}
            public record Join(string Room, int Seats); public class Handler : ICommands
            {
                public Task<string> Join(Join join) => Task.FromResult($"{join.Room is null} {join.Seats}");
                public Task<string> List(List<string> all) => Task.FromResult(System.Text.Json.JsonSerializer.Serialize(all));
            }
            [{{contract}}] public interface ICommands { Task<string> Join(Join join); Task<string> List(List<string> all); }
            [SocketCommands] public interface IOther { Task Join(Join join); }
            """,
            "JsonSerializer.Deserialize<string[]>(Handle<ICommands>(new Handler(), \"join\", \"[{}]\"))![0]",
            """JsonSerializer.Deserialize<string[]>(Handle<ICommands>(new Handler(), "list", `[["a",null]]`))![0]"""));

    [Fact]
    public void A_switch_of_a_contract_leaves_other_contracts_alone() => Assert.Equal(
        ["[]", "EventDataException: Event 'join', join.room: expected a value for the required property of type string, found nothing."],
        Evaluate("""
            public record Join(string Room); public class Handler : ILenient, IStrict { public Task Join(Join join) => Task.CompletedTask; }
            [SocketCommands(RespectNullableAnnotations = false)] public interface ILenient { Task Join(Join join); }
            [SocketCommands("/strict")] public interface IStrict { Task Join(Join join); }
            """,
            "Handle<ILenient>(new Handler(), \"join\", \"[{}]\")", "Handle<IStrict>(new Handler(), \"join\", \"[{}]\")"));

    [Fact]
    public void Null_comes_back_where_the_default_cannot_be_seen_to_be_null() => Assert.All(
        Evaluate("""
            public class A { public A() { Name = "from the constructor"; Age = 18; } public string? Name { get; set; } public int? Age { get; set; } }
            public class B { private string? _name = "from a field"; public string? Name { get => _name; set => _name = value; } }
            public class C { public virtual string? Name { get; set; } = "from the base class"; } public class D : C { public override string? Name { get => base.Name; set => base.Name = value; } }
            public struct E { public E() { Name = "from the constructor"; } public string? Name { get; init; } }
            public class F { public string? Name { get; set; } = "from an initializer"; }
            public class G { public G() => Set(); private void Set() => Name = "from a method"; public string? Name { get; set; } }
            public class I : A { public string? More { get; set; } }
            public class J { public string? Name = "from a field"; }
            [SocketEvents] public interface IEvents { void X(A a, B b, D d, E e, F f, G g, I i, J j); }
            """,
            "Back(new A { Name = null, Age = null }).Name is null && Back(new A { Name = null, Age = null }).Age is null",
            "Back(new B { Name = null }).Name is null", "Back(new D { Name = null }).Name is null",
            "Back(new E { Name = null }).Name is null",
            "Back(new F { Name = null }).Name is null", "Back(new G { Name = null }).Name is null",
            "Back(new I { Name = null }).Name is null",
            "Back(new J { Name = null }).Name is null"), r => Assert.Equal("true", r));

    [Fact]
    public void Null_is_left_out_where_the_default_is_seen_to_be_null() => Assert.Equal(
        ["{}", "{}", """{"id":5}""", """{"id":5}"""],
        Evaluate("""
            public class A { public string? Name { get; set; } } public class B { public string? Name { get; set; } = null; public string? Field; }
            public class C { public C(int id) { Id = id; } public int Id { get; } public string? Name { get; set; } }
            public record D(int Id, string? Name, string? Nick = null) { public string? More { get; init; } }
            [SocketEvents] public interface IEvents { void X(A a, B b, C c, D d); }
            """,
            "Write(new A())", "Write(new B())", "Write(new C(5))", "Write(new D(5, null))"));

    [Fact]
    public void Members_that_were_not_sent_keep_what_a_constructor_set() => Assert.Equal(
        ["""{"Name":"anonymous","Level":8}""", """{"Name":"anonymous","Level":3}""", """{"Name":"anonymous","Level":3}""",
            """{"Name":"ada","Level":8}"""],
        Evaluate("""
            public class Profile { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Profile() { Name = "anonymous"; Level = 8; } public required string Name { get; set; } public required int Level { get; init; } }
            [SocketEvents] public interface IEvents { void X(Profile profile); }
            """,
            """Read<Profile>(`{}`)""", """Read<Profile>(`{"level":3}`)""", """Read<Profile>(`{"name":null,"level":3}`)""",
            """Read<Profile>(`{"name":"ada"}`)"""));

    [Fact]
    public void References_of_unknown_nullness_may_be_null() => Assert.Equal(
        [
            """{"must":null,"text":null,"tags":null}""", """{"Must":null,"Text":null,"Tags":null}""",
            """{"Must":"m","Text":"d","Tags":["a",null]}""",
            "[null]", "[\"True True True\"]", "[\"False False True\"]",
        ],
        Evaluate("""
            public class P { public required string Must { get; set; } public string Text { get; set; } = "d"; public List<string> Tags { get; set; } = []; }
            [SocketCommands] public interface ICommands { Task<string> X(P p, string text, (string, List<string>[]) more); Task<string> Nothing(Dictionary<string, string> map); }
            public class Handler : ICommands
            {
                public Task<string> X(P p, string text, (string, List<string>[]) more) => Task.FromResult($"{p is null} {text is null} {more.Item2 is null}");
                public Task<string> Nothing(Dictionary<string, string> map) => Task.FromResult<string>(null);
            }
            """, "disable",
            [
                "Write(new P { Must = null, Text = null, Tags = null })", "Back(new P { Must = null, Text = null, Tags = null })",
                """Read<P>(`{"must":"m","tags":["a",null]}`)""", """Handle<ICommands>(new Handler(), "nothing", `[{"a":null}]`)""",
                "Handle<ICommands>(new Handler(), \"x\", \"[null,null,[null,null]]\")",
                """Handle<ICommands>(new Handler(), "x", `[{"must":null},"t",[]]`)""",
            ]));

    [Fact]
    public void A_params_argument_that_may_be_null_is_null_if_null_was_sent() => Assert.Equal(
        ["[\"null\"]", "[\"\"]", "[\"a\"]"],
        Evaluate("""
            [SocketCommands] public interface ICommands { Task<string> Say(params string[]? texts); }
            public class Handler : ICommands { public Task<string> Say(params string[]? texts) => Task.FromResult(texts is null ? "null" : string.Join(",", texts)); }
            """,
            "Handle<ICommands>(new Handler(), \"say\", \"[null]\")", "Handle<ICommands>(new Handler(), \"say\", \"[]\")",
            """Handle<ICommands>(new Handler(), "say", `[["a"]]`)"""));

    [Fact]
    public void An_immutable_array_without_a_value_is_sent_as_an_empty_one() => Assert.Equal(
        ["""{"cells":[]}""", "[]", "null"],
        Evaluate(Rooms + "[SocketEvents] public interface IEvents { void A(Row row, ImmutableArray<int> a, ImmutableArray<string>? b, Optional b2); } public record Optional(ImmutableArray<int>? A);",
            "Write(new Row())", "Write<ImmutableArray<int>>(default)", "Write<ImmutableArray<string>?>(null)"));

    [Fact]
    public void Absent_null_and_repeated_properties_follow_the_documented_rules() => Assert.Equal(
        [
            """{"hasOwnProperty":null,"toString":null}""", """{}""", """{"Text":"own"}""", """{"Id":5,"Maybe":null}""",
            """{"Id":2,"Maybe":7}""",
        ],
        Evaluate("""
            [ServerEvents] public interface IEvents { Task A(Odd odd, Own own, Twice twice); }
            public sealed record Odd(string? HasOwnProperty) { [JsonPropertyName("toString")] public int? Text { get; init; } }
            public sealed class Own { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Text { get; set; } = "own"; }
            public sealed record Twice(int Id, int? Maybe);
            """,
            "Write(new Odd(null))", "Write(new Own { Text = null })", "Back(new Own { Text = null })",
            "Read<Twice>(`{\"id\":5,\"id\":null,\"maybe\":7,\"maybe\":null}`)", "Read<Twice>(`{\"id\":null,\"id\":2,\"maybe\":null,\"maybe\":7}`)"));
}
