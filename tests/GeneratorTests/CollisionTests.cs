using Microsoft.CodeAnalysis;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Collisions of names: of contracts, their classes, events, the assembly and its types.</summary>
public sealed class CollisionTests
{
    [Theory]
    [InlineData("nested, and one called like the nested",
        "namespace D; public class Outer { [SocketEvents] public interface IInner { void A(); } } [SocketEvents] public interface IOuterInner { void A(); } class U { void T(IBroadcast<Outer.IInner> a, IBroadcast<IOuterInner> b) { a.A(); b.A(); } }")]
    [InlineData("nested in two ways",
        "namespace D; public class A { public class B { [SocketEvents] public interface IC { void X(); } } } public class AB { [SocketEvents] public interface IC { void X(); } }")]
    [InlineData("nested, with and without an underscore",
        "public class A_B { [SocketEvents] public interface IC { void X(); } } public class A { public class B { [SocketEvents] public interface IC { void X(); } } } [SocketEvents] public interface IA_B_C { void X(); }")]
    [InlineData("called like what another is renamed to",
        "namespace D; [SocketEvents] public interface IChat { void A(); } [SocketEvents] public interface Chat { void A(); } [SocketEvents] public interface IChatGenerated { void A(); }")]
    [InlineData("an event called like its class",
        "namespace D; [SocketEvents] public interface IClock { void ClockExtensions(); Task<int> ClockEvents(); void ClockDispatcher(); } [ServerEvents] public interface INode { Task NodeExtensions(); Task<int> NodeEvents(); Task NodeDispatcher(); } [SocketCommands] public interface IAsk { Task AskDispatcher(); Task AskExtensions(); }")]
    [InlineData("a type called like the assembly",
        "public class Consumer; [SocketEvents] public interface IEvents { void A(List<int> a, Money m); } [MessagePack.MessagePackFormatter(typeof(F))] public record Money(int A); public class F : MessagePack.Formatters.IMessagePackFormatter<Money?> { public void Serialize(ref MessagePack.MessagePackWriter w, Money? v, MessagePack.MessagePackSerializerOptions o) { } public Money? Deserialize(ref MessagePack.MessagePackReader r, MessagePack.MessagePackSerializerOptions o) => null; }")]
    [InlineData("a type called like the resolver",
        "namespace Consumer; public class SocketEventsResolver; [SocketEvents] public interface IEvents { void A(List<int> a); }")]
    [InlineData("a namespace called like a generated class",
        "namespace Q { [SocketEvents] public interface IE { void A(); } namespace EExtensions { public class X; } }")]
    [InlineData("a namespace of the framework",
        "namespace System.Own { [SocketEvents] public interface IEvents { void A(P p, String s); } public record P(int A, Guid G); public class String { public int X { get; set; } } }")]
    [InlineData("types called like the framework's",
        "namespace D; public class List<T> { public T? X { get; set; } } public class String { public int A { get; set; } } public class Task { public int A { get; set; } } public class MessagePackWriter { public int A { get; set; } } public class System { public int X { get; set; } } public class MessagePack { public int X { get; set; } } [SocketEvents] public interface IEvents { void A(List<int> a, String b, Task c, MessagePackWriter d, System e, MessagePack f); global::System.Threading.Tasks.Task<String> B(); }")]
    [InlineData("contracts called like parts of what is generated",
        "[SocketEvents] public interface ISender { void A(); } [SocketEvents] public interface IExtensions { void A(); } [SocketEvents] public interface IDispatcher { void A(); Task<int> B(); } [SocketEvents] public interface IOver { void A(); Task<int> Instance(); void Events(); void DispatchAsync(); void Event0(); }")]
    [InlineData("parameters called like variables",
        "[SocketEvents] public interface IEvents { Task<int> A(int target, int data, int TTarget, int reader, int writer, int options, int incoming, int handler, int arguments, int argument0, int exception, int value, int receiver, int _target, int @this, int @field, int @await); }")]
    [InlineData("properties called like variables",
        "[SocketEvents] public interface IEvents { void A(@record r); } public class @record { public int @class { get; set; } public required int @field { get; init; } public int @value { get; init; } public int @await; public int result { get; set; } public int reader { get; set; } public int at { get; set; } public int key { get; set; } public int left { get; set; } public int options { get; set; } public int writer { get; set; } public int depth { get; set; } }")]
    [InlineData("a very long generic type",
        "namespace VeryLongNamespaceNameNumberOne.VeryLongNamespaceNameNumberTwo.VeryLongNamespaceNameNumberThree; public record Pair<A, B>(A Left, B Right); [SocketEvents] public interface IEvents { void A(Pair<Pair<Pair<int, string>, Pair<int, string>>, Pair<Pair<int, string>, Pair<int, int>>> p, Pair<Pair<Pair<int, string>, Pair<int, string>>, Pair<Pair<int, string>, Pair<int, byte>>> q); }")]
    [InlineData("an internal event and an internal payload",
        "namespace D; internal record P(int A); public interface IBase<T> { void Based(T value); } [SocketEvents] public interface IEvents { internal void A(P p); internal Task<P[]> B(); void C(); } class U { async Task T(ISocketClient<IEvents> c, IBroadcast<IEvents> b) { b.A(new(1)); await c.B(); await b.B(); } }")]
    [InlineData("a base that is told what may be null",
        "namespace D; public interface IBase<T> { void Changed(T value); Task<T> Ask(T[] values); } [SocketEvents] public interface IEvents : IBase<string?>;")]
    [InlineData("constraints that are met",
        "public record P<T>(T A) where T : struct, IComparable<T>; public record Q<T>(T A) where T : class, IEnumerable<int>; public record R<T>(T? A) where T : R<T>, new(); public record Self() : R<Self>(default(Self)); public record N<T>(T A) where T : Enum; public record M<T, U>(T A, U B) where T : U where U : class; public record V<T>(T A) where T : unmanaged; [SocketEvents] public interface IEvents { void A(P<int> a, Q<int[]> b, Q<List<int>> c, Self d, N<DayOfWeek> e, M<string, object> f, V<Guid> g); }")]
    [InlineData("a date as default",
        "[SocketEvents] public interface IEvents { void A(P p, [System.Runtime.InteropServices.Optional, System.Runtime.CompilerServices.DateTimeConstant(5)] DateTime d); } public class P([System.Runtime.InteropServices.Optional, System.Runtime.CompilerServices.DateTimeConstant(5)] DateTime d) { public DateTime D { get; } = d; } static class Use { static void Call(IBroadcast<IEvents> b) => b.A(new()); }")]
    [InlineData("300 parameters", null)]
    [InlineData("generic types in one another", null)]
    [InlineData("constraints that are met but for null",
        "public record P<T>(T A) where T : notnull; public record Q<T>(T A) where T : class; public record R<T>(T A) where T : IComparable<string>; public interface IBase<T> { void A(T t); } public interface ILeft : IBase<string?>; public interface IRight : IBase<string>; [SocketEvents] public interface IEvents : ILeft, IRight { void B(P<string?> a, Q<string?> b, R<string?> c); }")]
    [InlineData("aliases of the names it uses",
        "global using Exception = System.String; global using MessagePackWriter = System.Int32; global using IMessagePackFormatter = System.Int64; global using ValueReader = System.Int16; global using MessagePackSerializerOptions = System.Guid; global using DataPath = System.Object; global using static System.Math; [SocketEvents] public interface IEvents { void A(P p, List<P> q, M e, T t); Task<P> B(); } public record P(int A, DateTime? D, decimal[] M) { public required string X { get; init; } } [JsonConverter(typeof(JsonStringEnumConverter))] public enum M { A } [JsonDerivedType(typeof(U), \"a\")] public abstract record T; public record U(int X) : T;")]
    [InlineData("a parameter that is stricter than its property",
        "namespace D; public class P(string b) { public string? B { get; } = b; } [SocketEvents] public interface IEvents { void A(P p); }")]
    [InlineData("a constructor that takes references to read",
        "public class P { public P(in int a, in string b, ref readonly DateTime c) => (A, B, C) = (a, b, c); public int A { get; } public string B { get; } public DateTime C { get; } } public readonly record struct Q(in int X); [SocketEvents] public interface IEvents { void A(P p, Q q); Task<Q> B(); }")]
    [InlineData("null for what may not be null",
        "#nullable disable\nnamespace D; public record P(string A = null); [SocketEvents] public interface IEvents { void A(P p, string t = null, params string[] u); }")]
    public void Code_with_colliding_names_is_generated_and_compiles(string what, string? source)
    {
        source ??= what == "300 parameters"
            ? $"[SocketEvents] public interface IEvents {{ Task<int> A({string.Join(", ", Enumerable.Range(0, 300).Select(i => $"int p{i}"))}); }}"
            : $"public record Nested<A, B>(A Left, B Right); [SocketEvents] public interface IEvents {{ void A({string.Concat(Enumerable.Repeat("Nested<int, ", 50))}int{new string('>', 50)} p); }}";
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(source));
        var result = GeneratorHarness.Run(compilation);

