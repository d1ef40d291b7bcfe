using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedSocketRedis.Generator;
using TypedSocketRedis.Tests.Handlers;
using TypedSocketRedis.Tests.History;
using Xunit;

namespace TypedSocketRedis.Tests;

public sealed class DiagnosticTests
{
    private const string Long = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
    private const string Longer = Long + Long + Long + Long;
    private const string LongName = Longer + Longer + Longer + Longer;

    // The attributes of ASP.NET Core, which the compilations of these tests do not reference.
    private const string Authorization =
        "namespace Microsoft.AspNetCore.Authorization { public interface IAuthorizeData; public interface IAllowAnonymous; "
        + "public class AuthorizeAttribute : Attribute, IAuthorizeData; public class AllowAnonymousAttribute : Attribute, IAllowAnonymous; }";

    [Theory]
    [InlineData("TSR079", "names", "[SocketEvents] public interface IBroken { void A([Spread] string[] names, int size); }")]
    [InlineData("TSR080", "Optional<int>", "[SocketEvents] public interface IBroken { void A(Optional<int> value); }")]
    [InlineData("TSR001", "IBroken", "[SocketEvents] public interface IBroken<T> { void A(); }")]
    [InlineData("TSR013", "IBroken", "public class Outer { [SocketEvents] private interface IBroken { void A(); } }")]
    [InlineData("TSR013", "IBroken", "[SocketEvents] file interface IBroken { void A(); }")]
    [InlineData("TSR002", "Count", "[SocketEvents] public interface IBroken { int Count { get; } }")]
    [InlineData("TSR002", "Changed", "[SocketEvents] public interface IBroken { event Action Changed; }")]
    [InlineData("TSR002", "this", "[SocketEvents] public interface IBroken { int this[int i] { get; } }")]
    [InlineData("TSR014", "Any", "[SocketEvents] public interface IBroken { void Any<T>(T value); }")]
    [InlineData("TSR015", "Own", "[SocketEvents] public interface IBroken { void Own() { } }")]
    [InlineData("TSR015", "Static", "[SocketEvents] public interface IBroken { static abstract void Static(); }")]
    [InlineData("TSR003", "a", "[SocketEvents] public interface IBroken { void A(ref int a); }")]
    [InlineData("TSR003", "a", "[SocketEvents] public interface IBroken { void A(out int a); }")]
    [InlineData("TSR003", "a", "[SocketEvents] public interface IBroken { void A(in int a); }")]
    [InlineData("TSR004", "int", "[SocketEvents] public interface IBroken { int A(); }")]
    [InlineData("TSR004", "IAsyncEnumerable<int>", "[SocketEvents] public interface IBroken { IAsyncEnumerable<int> A(); }")]
    [InlineData("TSR005", "Action", "[SocketEvents] public interface IBroken { Task<Action> A(); }")]
    [InlineData("TSR027", "Task", "[SocketEvents] public interface IBroken { ValueTask<Task> A(); }")]
    [InlineData("TSR005", "Action", "[SocketEvents] public interface IBroken { void A(Action what); }")]
    [InlineData("TSR025", "int[,]", "[SocketEvents] public interface IBroken { void A(int[,] what); }")]
    [InlineData("TSR005", "Row", "public ref struct Row; [SocketEvents] public interface IBroken { void A(Row what); }")]
    [InlineData("TSR027", "Span<int>", "[SocketEvents] public interface IBroken { void A(Span<int> what); }")]
    [InlineData("TSR027", "CancellationToken", "[SocketEvents] public interface IBroken { void A(CancellationToken first, int second); }")]
    [InlineData("TSR029", "Shape", "public abstract class Shape; [SocketEvents] public interface IBroken { void A(Shape what); }")]
    [InlineData("TSR034", "Next",
        "public record Loop<T>(Loop<List<T>> Next); [SocketEvents] public interface IBroken { void A(Loop<int> what); }")]
    [InlineData("TSR046", "B",
        "public record Twice(int A, [property: JsonPropertyName(\"a\")] int B); [SocketEvents] public interface IBroken { void A(Twice what); }")]
    [InlineData("TSR037", "Closed",
        "public class Closed { public Closed(int other) { } public int A { get; set; } } [SocketEvents] public interface IBroken { void A(Closed what); }")]
    [InlineData("TSR026", "dynamic", "[SocketEvents] public interface IBroken { void A(dynamic what); }")]
    [InlineData("TSR027", "PriorityQueue<int, int>", "[SocketEvents] public interface IBroken { void A(PriorityQueue<int, int> what); }")]
    [InlineData("TSR081", "System.Linq.IGrouping<int, string>", "[SocketEvents] public interface IBroken { Task<System.Linq.IGrouping<int, string>> A(); }")]
    [InlineData("TSR082", "B",
        "public record Twice(int A) { [System.ComponentModel.DataAnnotations.Compare(\"A\")] public int B { get; set; } } [SocketEvents] public interface IBroken { void A(Twice what); }")]
    [InlineData("TSR029", "IShape",
        "public interface IShape { int A { get; } } [SocketEvents] public interface IBroken { void A(IShape what); }")]
    [InlineData("TSR036", "Rest",
        "public class More { [JsonExtensionData] public Dictionary<string, object>? Rest { get; set; } } [SocketEvents] public interface IBroken { void A(More what); }")]
    [InlineData("TSR036", "A",
        "public class Quoted { [JsonNumberHandling(JsonNumberHandling.WriteAsString)] public int A { get; set; } } [SocketEvents] public interface IBroken { void A(Quoted what); }")]
    [InlineData("TSR040", "A",
        "public class Closed { [JsonInclude] private int A { get; set; } } [SocketEvents] public interface IBroken { void A(Closed what); }")]
    [InlineData("TSR041", "A",
        "public class Closed { [JsonInclude] public int A { get; private set; } } [SocketEvents] public interface IBroken { void A(Closed what); }")]
    [InlineData("TSR039", "Closed",
        "public class Closed { public Closed() { } [JsonConstructor] private Closed(int a) { A = a; } public int A { get; set; } } [SocketEvents] public interface IBroken { void A(Closed what); }")]
    [InlineData("TSR005", "Tuple<int, Action>", "[SocketEvents] public interface IBroken { void A(Tuple<int, Action> what); }")]
    [InlineData("TSR006", "To", "[SocketEvents] public interface IBroken { void To(string room); }")]
    [InlineData("TSR006", "WithTimeout", "[SocketEvents] public interface IBroken { void WithTimeout(); }")]
    [InlineData("TSR006", "Equals", "[SocketEvents] public interface IBroken { void Equals(int a); }")]
    [InlineData("TSR007", "SocketEvent(\"a\")", "[SocketEvents] public interface IBroken { void A(); [SocketEvent(\"a\")] void B(); }")]
    [InlineData("TSR007", "A",
        "[SocketEvents] public interface IBroken { void B(); void A(int a); [SocketEvent(\"x\")] void A(); void A(string a); }")]
    [InlineData("TSR008", "Disconnect", "[SocketEvents] public interface IBroken { void Disconnect(); }")]
    [InlineData("TSR008", "SocketEvent(\"connect_error\")",
        "[SocketEvents] public interface IBroken { [SocketEvent(\"connect_error\")] void Failed(); }")]
    [InlineData("TSR049", "SocketEvent(\"\")", "[SocketEvents] public interface IBroken { [SocketEvent(\"\")] void A(); }")]
    [InlineData("TSR049", "SocketEvent(null!)", "[SocketEvents] public interface IBroken { [SocketEvent(null!)] void A(); }")]
    [InlineData("TSR009", "SocketEvents(\"/a,b\")", "[SocketEvents(\"/a,b\")] public interface IBroken { void A(); }")]
    [InlineData("TSR047", $"SocketEvents(\"{LongName}\")", $"[SocketEvents(\"{LongName}\")] public interface IBroken {{ void A(); }}")]
    [InlineData("TSR048", "SocketEvents(null!)", "[SocketEvents(null!)] public interface IBroken { void A(); }")]
    [InlineData("TSR015", "Sum",
        "public interface IBase { static abstract int Sum(); } [SocketEvents] public interface IBroken : IBase { void A(); }")]
    [InlineData("TSR044", "A",
        "public class Old { [Obsolete(\"no\", true)] public int A { get; set; } } [SocketEvents] public interface IBroken { void A(Old what); }")]
    [InlineData("TSR027", "IDisposable", "[SocketEvents] public interface IBroken { void A(IDisposable what); }")]
    [InlineData("TSR010", "A",
        "public interface IOne { [SocketEvent(\"a\")] void A(); } [SocketEvents] public interface IBroken : IOne { [SocketEvent(\"b\")] new void A(); }")]
    [InlineData("TSR010", "A",
        "public interface IOne { void A(int a); } public interface ITwo { Task A(int a); } [SocketEvents] public interface IBroken : ITwo, IOne;")]
    [InlineData("TSR020", "Money",
        "public class C : System.Text.Json.Serialization.JsonConverter<Money> { public override Money? Read(ref System.Text.Json.Utf8JsonReader r, Type t, System.Text.Json.JsonSerializerOptions o) => null; public override void Write(System.Text.Json.Utf8JsonWriter w, Money v, System.Text.Json.JsonSerializerOptions o) { } } [JsonConverter(typeof(C))] public record Money(int A); [SocketEvents] public interface IBroken { void A(Money what); }")]
    [InlineData("TSR051", "A",
        "public class Day { [JsonConverter(typeof(JsonStringEnumConverter))] public int A { get; set; } } [SocketEvents] public interface IBroken { void A(Day what); }")]
    [InlineData("TSR052", "B",
        "[JsonConverter(typeof(JsonStringEnumConverter))] public enum Text { [JsonStringEnumMemberName(\"x\")] A, [JsonStringEnumMemberName(\"x\")] B } [SocketEvents] public interface IBroken { void A(Text what); }")]
    [InlineData("TSR022", "Shape",
        "[JsonDerivedType(typeof(Round), \"a\"), JsonDerivedType(typeof(Flat), \"a\")] public abstract class Shape; public class Round : Shape; public class Flat : Shape; [SocketEvents] public interface IBroken { void A(Shape what); }")]
    [InlineData("TSR053", "Shape",
        "[JsonDerivedType(typeof(string), \"a\")] public abstract class Shape; [SocketEvents] public interface IBroken { void A(Shape what); }")]
    [InlineData("TSR054", "Shape",
        "[JsonDerivedType(typeof(Round), \"a\")] public abstract class Shape; public abstract class Round : Shape; [SocketEvents] public interface IBroken { void A(Shape what); }")]
    [InlineData("TSR057", "Shape",
        "[JsonPolymorphic] public abstract class Shape; [SocketEvents] public interface IBroken { void A(Shape what); }")]
    [InlineData("TSR059", "Round",
        "[JsonPolymorphic(TypeDiscriminatorPropertyName = \"a\"), JsonDerivedType(typeof(Round), \"r\")] public class Shape; public class Round : Shape { public int A { get; set; } } [SocketEvents] public interface IBroken { void A(Shape what); }")]
    [InlineData("TSR060", "Shape",
        "[JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToNearestAncestor), JsonDerivedType(typeof(Round), \"r\")] public class Shape; public class Round : Shape; [SocketEvents] public interface IBroken { void A(Shape what); }")]
    [InlineData("TSR023", "Money",
        "[MessagePack.MessagePackFormatter(typeof(string))] public record Money(int A); [SocketEvents] public interface IBroken { void A(Money what); }")]
    [InlineData("TSR024", "Dictionary<(int, int), int>", "[SocketEvents] public interface IBroken { void A(Dictionary<(int, int), int> what); }")]
    [InlineData("TSR024", "Dictionary<Id, int>",
        "public readonly record struct Id(int A); [SocketEvents] public interface IBroken { void A(Dictionary<Id, int> what); }")]
    [InlineData("TSR030", "Own",
        "public class Own : System.Collections.IEnumerable { public System.Collections.IEnumerator GetEnumerator() => null!; } [SocketEvents] public interface IBroken { void A(Own what); }")]
    [InlineData("TSR030", "Own",
        "public class Own : IEnumerable<int>, IEnumerable<string> { IEnumerator<int> IEnumerable<int>.GetEnumerator() => null!; IEnumerator<string> IEnumerable<string>.GetEnumerator() => null!; System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => null!; } [SocketEvents] public interface IBroken { void A(Own what); }")]
    [InlineData("TSR045", "A",
        "public class Need { [JsonIgnore] public required int A { get; set; } } [SocketEvents] public interface IBroken { void A(Need what); }")]
    [InlineData("TSR005", "A", "[SocketPayload] public class Bad { public Action? A { get; set; } }")]
    [InlineData("TSR035", "Open", "[SocketPayload] public record Open<T>(T A);")]
    [InlineData("TSR031", "Bad", "public class Outer { [SocketPayload] private record Bad(int A); }")]
    [InlineData("TSR057", "Bad", "[SocketPayload, JsonPolymorphic] public abstract class Bad;")]
    [InlineData("TSR017", "Many", "[SocketEvents] public interface IBroken { void Many(__arglist); }")]
    [InlineData("TSR016", "Hidden", "[SocketEvents] public interface IBroken { protected void Hidden(); void A(); }")]
    [InlineData("TSR027", "ValueTuple", "[SocketEvents] public interface IBroken { void A(ValueTuple what); }")]
    [InlineData("TSR042", "A",
        "public class Early { public int A { get; set; } } public class Late : Early { public new static int A; } [SocketEvents] public interface IBroken { void A(Late what); }")]
    [InlineData("TSR042", "A",
        "public class Early { public int A { get; set; } } public class Late : Early { internal new string? A { get; set; } } [SocketEvents] public interface IBroken { void A(Late what); }")]
    [InlineData("TSR028", "SocketId", "[SocketEvents] public interface IBroken { void A(SocketId what); }")]
    [InlineData("TSR028", "IBroadcast<IBroken>", "[SocketEvents] public interface IBroken { void A(IBroadcast<IBroken> what); }")]
    [InlineData("TSR050", "A",
        "public class Day { [JsonConverter(typeof(JsonStringEnumConverter<ConsoleKey>))] public DayOfWeek A { get; set; } } [SocketEvents] public interface IBroken { void A(Day what); }")]
    [InlineData("TSR010", "A",
        "[SocketEvents] public interface IBroken { Task A(int a); [SocketEvent(\"b\")] Task A(int a, CancellationToken b); }")]
    [InlineData("TSR066", "void", "[SocketCommands] public interface IBroken { void A(); Task B(); }")]
    [InlineData("TSR066", "int", "[SocketCommands] public interface IBroken { int A(); }")]
    [InlineData("TSR066", "ref Task", "[SocketCommands] public interface IBroken { ref Task A(); }")]
    [InlineData("TSR066", "void", "[ServerEvents] public interface IBroken { void A(int a); Task<int> B(); }")]
    [InlineData("TSR066", "IAsyncEnumerable<int>", "[ServerEvents] public interface IBroken { IAsyncEnumerable<int> A(); }")]
    [InlineData("TSR067", "SocketCommands", "[SocketEvents, SocketCommands] public interface IBroken { void A(); Task B(); }")]
    [InlineData("TSR067", "ServerEvents(\"/a\")", "[ServerEvents(\"/a\"), SocketCommands] public interface IBroken { Task B(); }")]
    [InlineData("TSR067", "SocketCommands", "[SocketCommands] public partial interface IBroken { Task<int> B(); } [SocketEvents] partial interface IBroken;")]
    [InlineData("TSR068", "IBroken", "[SocketEvents] public interface IBase { Task A(); } [SocketCommands] public interface IBroken : IBase { Task B(); }")]
    [InlineData("TSR068", "IBroken", "[SocketCommands] public interface IBase { Task A(); } public interface IMiddle : IBase; [SocketEvents] public interface IBroken : IMiddle;")]
    [InlineData("TSR068", "IBroken", "[ServerEvents] public interface IBase { Task A(); } [SocketEvents] public interface IBroken : IBase { void B(); }")]
    [InlineData("TSR069", "Microsoft.AspNetCore.Authorization.Authorize", "[SocketCommands] public interface IBroken { [Microsoft.AspNetCore.Authorization.Authorize] Task A(); Task B(); } " + Authorization)]
    [InlineData("TSR069", "Microsoft.AspNetCore.Authorization.AllowAnonymous", "[SocketCommands] public interface IBroken { [Microsoft.AspNetCore.Authorization.AllowAnonymous] Task A(); } " + Authorization)]
    [InlineData("TSR069", "Admins", "public class AdminsAttribute : Microsoft.AspNetCore.Authorization.AuthorizeAttribute; public interface IBase { [Admins] Task A(); } [SocketCommands] public interface IBroken : IBase; " + Authorization)]
    [InlineData("TSR069", "Microsoft.AspNetCore.Authorization.Authorize", "[SocketEvents] public interface IBroken { [Microsoft.AspNetCore.Authorization.Authorize] void A(); } " + Authorization)]
    [InlineData("TSR010", "A",
        "public interface IOne { void A((int X, int Y) a); } public interface ITwo { void A((int P, int Q) a); } [SocketEvents] public interface IBroken : ITwo, IOne;")]
    [InlineData("TSR010", "A",
        "public interface IOne<T> { Task A(T a); } [SocketEvents] public interface IBroken : IOne<List<DateTime>> { new void A(List<DateTime> a); }")]
    [InlineData("TSR012", "IBroken", "[Obsolete(\"no\", true), SocketEvents] public interface IBroken { void A(); }")]
    [InlineData("TSR034", "Next",
        "public record Grown<T>(Grown<(T, T)>? Next); [SocketEvents] public interface IBroken { void A(Grown<int> what); }")]
    [InlineData("TSR037", "Old",
        "public class Old { [Obsolete(\"no\", true)] public Old() { } public int A { get; set; } } [SocketEvents] public interface IBroken { void A(Old what); }")]
    [InlineData("TSR044", "A",
        "public class Old { public int A { get; [Obsolete(\"no\", true)] set; } } [SocketEvents] public interface IBroken { void A(Old what); }")]
    [InlineData("TSR004", "ref int", "[SocketEvents] public interface IBroken { ref int A(); void B(); }")]
    [InlineData("TSR004", "ref Task", "[SocketEvents] public interface IBroken { ref Task A(); }")]
    [InlineData("TSR004", "ref Task<int>", "[SocketEvents] public interface IBroken { ref Task<int> A(int a); }")]
    [InlineData("TSR004", "ref readonly ValueTask", "[SocketEvents] public interface IBroken { ref readonly ValueTask A(); }")]
    [InlineData("TSR004", "ref readonly int[]", "[SocketEvents] public interface IBroken { ref readonly int[] A(); }")]
    [InlineData("TSR004", "ref string", "public interface IBase { ref string A(); } [SocketEvents] public interface IBroken : IBase;")]
    [InlineData("TSR003", "stop", "[SocketEvents] public interface IBroken { void A(ref CancellationToken stop); }")]
    [InlineData("TSR003", "stop", "[SocketEvents] public interface IBroken { Task<int> A(in CancellationToken stop); }")]
    [InlineData("TSR038", "Changed",
        "public class Changed { public Changed(ref int a) => A = a; public int A { get; } } [SocketEvents] public interface IBroken { void A(Changed what); }")]
    [InlineData("TSR018", "IBroken", "[SocketEvents] public interface IBroken : IDisposable { void A(); }")]
    [InlineData("TSR018", "IBroken", "[SocketEvents] public interface IBroken : IAsyncDisposable { void A(); }")]
    [InlineData("TSR018", "IBroken",
        "public interface IBase : IDisposable { void B(); } [SocketEvents] public interface IBroken : IBase { void A(); }")]
    [InlineData("TSR032", "Old",
        "[Obsolete(\"no\", true)] public record Old(int A); [SocketEvents] public interface IBroken { [Obsolete(\"no\", true)] void A(Old what); }")]
    [InlineData("TSR055", "Shape",
        "[JsonDerivedType(typeof(Round<>), \"r\")] public abstract class Shape; public class Round<T> : Shape; [SocketEvents] public interface IBroken { void A(Shape what); }")]
    [InlineData("TSR056", "Shape",
        "[JsonDerivedType(typeof(Round), \"r\")] public abstract class Shape { private protected class Round : Shape; } [SocketEvents] public interface IBroken { void A(Shape what); }")]
    [InlineData("TSR058", "Shape",
        "[JsonDerivedType(typeof(Round), \"a\"), JsonDerivedType(typeof(Round), \"b\")] public abstract class Shape; public class Round : Shape; [SocketEvents] public interface IBroken { void A(Shape what); }")]
    [InlineData("TSR061", "Shape",
        "[JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType), JsonDerivedType(typeof(Round), \"r\")] public abstract class Shape; public class Round : Shape; [SocketEvents] public interface IBroken { void A(Shape what); }")]
    [InlineData("TSR062", "Money",
        "[MessagePack.MessagePackFormatter(null!)] public record Money(int A); [SocketEvents] public interface IBroken { void A(Money what); }")]
    [InlineData("TSR063", "A",
        "public class P { [MessagePack.MessagePackFormatter(typeof(MessagePack.Formatters.Int32Formatter), 1)] public int A { get; set; } } [SocketEvents] public interface IBroken { void A(P what); }")]
    [InlineData("TSR065", "A",
        "public class P { [MessagePack.MessagePackFormatter(typeof(F))] public int A { get; set; } } public abstract class F : MessagePack.Formatters.IMessagePackFormatter<int> { public abstract void Serialize(ref MessagePack.MessagePackWriter w, int v, MessagePack.MessagePackSerializerOptions o); public abstract int Deserialize(ref MessagePack.MessagePackReader r, MessagePack.MessagePackSerializerOptions o); } [SocketEvents] public interface IBroken { void A(P what); }")]
    [InlineData("TSR065", "A",
        "public class P { [MessagePack.MessagePackFormatter(typeof(MessagePack.Formatters.ListFormatter<>))] public int A { get; set; } } [SocketEvents] public interface IBroken { void A(P what); }")]
    [InlineData("TSR064", "A",
        "public class P { [MessagePack.MessagePackFormatter(typeof(F))] public int A { get; set; } private class F : MessagePack.Formatters.IMessagePackFormatter<int> { public void Serialize(ref MessagePack.MessagePackWriter w, int v, MessagePack.MessagePackSerializerOptions o) { } public int Deserialize(ref MessagePack.MessagePackReader r, MessagePack.MessagePackSerializerOptions o) => 0; } } [SocketEvents] public interface IBroken { void A(P what); }")]
    public void An_invalid_contract_reports_exactly_one_error_at_its_location(string id, string span, string source)
    {
        var file = GeneratorHarness.File(source);
        var compilation = GeneratorHarness.Compile(file);
        var result = GeneratorHarness.Run(compilation);

        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Equal(span, source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Equal("Contract.cs", diagnostic.Location.GetLineSpan().Path);
        Assert.Empty(GeneratorHarness.Diagnose(compilation, result));
    }

    [Theory]
    [InlineData("TSR021", "A",
        "public class Long { [JsonPropertyName(\"LONG\")] public int A { get; set; } } [SocketEvents] public interface IBroken { void A(Long what); }")]
    [InlineData("TSR021", "SocketEvent(\"LONG\")", "[SocketEvents] public interface IBroken { [SocketEvent(\"LONG\")] void A(); }")]
    public void A_name_of_70_000_bytes_is_refused(string id, string span, string source) =>
        An_invalid_contract_reports_exactly_one_error_at_its_location(
            id, span.Replace("LONG", new string('x', 70_000)), source.Replace("LONG", new string('x', 70_000)));

    [Theory]
    [InlineData("TSR019", "IBroken", "[SocketEvents] public interface IBroken : Odd.IBase;")]
    [InlineData("TSR033", "Odd.Holder", "[SocketEvents] public interface IBroken { void A(Odd.Holder h); }")]
    [InlineData("TSR043", "Odd.Payload", "[SocketEvents] public interface IBroken { void A(Odd.Payload p); }")]
    public void A_name_of_another_language_is_refused_at_its_use(string id, string span, string source)
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(source)).WithReferences(InjectionTests.References("a b"));
        var result = GeneratorHarness.Run(compilation);

        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(span, source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Empty(GeneratorHarness.Diagnose(compilation, result));
    }

