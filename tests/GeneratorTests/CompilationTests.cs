using Microsoft.CodeAnalysis;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Valid but unusual contracts.</summary>
public sealed class CompilationTests
{
    [Theory]
    [InlineData("inherited",
        "namespace Demo; [SocketEvents] public interface IBase { void A(int a); } [SocketEvents] public interface IMore : IBase { void B(int a); } static class Use { static void Call<T>(T t) where T : IBroadcast<IMore> { t.A(1); t.B(2); } }")]
    [InlineData("the same event in two contracts",
        "namespace Demo; [SocketEvents] public interface IOne { void A(int a); } [SocketEvents] public interface ITwo { void A(int a); } static class Use { static void Call<T>(T t) where T : IBroadcast<ITwo> => t.A(1); }")]
    [InlineData("nested",
        "namespace Demo; public static class Outer { [SocketEvents] internal interface IInner { void A(Payload p); } internal sealed record Payload(int X); }")]
    [InlineData("keywords",
        "namespace @event.@class; [SocketEvents] public interface @interface { void @new(int @if, @struct @else); } public sealed record @struct(int @int, string @string);")]
    [InlineData("Unicode",
        "namespace Größe; [SocketEvents] public interface IÄnderungen { void Größer(Maß maß); } public sealed record Maß(double Höhe);")]
    [InlineData("enums of the framework", "[SocketEvents] public interface IEvents { void A(DayOfWeek day, DateTimeKind? kind); }")]
    [InlineData("no events", "[SocketEvents] public interface INothing;")]
    [InlineData("an empty payload", "[SocketEvents] public interface IEvents { void A(Nothing n); } public sealed class Nothing;")]
    [InlineData("default values",
        "public enum E { A = 1 } [SocketEvents] public interface IEvents { void A(int a = 1, long b = long.MinValue, double c = double.NaN, string? d = \"q\\\"\\n\", E e = E.A, E? f = E.A, decimal g = 1.5m, char h = '\\'', bool i = true, DateTime j = default, byte k = 3, float l = 1e30f, CancellationToken m = default); }")]
    [InlineData("constructor defaults",
        "public enum E { A = 1 } public sealed record R(E E = E.A, E? F = E.A, byte B = 3, string S = \"x\", float G = 1.5f, int? N = 5, ulong U = ulong.MaxValue); [SocketEvents] public interface IEvents { void A(R r); }")]
    [InlineData("generic payloads",
        "public record Page<T>(List<T> Items, T? First); public record Pair<A, B>(A Left, B Right); [SocketEvents] public interface IEvents { void A(Page<int> p, Page<string> q, Page<string?> r, Pair<int, Page<Pair<int, string>>> s); }")]
    [InlineData("nullability of elements",
        "[SocketEvents] public interface IEvents { void A(List<string> a, List<string?> b, string?[] c, string[]? d, string?[]?[] e, Dictionary<string, List<string?>?>? f); }")]
    [InlineData("old members",
        "public class Old { [Obsolete] public int A { get; set; } } [SocketEvents] public interface IEvents { void A(Old o); }")]
    [InlineData("names that differ by case",
        "namespace Demo; public record Price(int A); public record price(int A); [SocketEvents] public interface IEvents { void A(Price p, price q); }")]
    [InlineData("contracts that differ by case",
        "namespace Demo; [SocketEvents] public interface IChat { void A(); } [SocketEvents] public interface Ichat { Task<int> A(); } [SocketEvents] public interface ICHAT { void A(); }")]
    [InlineData("contracts called as outputs",
        "[SocketEvents] public interface _1PFormatter { void A(P p); } public record P(int A); [SocketEvents] public interface SocketEventsResolver { void A(); }")]
    [InlineData("names of the framework and the runtime",
        "namespace TypedSocketRedis { public record ValueReader(int A); public record Exception(int B); } public record ValueWriter(int A); public record DataPath(int A); public record MessagePackReader(int A); [SocketEvents] public interface IEvents { void A(ValueWriter a, TypedSocketRedis.ValueReader b, DataPath c, TypedSocketRedis.Exception d, MessagePackReader e); }")]
    [InlineData("marked payloads",
        "[SocketPayload] public record P(int A); [SocketPayload] internal enum E { A } [SocketPayload] public struct S { public int A; } [SocketPayload, JsonDerivedType(typeof(D), \"d\")] public abstract record B; public record D : B; [SocketEvents] public interface IEvents { void A(P p); }")]
    [InlineData("half of a surrogate pair",
        "public class P { [JsonPropertyName(\"a\\ud800\")] public int A { get; set; } } [SocketEvents] public interface IEvents { [SocketEvent(\"b\\ud800\")] void A(P p); }")]
    [InlineData("names that could be joined",
        "namespace A { public record B_C(int X); } namespace A.B { public record C(int X); } namespace Demo { [SocketEvents] public interface IEvents { void A(global::A.B_C p, global::A.B.C q); } }")]
    [InlineData("a class of the generated name",
        "namespace Demo; [SocketEvents] public interface IChatEvents { void A(); } public static class ChatEventsExtensions { }")]
    [InlineData("two contracts but for the prefix",
        "namespace Demo; [SocketEvents] public interface IChat { void A(); } [SocketEvents] public interface Chat { void A(); }")]
    [InlineData("a type called as a formatter",
        "namespace Demo; public record Demo_PFormatter(int X); public record P(int X); [SocketEvents] public interface IEvents { void A(P p, Demo_PFormatter q); }")]
    [InlineData("structs",
        "public readonly record struct P(int X, string? Y); public struct Q { public int A; public P? P { get; init; } } [SocketEvents] public interface IEvents { void A(P p, P? q, Q r, P[] s, List<Q?> t); }")]
    [InlineData("an old context",
        "#nullable disable\npublic class P { public string A { get; set; } public List<string> B { get; set; } }\n[SocketEvents] public interface IEvents { void A(P p, string q, string[] r); }")]
    [InlineData("partial", "[SocketEvents] public partial interface IEvents { void A(); } public partial interface IEvents { void B(); }")]
    [InlineData("constraints of required members",
        "public class P { public required int A; public required string? B { get; set; } [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public P(int a) => A = a; } [SocketEvents] public interface IEvents { void A(P p); }")]
    [InlineData("acknowledged by one and by many",
        "namespace Demo; [SocketEvents] public interface IEvents { Task<P> A(int a, CancellationToken c = default); ValueTask<int?> B(); Task<string?> C(params int[] c); } [ServerEvents] public interface INodes { ValueTask<int?> B(); } public record P(int X); static class Use { static async Task Call(IBroadcast<IEvents> t, ISocketClient<IEvents> s, IServers<INodes> n, IEmitter<IEvents> e) { IReadOnlyList<P> a = await e.To(\"x\").WithTimeout(TimeSpan.FromSeconds(1)).A(1); await foreach (int? b in n.WithTimeout(TimeSpan.FromSeconds(1)).B()) { } AckResult<string?> c = await t.C(1, 2).ToResultAsync(); P p = await s.WithTimeout(TimeSpan.FromSeconds(1)).A(1); int? q = await s.B(); } }")]
    [InlineData("a diamond",
        "namespace Demo; public interface ITop { Task<int> A(int a); } public interface ILeft : ITop { void L(); } public interface IRight : ITop { void R(); } [SocketEvents] public interface IBottom : ILeft, IRight { void B(); } static class Use { static async Task Call(ISocketClient<IBottom> t) { t.L(); t.R(); t.B(); int a = await t.A(1); } }")]
    [InlineData("one event inherited twice",
        "namespace Demo; public interface ILeft { Task<int> A(int a); } public interface IRight { Task<int> A(int a); } [SocketEvents] public interface IBottom : ILeft, IRight; [SocketCommands] public interface IHandled : ILeft, IRight; static class Use { static async Task Call(ISocketClient<IBottom> t, IBroadcast<IBottom> b) { await t.A(1); await b.A(1); } }")]
    [InlineData("a hidden event",
        "namespace Demo; [SocketEvents] public interface IBase { void A(int a); } [SocketEvents] public interface IMore : IBase { new void A(int b); } static class Use { static void Call(IBroadcast<IMore> t, IBroadcast<IBase> u) { t.A(b: 1); u.A(a: 1); } }")]
    [InlineData("overloads with wire names of their own",
        "namespace Demo; [SocketEvents] public interface IEvents { [SocketEvent(\"a1\")] void A(int a); [SocketEvent(\"a2\")] void A(string a); }")]
    [InlineData("nested and acknowledged",
        "namespace Demo; public partial class Outer { public interface IOther { [SocketEvents] internal interface IInner { Task<Payload> A(Payload p); } [SocketCommands] internal interface IHandled { Task<Payload> A(Payload p); } } internal sealed record Payload(int X); }")]
    [InlineData("keywords and acknowledged",
        "namespace @event.@class; [SocketEvents] public interface @interface { Task<@struct> @new(int @if, @struct @else, int @handler, int @incoming, int @reader, int @options, int @arguments, int @value, int @target, int @data); } public sealed record @struct(int @int, string @string); [SocketCommands] public interface @class { Task<@struct> @new(int @if, @struct @else, int @handler, int @incoming, int @reader, int @options, int @arguments, int @value, CancellationToken @target); }")]
    [InlineData("odd names of events",
        "namespace Demo; [SocketEvents] public interface IEvents { void Handle(); void Ask(int a); Task<int> AsEvents(int a); void Instance(); void Dispatcher(); void Over(); void Event0(); void Sent(int a); void DispatchAsync(int a); void Größer(int größe); }")]
    [InlineData("odd names of parameters",
        "namespace Demo; [SocketEvents] public interface IEvents { Task<int> A(int target, int data, int reader, int options, int exception, int argument0, int _target); }")]
    [InlineData("classes of the generated names",
        "namespace Demo; [SocketEvents] public interface IChatEvents { Task<int> A(); } public static class ChatEventsExtensions { } [SocketCommands] public interface IChatCommands { Task<int> A(); } public static class ChatCommandsDispatcher { }")]
    [InlineData("acknowledged with a generic payload",
        "namespace Demo; public record Page<T>(List<T> Items, T? First); [SocketEvents] public interface IEvents { Task<Page<Dictionary<string, int?>>> A(Page<string?> p); ValueTask<List<byte[]>?> B(); }")]
    [InlineData("acknowledged in an old context",
        "#nullable disable\nnamespace Demo; public class P { public string A { get; set; } } [SocketEvents] public interface IEvents { Task<P> A(P p, string q); ValueTask<string> B(); }")]
    [InlineData("acknowledged without a namespace",
        "[SocketEvents] interface IEvents { Task<int> A(); } [SocketCommands] interface ICommands { Task<int> A(); } static class Use { static async Task<int> Call(ISocketClient<IEvents> t) => await t.A(); }")]
    [InlineData("memory and objects that may be null",
        "public record M(Memory<byte>? A, ReadOnlyMemory<byte>? B, ArraySegment<byte>? C); [SocketEvents] public interface IEvents { void A(ReadOnlyMemory<byte>? a, ArraySegment<byte>? b, M m); void B(object? c); }")]
    [InlineData("generic types that nest and are nested",
        "public class Outer<T> { public record Inner(T A); } public class Outer { public record Inner<T>(T A, int B); } [SocketEvents] public interface IEvents { void A(Outer<int>.Inner a); void B(Outer.Inner<int> b); }")]
    [InlineData("a parameter called as the type parameter",
        "[SocketEvents] public interface IEvents { void A(int TTarget, int THandler); Task<int> B(string TTarget); }")]
    [InlineData("nested contracts whose names could be joined",
        "[SocketEvents] public interface IChatEvents { void A(); } public class Chat { [SocketEvents] public interface IEvents { void A(); } } public class A { public class B { [SocketEvents] public interface IC { void A(); } } } public class AB { [SocketEvents] public interface IC { void A(); } }")]
    [InlineData("events called as the classes",
        "[SocketEvents] public interface IChat { void ChatExtensions(); void ChatDispatcher(); Task<int> ChatEvents(int a); }")]
    [InlineData("a class called as the assembly",
        "public class Consumer; public record P(int A); [SocketEvents] public interface IEvents { void A(P p); }")]
    [InlineData("a resolver of the author's own",
        "namespace Consumer; public class SocketEventsResolver; public record P(int A); [SocketEvents] public interface IEvents { void A(P p); }")]
    [InlineData("events that are errors to use",
        "[SocketEvents] public interface IEvents { [Obsolete(\"no\", true)] void A(int a); [Obsolete(\"no\", true, DiagnosticId = \"OLD1\")] Task<int> B(); [Obsolete] Task C(); }")]
    [InlineData("constructors and members of enums that are errors to use",
        "[JsonConverter(typeof(JsonStringEnumConverter))] public enum E { A, [Obsolete(\"no\", true)] B = -1 } public class P { [Obsolete(\"for others\", true)] public P() { } public P(E a) => A = a; public E A { get; set; } } [SocketEvents] public interface IEvents { void A(P p); }")]
    [InlineData("what other languages do not know",
        "[assembly: CLSCompliant(true)] [SocketEvents] public interface IEvents { void A(int a); Task<int> B(P p); } public record P(int A);")]
    [InlineData("a contract and one with the name of its events",
        "namespace Demo; [SocketEvents] public interface IChat { void A(); } [SocketEvents] public interface IChatEvents { void B(); } static class Use { static void Call(IBroadcast<IChat> a, IBroadcast<IChatEvents> b) { a.A(); b.B(); object o = new ChatEvents.B(); } }")]
    [InlineData("commands and events of one name but for the suffix",
        "namespace Demo; [SocketCommands] public interface IChatEvents { Task A(); } [SocketEvents] public interface IChat { void B(); } static class Use { static void Call(IBroadcast<IChat> b) { b.B(); object o = new ChatEvents.B(); } }")]
    [InlineData("a class of the name of the events",
        "namespace Demo; [SocketEvents] public interface IChat { void A(int a); } public static class ChatEvents { } static class Use { static void Call(IBroadcast<IChat> b) { b.A(1); object o = new ChatGeneratedEvents.A(1); } }")]
    [InlineData("events named like members of every record",
        "[SocketEvents] public interface IChat { void PrintMembers(int a); void Deconstruct(int a, string b); void Finalize(int a); void Write(int write, int Deconstruct, int printMembers, int toString, int getType); Task<int> ReadAck(int readAck); }")]
    [InlineData("parameters named like the event, like another but for case, and like keywords",
        "[SocketEvents] public interface IChat { void Said(string said, int a, int A, int A_, bool @class, int _, int __, int größe, int ÄÖ); void @class(int @class); void record(int record); void @record_(int value, int field, int init); } static class Use { static void Call(IBroadcast<IChat> b) { b.Said(\"a\", 1, 2, 3, true, 4, 5, 6, 7); object o = new ChatEvents.@class(Class: 1); } }")]
    [InlineData("a token named like what is generated",
        "[SocketEvents] public interface IChat { Task A(CancellationToken target); Task<int> B(int cancellationToken, int target); Task C(int cancellationToken, CancellationToken cancellationToken_ = default); void D(int a, CancellationToken target = default); } static class Use { static async Task Call(IBroadcast<IChat> b, ISocketClient<IChat> c, CancellationToken t) { await b.A(t); await b.A(); await c.B(1, 2, t); await c.B(1, 2); await b.C(1, t); b.D(1, t); } }")]
    [InlineData("awaitable events with a token that is not declared",
        "[SocketEvents] public interface IChat { Task A(int a = 1); ValueTask B(); Task<int> C(string? a = null, int b = 2); Task D(params int[] a); [SocketEvent(\"e2\")] void E(int a); Task E(string a); } static class Use { static async Task Call(IBroadcast<IChat> b, CancellationToken t) { await b.A(2, t); await b.A(cancellationToken: t); await b.B(t); await b.C(cancellationToken: t); await b.D(1, 2); b.E(1); await b.E(\"x\", t); } }")]
    [InlineData("server events",
        "namespace Demo; [ServerEvents(\"/a\")] public interface INodes { Task Changed(string key); Task<int> Count(int a, CancellationToken cancellationToken); ValueTask<P> Find(); ValueTask Done(params string[] keys); } public record P(int A); static class Use { static async Task Call(IServers<INodes> s, CancellationToken t) { await s.Changed(\"a\", t); Acks<int> a = s.WithTimeout(TimeSpan.FromSeconds(1)).Count(1); IReadOnlyList<P> p = await s.Find(t); await s.Done(\"a\", \"b\"); object o = new NodesEvents.Changed(\"a\"); } }")]
    [InlineData("commands named like members of the chain",
        "[SocketCommands] public interface ICommands { Task To(string room); Task<int> All(); ValueTask WithTimeout(); Task Send(int a); [SocketEvent(\"a1\")] Task A(int a); [SocketEvent(\"a2\")] Task A(int a, CancellationToken b); }")]
    [InlineData("experimental events",
        "using System.Diagnostics.CodeAnalysis; [SocketEvents] public interface IEvents { [Experimental(\"EXP1\")] void A(int a); [Experimental(\"EXP1\")] Task<int> B(); }")]
    [InlineData("events as values",
        "namespace Demo; public record P(int A); [SocketEvents] public interface IChat { void A(P p, int[] numbers, string? text); Task<int> B(int b); } static class Use { static bool Same() => new ChatEvents.A(new(1), [], null) == new ChatEvents.A(new(1), [], null) && new ChatEvents.B(1) is { B_: 1 }; }")]
    [InlineData("null as default in an old context",
        "#nullable disable\n[SocketEvents] public interface IEvents { Task<int> A(string a = null, int[] b = null, int? c = null); void B(object a = null); }")]
    public void A_valid_contract_compiles_without_a_warning(string what, string source)
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(source));
        var result = GeneratorHarness.Run(compilation);

        Assert.True(result.Diagnostics.IsEmpty, $"{what}: {string.Join("; ", result.Diagnostics)}");
        Assert.Empty(GeneratorHarness.Diagnose(compilation, result));
        Assert.NotEmpty(result.GeneratedSources);
    }

    [Theory]
    [InlineData("[SocketDerivedType(typeof(B), \"b\")]")]
    [InlineData("[SocketDerivedType]")]
    [InlineData("[JsonDerivedType]")]
    [InlineData("[JsonDerivedType(B)]")]
    [InlineData("[MessagePack.Union(typeof(B), 0)]")]
    public void A_payload_attribute_that_does_not_compile_is_reported_by_the_compiler(string attribute)
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(
            $"[SocketEvents] public interface IEvents {{ void E(A a); }} {attribute} public record A; public record B : A;"));
        var result = GeneratorHarness.Run(compilation);

        Assert.All(result.Diagnostics, d => Assert.Equal("TSR057", d.Id));
        Assert.All(GeneratorHarness.Diagnose(compilation, result), d => Assert.Equal("Contract.cs", d.Location.SourceTree?.FilePath));
        Assert.NotEmpty(result.GeneratedSources);
    }

    [Theory]
    [InlineData("an experimental contract",
        "using System.Diagnostics.CodeAnalysis; [Experimental(\"EXP1\"), SocketEvents] public interface IEvents { void A(P a); Task<P> B(); } [Experimental(\"EXP1\")] public record P(int A);")]
    [InlineData("members that may be null and not become it",
        "using System.Diagnostics.CodeAnalysis; public class P { [DisallowNull] public string? A { get; set; } } [SocketEvents] public interface IEvents { void A(P a); }")]
    public void Warnings_in_generated_code_are_suppressed_for_users(string what, string source)
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(source));
        var result = GeneratorHarness.Run(compilation);

        Assert.True(result.Diagnostics.IsEmpty, $"{what}: {string.Join("; ", result.Diagnostics)}");
        Assert.NotEmpty(GeneratorHarness.Diagnose(compilation, result));
        Assert.Empty(GeneratorHarness.Diagnose(compilation, result, inUserProject: true));
    }

    [Theory]
    [InlineData("t.A()", "EXP1",
        "[System.Diagnostics.CodeAnalysis.Experimental(\"EXP1\", UrlFormat = \"https://example.com/{0}\")] void A();")]
    [InlineData("await t.A()", "EXP1", "[System.Diagnostics.CodeAnalysis.Experimental(\"EXP1\")] Task<int> A();")]
    [InlineData("await s.A()", "EXP1", "[System.Diagnostics.CodeAnalysis.Experimental(\"EXP1\")] Task<int> A();")]
    [InlineData("t.A()", "OLD1", "[Obsolete(\"gone\", DiagnosticId = \"OLD1\")] void A();")]
    [InlineData("await t.A()", "CS0612", "[Obsolete] Task<int> A();")]
    [InlineData("await s.A()", "CS0619", "[Obsolete(\"gone\", true)] Task<int> A();")]
    public void Diagnostics_of_an_event_are_reported_where_it_is_sent(string call, string id, string method)
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(
            $"[SocketEvents] public interface IEvents {{ {method} }} class Use {{ async Task Call(IBroadcast<IEvents> t, ISocketClient<IEvents> s) {{ await Task.Yield(); {call}; }} }}"));

        var diagnostic = Assert.Single(GeneratorHarness.Diagnose(compilation, GeneratorHarness.Run(compilation), inUserProject: true));

        Assert.Equal((id, "Contract.cs"), (diagnostic.Id, diagnostic.Location.SourceTree!.FilePath));
    }

    [Fact]
    public void The_same_contracts_in_other_files_give_the_same_code()
    {
        const string One =
            "namespace Demo; public record A(int X, string? Y); [SocketEvents] public interface IOne { void S(A a, List<A> all); } [SocketPayload] public record C(A A);";
        const string Two =
            "#nullable disable\nnamespace Demo; public record B(string X); [SocketEvents] public interface ITwo { void S(B b, A a, Dictionary<string, A> more); }";
        string[] forth = [.. Sources(One, Two)];
        Assert.Equal(forth, Sources(Two, One));
        Assert.Equal(7, forth.Length);

        static IEnumerable<string> Sources(string first, string second) => GeneratorHarness.Run(GeneratorHarness.Compile(
            GeneratorHarness.File(first, "1.cs"), GeneratorHarness.File(second, "2.cs"))).GeneratedSources.Select(
                s => s.SourceText.ToString()).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void The_methods_inherit_the_documentation_of_the_interface()
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File("""
            namespace Demo;
            [SocketEvents] public interface IEvents { void A(List<int?[]> a, CancellationToken b); void B(); static void B(int b) { } }
            """));
        var result = GeneratorHarness.Run(compilation);
        Assert.Empty(GeneratorHarness.Diagnose(compilation, result));
        var whole = compilation.AddSyntaxTrees(
            result.GeneratedSources.Select(s => GeneratorHarness.File(s.SourceText.ToString(), s.HintName)));
        var methods = whole.GetTypeByMetadataName("Demo.EventsExtensions")!.GetMembers().OfType<IMethodSymbol>();
        var contract = whole.GetTypeByMetadataName("Demo.IEvents")!;
        Assert.Equal(
            ["A", "B"],
            methods.Select(m => contract.GetMembers(m.Name).First()).Zip(methods)
                .Where(p => Documented(p.Second) == p.First.GetDocumentationCommentId()).Select(p => p.Second.Name));

        static string? Documented(ISymbol method) =>
            System.Xml.Linq.XElement.Parse(method.GetDocumentationCommentXml()!).Element("inheritdoc")?.Attribute("cref")?.Value;
    }
}