        Assert.True(result.Diagnostics.IsEmpty, $"{what}: {string.Join("; ", result.Diagnostics)}");
        // Warnings about null are reported to the author in the contract.
        Assert.DoesNotContain(
            GeneratorHarness.Diagnose(compilation, result),
            d => d.Severity == DiagnosticSeverity.Error || d.Location.SourceTree?.FilePath != "Contract.cs");
        using var image = new MemoryStream();
        var whole = compilation.AddSyntaxTrees(
            result.GeneratedSources.Select(s => GeneratorHarness.File(s.SourceText.ToString(), s.HintName)));
        Assert.Empty(
            whole.Emit(image,
                cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
    }

    [Theory]
    [InlineData("CS0101", "public interface IEvents { void A(); }")]
    [InlineData("CS0579", "public partial interface IEvents { void A(); }")]
    [InlineData("CS0051", "public interface IEvents { void A(Hidden h); }")]
    [InlineData("CS9244", "public interface IEvents { Task<Span<int>> A(); }")]
    [InlineData("CS9244", "public interface IEvents { void A(List<Span<int>> a); }")]
    [InlineData("CS0453", "public interface IEvents { void A(Number<string> a); Task<Number<string>[]> B(); }")]
    [InlineData("CS0453", "public interface IEvents { void A(Hidden<string> a); }")]
    [InlineData("CS0311", "public interface IEvents { void A(Compared<Hidden> a); }")]
    [InlineData("CS0310", "public interface IEvents { void A(Made<string> a); }")]
    [InlineData("CS0111", "public interface IEvents { void A(); void A(); }")]
    [InlineData("CS0100", "public interface IEvents { void A(int a, int a); }")]
    [InlineData("CS1001", "public interface IEvents { void A(int ); }")]
    [InlineData("CS7036", "public interface IEvents { [SocketEvent()] void A(); }")]
    public void Compiler_errors_are_reported_only_in_the_contract(string id, string contract)
    {
        // The first two contracts are declared twice.
        var again = id is "CS0101" or "CS0579" ? $" [SocketEvents] {contract.Replace("A()", "B()")}" : "";
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(
            "internal record Hidden(int A); internal record Hidden<T>(Number<T> A); public record Number<T>(T A) where T : struct; "
            + "public record Compared<T>(T A) where T : IComparable<T>; public record Made<T>(T A) where T : new(); "
            + $"[SocketEvents] {contract}{again} [SocketEvents] public interface IOther {{ void C(int[] c); }}"));
        var result = GeneratorHarness.Run(compilation);

        var diagnostics = GeneratorHarness.Diagnose(compilation, result);
        Assert.Contains(diagnostics, d => d.Id == id);
        Assert.All(diagnostics, d => Assert.Equal("Contract.cs", d.Location.SourceTree?.FilePath));
        Assert.Contains(result.GeneratedSources, s => s.HintName == "IOther.Events.g.cs");
    }

