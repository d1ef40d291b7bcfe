using Microsoft.CodeAnalysis;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Types that differ for the compiler by tuple names, <c>dynamic</c> and annotations, but are the same for the runtime.</summary>
public sealed class TypeIdentityTests
{
    [Theory]
    [InlineData("(int X, int Y)", "(int, int)")]
    [InlineData("(int X, int Y)", "(int A, int B)")]
    [InlineData("List<(int X, string? Y)>", "List<(int, string)>")]
    [InlineData("(int, (int X, int Y)[])", "(int, (int, int)[])")]
    [InlineData("(int A, int B, int C, int D, int E, int F, int G, int H)", "(int, int, int, int, int, int, int, int)")]
    [InlineData("Dictionary<string, (int X, int Y)>", "Dictionary<string, (int, int)>")]
    [InlineData("Outer<(int X, int Y)>.Inner", "Outer<(int, int)>.Inner")]
    [InlineData("dynamic", "object")]
    [InlineData("object", "dynamic")]
    [InlineData("List<dynamic>", "List<object>")]
    [InlineData("List<string?>", "List<string>")]
    [InlineData("nint", "IntPtr")]
    [InlineData("UIntPtr", "nuint")]
    public void A_formatter_for_the_same_type_is_accepted(string property, string formatted)
    {
        // A formatter cannot implement an interface with dynamic.
        var written = formatted == "dynamic" ? "object" : formatted;
        AssertCompiles($$"""
            public class Outer<T> { public class Inner { public T? A { get; set; } } }
            public class P { [MessagePack.MessagePackFormatter(typeof(F))] public required {{property}} A { get; set; } }
            #nullable disable
            public class F : MessagePack.Formatters.IMessagePackFormatter<{{written}}>
            {
                public void Serialize(ref MessagePack.MessagePackWriter w, {{formatted}} v, MessagePack.MessagePackSerializerOptions o) { }
                public {{formatted}} Deserialize(ref MessagePack.MessagePackReader r, MessagePack.MessagePackSerializerOptions o) => default;
            }
            #nullable restore
            [SocketEvents] public interface IEvents { void A(P p); Task<P> B(); }
            """);
    }

    [Theory]
    [InlineData("(int X, int Y)", "(int, int)")]
    [InlineData("List<(int X, int Y)>", "List<(int A, int B)>")]
    [InlineData("(int X, int Y)?", "(int, int)?")]
    [InlineData("object", "dynamic")]
    [InlineData("List<object>", "List<dynamic>")]
    [InlineData("string?", "string")]
    [InlineData("List<string>", "List<string?>")]
    [InlineData("nint", "IntPtr")]
    [InlineData("Outer<(int X, int Y)>.Inner[]", "Outer<(int, int)>.Inner[]")]
    public void A_constructor_parameter_of_the_same_type_receives_the_property(string property, string parameter) => AssertCompiles($$"""
        public class Outer<T> { public class Inner { public T? A { get; set; } } }
        public class P
        {
            #nullable disable warnings
            public P({{parameter}} value) => Value = value;
            #nullable restore warnings
            public {{property}} Value { get; }
        }
        [SocketEvents] public interface IEvents { void A(P p); Task<P> B(); }
        """);

    [Fact]
    public void A_derived_type_of_the_same_base_is_listed() => AssertCompiles("""
        [JsonDerivedType(typeof(Circle), "circle")] public abstract record Shape<T>(T At);
        public record Circle(int R) : Shape<(int A, int B)>((1, 2));
        [SocketEvents] public interface IEvents { void A(Shape<(int X, int Y)> shape); }
        """);

    [Fact]
    public void A_redeclared_event_with_dynamic_is_the_event_with_object() => AssertCompiles("""
        public interface IOne { void A(object a); } public interface ITwo { void A(dynamic a); }
        public class H : IEvents { public void A(object a) { } }
        [SocketEvents] public interface IEvents : IOne, ITwo;
        """, "TSR026");

    [Theory]
    [InlineData("int", "long")]
    [InlineData("(int X, int Y)", "(int, long)")]
    [InlineData("List<object>", "List<string>")]
    [InlineData("int[]", "int[][]")]
    [InlineData("nint", "nuint")]
    [InlineData("int?", "int")]
    public void A_constructor_parameter_of_another_type_does_not_receive_the_property(string property, string parameter)
    {
        var result = GeneratorHarness.Run(GeneratorHarness.Compile(GeneratorHarness.File(
            $"public class P {{ public P({parameter} value) {{ }} public {property} Value {{ get; }} = default!; }} [SocketEvents] public interface IEvents {{ void A(P p); }}")));
        Assert.Equal("TSR037", Assert.Single(result.Diagnostics).Id);
    }

    private static void AssertCompiles(string source, string? expected = null)
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(source));
        var result = GeneratorHarness.Run(compilation);
        Assert.DoesNotContain(result.Diagnostics, d => d.Id != expected);
        Assert.DoesNotContain(
            GeneratorHarness.Diagnose(compilation, result),
            d => d.Severity == DiagnosticSeverity.Error || d.Location.SourceTree?.FilePath != "Contract.cs");
    }
}