    [Fact]
    public void A_test_reaches_every_descriptor()
    {
        var declared = typeof(Descriptors).GetFields(BindingFlags.Static | BindingFlags.Public).Select(f => f.GetValue(null))
            .OfType<DiagnosticDescriptor>().Select(d => d.Id);
        var reached = new[] { typeof(DiagnosticTests), typeof(HandlerDiagnosticTests), typeof(HistoryDiagnosticTests) }
            .SelectMany(t => t.GetMethods()).SelectMany(m => m.GetCustomAttributes<InlineDataAttribute>())
            .Select(a => a.Data[0]).OfType<string>().Where(text => text.StartsWith("TSR", StringComparison.Ordinal))
            .Select(text => text.Split(' ')[0]).Where(id => !Generator.Analysis.Advice.All.Any(d => d.Id == id)).Distinct();
        Assert.Equal(declared.Order(StringComparer.Ordinal), reached.Order(StringComparer.Ordinal));
        Assert.Equal(declared, Descriptors.All.Select(d => d.Id));
    }

    [Fact]
    public void A_nested_property_is_reported_at_its_declaration_with_its_use()
    {
        const string source = """
            public record Order(List<Line> Lines);
            public record Line(int Id, Action Handler);
            [SocketEvents] public interface IOrderEvents { void Placed(Order order); void Cancelled(int id); }
            """;
        var result = GeneratorHarness.Run(GeneratorHarness.Compile(GeneratorHarness.File(source)));

        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.StartsWith("'Line.Handler' cannot be sent because 'Action' is a delegate", diagnostic.GetMessage(null),
            StringComparison.Ordinal);
        Assert.Equal("Handler", Text(diagnostic.Location));
        Assert.Equal("Order", Text(Assert.Single(diagnostic.AdditionalLocations)));
        Assert.Contains("Cancelled", result.GeneratedSources.Single(s => s.HintName == "IOrderEvents.Events.g.cs").SourceText.ToString(),
            StringComparison.Ordinal);

        static string Text(Location location) => source.Substring(location.SourceSpan.Start, location.SourceSpan.Length);
    }