    [Fact]
    public void Caller_information_is_that_of_the_caller_of_the_event()
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(
            """
            using System.Runtime.CompilerServices;
            [SocketEvents] public interface IEvents { void A(int x, [CallerMemberName] string who = "", [CallerArgumentExpression("x")] string? what = null); }
            class Use { void Somebody(IBroadcast<IEvents> t) => t.A(1 + 2); }
            """));
        var result = GeneratorHarness.Run(compilation);
        Assert.Empty(GeneratorHarness.Diagnose(compilation, result));

        var whole = compilation.AddSyntaxTrees(
            result.GeneratedSources.Select(s => GeneratorHarness.File(s.SourceText.ToString(), s.HintName)));
        var use = compilation.SyntaxTrees[1];
        var call = whole.GetSemanticModel(use).GetOperation(use.GetRoot(TestContext.Current.CancellationToken).DescendantNodes()
            .OfType<Microsoft.CodeAnalysis.CSharp.Syntax.InvocationExpressionSyntax>().Single(), TestContext.Current.CancellationToken);
        var arguments = Assert.IsType<Microsoft.CodeAnalysis.Operations.IInvocationOperation>(call, exactMatch: false).Arguments;
        Assert.Equal(["Somebody", "1 + 2"], arguments.TakeLast(2).Select(a => a.Value.ConstantValue.Value));
    }
}
