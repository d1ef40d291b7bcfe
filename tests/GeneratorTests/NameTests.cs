using Microsoft.CodeAnalysis;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Types whose names are words of C#, or names that generated code uses.</summary>
public sealed class NameTests
{
    // Every kind of type that has its own form in generated code.
    private const string Events = """
        public record P(int A, string? B, global::System.DateTime? C = null, global::System.IntPtr D = default, global::System.Collections.Generic.List<Odd>? E = null)
        {
            public required string R { get; init; }
            public int O { get; init; }
            public string? S { get; set; } = "x";
            public global::System.Collections.Immutable.ImmutableArray<int> I { get; set; }
            [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int N { get; set; }
        }
        [JsonConverter(typeof(JsonStringEnumConverter))] public enum Text { A, B }
        [global::System.Flags, JsonConverter(typeof(JsonStringEnumConverter))] public enum Bits { A = 1, B = 2 }
        [JsonDerivedType(typeof(Derived), "a")] public abstract record Base;
        public record Derived(int X) : Base;
        [global::MessagePack.MessagePackFormatter(typeof(OwnFormatter))] public record Own(int A);
        public class OwnFormatter : global::MessagePack.Formatters.IMessagePackFormatter<Own?>
        {
            public void Serialize(ref global::MessagePack.MessagePackWriter w, Own? v, global::MessagePack.MessagePackSerializerOptions o) { }
            public Own? Deserialize(ref global::MessagePack.MessagePackReader r, global::MessagePack.MessagePackSerializerOptions o) => null;
        }
        [SocketEvents] public interface IEvents
        {
            void Sequences(int[] a, global::System.Collections.Generic.List<string> b, global::System.Collections.Generic.ICollection<P> c,
                global::System.Collections.Generic.IEnumerable<int[]?> d, global::System.Collections.Generic.HashSet<int?> e,
                global::System.Collections.Immutable.ImmutableArray<P> f, global::System.Collections.Immutable.ImmutableList<int> g,
                global::System.Collections.Immutable.ImmutableHashSet<string> h, global::System.Collections.Frozen.FrozenSet<string> i);
            void Maps(global::System.Collections.Generic.Dictionary<string, P?> a, global::System.Collections.Generic.SortedDictionary<int, int> b,
                global::System.Collections.Immutable.ImmutableDictionary<string, global::System.UIntPtr> c, global::System.Collections.Frozen.FrozenDictionary<global::System.Guid, int> d,
                global::System.Collections.Generic.Dictionary<global::System.DayOfWeek, int> e, global::System.Collections.Generic.Dictionary<Text, int> f);
            global::System.Threading.Tasks.Task<P> Ask(P p, (int X, string? Y) t, global::System.Tuple<int, string> u, Text v, Base w, Own x, Bits q,
                global::System.DayOfWeek y, object z, global::System.Text.Json.JsonElement e, global::System.IntPtr i, global::System.Threading.CancellationToken c = default);
            global::System.Threading.Tasks.ValueTask<int?> Values(Odd n, Odd[] all, global::System.Collections.Generic.Dictionary<string, Odd> map);
            global::System.Threading.Tasks.Task<Odd> Asked();
            global::System.Threading.Tasks.Task Done();
            global::System.Threading.Tasks.ValueTask Kept(params int[] numbers);
        }
        """;

    public static TheoryData<string> Words =>
    [
        "var", "nint", "nuint", "dynamic", "record", "field", "scoped", "file", "required", "await", "async", "nameof", "partial", "where",
            "when",
        "unmanaged", "notnull", "managed", "and", "or", "not", "with", "init", "get", "set", "value", "yield", "global", "alias", "add",
            "args", "on",
        "extension", "_", "string", "object", "Task", "ValueTask", "Enumerable", "Exception", "Span", "ReadOnlySpan", "DataPath",
        "ValueReader", "IMessagePackFormatter", "Instance", "Dispatcher", "Over", "TTarget", "T",
    ];

    [Fact]
    public void The_names_of_generated_files_are_shorter_than_120_characters()
    {
        var name = new string('a', 150);
        var source = $"namespace {name} {{ public record {name}A(int X); public record {name}B(int X); "
            + $"[SocketEvents] public interface I{name} {{ void A({name}A a, {name}B[] b); }} "
            + $"[SocketEvents] public interface I{name}2 {{ void A({name}A a); }} }}";
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(source));
        var result = GeneratorHarness.Run(compilation);
        Assert.Empty(GeneratorHarness.Diagnose(compilation, result));
        Assert.All(result.GeneratedSources, s => Assert.InRange(s.HintName.Length, 1, 119));
        Assert.Equal(6, result.GeneratedSources.Length);
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void A_type_can_be_named_like_a_word_of_generated_code(string word)
    {
        var type = $"public class @{word} {{ public int A {{ get; set; }} }}";
        Compiles($"using Odd = global::@{word};\n{type}\n{Events.Replace("Odd", $"global::@{word}", StringComparison.Ordinal)}");
        Compiles($"namespace Demo {{\n{type}\n{Events.Replace("Odd", $"global::Demo.@{word}", StringComparison.Ordinal)}\n}}");
    }

    [Theory]
    [InlineData("System")]
    [InlineData("MessagePack")]
    [InlineData("TypedSocketRedis")]
    public void A_type_can_be_named_like_a_root_namespace(string word) => Compiles(
        $"namespace Demo {{ public class {word} {{ public int A {{ get; set; }} }}\n{Events.Replace("Odd", "global::Demo." + word, StringComparison.Ordinal)}\n}}");

    [Theory]
    [InlineData("var")]
    [InlineData("nint")]
    [InlineData("nuint")]
    [InlineData("dynamic")]
    [InlineData("nameof")]
    public void An_alias_can_be_named_like_a_word_of_generated_code(string word) =>
        Compiles(
            $"global using @{word} = global::System.Text.StringBuilder;\n{Events.Replace("Odd", "Derived", StringComparison.Ordinal)}");

    [Fact]
    public void A_globally_imported_method_can_be_named_nameof() =>
        Compiles(
            $"global using static Odds;\npublic static class Odds {{ public static int nameof(object o) => 1; }}\n{Events.Replace("Odd>", "P>", StringComparison.Ordinal)
            .Replace("Odd ", "P ", StringComparison.Ordinal).Replace("Odd[", "P[", StringComparison.Ordinal)}");

    private static void Compiles(string source)
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(source));
        var result = GeneratorHarness.Run(compilation);
        Assert.Empty(result.Diagnostics);
        Assert.DoesNotContain(
            GeneratorHarness.Diagnose(compilation, result),
            d => d.Severity == DiagnosticSeverity.Error || d.Location.SourceTree?.FilePath != "Contract.cs");
    }
}