    [Fact]
    public void Overloads_that_differ_only_by_ref_are_no_redeclaration()
    {
        var compilation = GeneratorHarness.Compile(
            GeneratorHarness.File("[SocketEvents] public interface IBroken { void A(int a); [SocketEvent(\"b\")] void A(ref int a); }"));
        var result = GeneratorHarness.Run(compilation);
        Assert.Equal("TSR003", Assert.Single(result.Diagnostics).Id);
        Assert.Empty(GeneratorHarness.Diagnose(compilation, result));
    }

    [Fact]
    public void An_interface_without_a_namespace_is_named_as_it_is_written()
    {
        var result = GeneratorHarness.Run(GeneratorHarness.Compile(GeneratorHarness.File(
            "public interface IOne { void A(); } [SocketEvents] public interface ITwo : IOne { new Task A(); }")));
        Assert.Contains("by 'IOne' and by 'ITwo'", Assert.Single(result.Diagnostics).GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeated_attribute_on_the_parts_of_a_type_is_left_to_the_compiler()
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File("""
            [SocketEvents] public partial interface ITwice { void A(Bad bad); }
            [SocketEvents] public partial interface ITwice { void B(); }
            [SocketPayload] public partial class Bad { public Action? A { get; set; } }
            [SocketPayload] public partial class Bad;
            """));
        var result = GeneratorHarness.Run(compilation);

        Assert.Equal(["TSR005"], result.Diagnostics.Select(d => d.Id));
        Assert.All(GeneratorHarness.Diagnose(compilation, result), d => Assert.Equal("CS0579", d.Id));
        Assert.Contains("void B(this", result.GeneratedSources.Single(s => s.HintName == "ITwice.Events.g.cs").SourceText.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_type_is_left_to_the_compiler()
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(
            "[SocketEvents] public interface IBroken { void A(Missing what); void B(List<Missing> what); void C(int fine); }"));
        var result = GeneratorHarness.Run(compilation);

        Assert.Empty(result.Diagnostics);
        Assert.All(GeneratorHarness.Diagnose(compilation, result), d => Assert.Equal("Contract.cs", d.Location.SourceTree?.FilePath));
    }

    [Theory]
    [InlineData("TSR011", LanguageVersion.CSharp12, "12.0")]
    [InlineData("TSR011", LanguageVersion.CSharp11, "11.0")]
    [InlineData("TSR011", LanguageVersion.CSharp10, "10.0")]
    [InlineData("TSR011", LanguageVersion.CSharp9, "9.0")]
    [InlineData("TSR011", LanguageVersion.CSharp8, "8.0")]
    public void An_old_language_version_reports_one_error_and_calls_still_bind(string id, LanguageVersion version, string name)
    {
        var (compilation, result) = Run(version);

        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(
            $"The library requires C# 13, but this project is compiled as C# {name}. Remove LangVersion, or set it to 13 or later.",
            diagnostic.GetMessage(null));
        Assert.Equal(["D.ICommands.Events.g.cs", "D.IEvents.Events.g.cs"], result.GeneratedSources.Select(s => s.HintName).Order());
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void No_code_is_generated_for_a_language_version_without_nullable_annotations()
    {
        var (_, result) = Run(LanguageVersion.CSharp7_3);
        Assert.Equal("TSR011", Assert.Single(result.Diagnostics).Id);
        Assert.Empty(result.GeneratedSources);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.CSharp14)]
    [InlineData(LanguageVersion.Default)]
    [InlineData(LanguageVersion.Preview)]
    public void Newer_language_versions_compile_the_generated_code(LanguageVersion version)
    {
        var (compilation, result) = Run(version);
        Assert.Empty(result.Diagnostics);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error));
    }

    private static (Compilation Whole, GeneratorRunResult Result) Run(LanguageVersion version)
    {
        const string Source = """
            using System; using System.Collections.Generic; using System.Threading.Tasks; using TypedSocketRedis;
            namespace D
            {
                public class P { public int A { get; set; } public List<string> B { get; set; } }
                [SocketEvents] public interface IEvents { void A(P p, string s = "x"); Task B(params int[] a); Task<int> C(P[] a); }
                [SocketCommands] public interface ICommands { Task A(P p, string s = "x"); Task<int> C(P[] a); }
                class Handler : ICommands { public Task A(P p, string s) => null; public Task<int> C(P[] a) => null; }
                static class Use
                {
                    static async Task Call(IBroadcast<IEvents> t)
                    {
                        t.A(new P());
                        await t.B(1, 2);
                        await t.C(new P[0]);
                    }
                }
            }
            """;
        var options = new CSharpParseOptions(version);
        var compilation = GeneratorHarness.Compile().RemoveAllSyntaxTrees()
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(Source, options, "Contract.cs", System.Text.Encoding.UTF8));
        compilation = compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new BroadcastGenerator().AsSourceGenerator()], parseOptions: options);
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var whole, out _, TestContext.Current.CancellationToken);
        return (whole, GeneratorHarness.Result(driver));
    }
}
