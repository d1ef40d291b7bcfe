using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>The texts of errors, with the type at fault and applicable advice.</summary>
public sealed class MessageTests
{
    private const string Bytes = "Send the bytes as byte[] or ReadOnlyMemory<byte>";
    private const string Values = "Send an array or a list, or one event for each value";

    [Theory]
    [InlineData("System.IO.Stream", "Stream", Bytes)]
    [InlineData("System.IO.MemoryStream", "MemoryStream", Bytes)]
    [InlineData("Type", "Type", "Send a name as string")]
    [InlineData("System.Threading.Channels.ChannelReader<int>", "ChannelReader<int>", Values)]
    [InlineData("IAsyncEnumerable<int>", "IAsyncEnumerable<int>", Values)]
    [InlineData("System.Text.Json.Nodes.JsonValue", "JsonValue", "Use JsonNode or JsonElement")]
    [InlineData("Enum", "Enum", "Use the enum itself")]
    [InlineData("ValueType", "ValueType", "Use the exact type of the values, or object")]
    [InlineData("Exception", "Exception", "Send its message as string")]
    [InlineData("InvalidOperationException", "InvalidOperationException", "Send its message as string")]
    [InlineData("Task<int>", "Task<int>", "Send its result")]
    [InlineData("System.Collections.ArrayList", "ArrayList", "Use an array, a list, a set or a dictionary")]
    [InlineData("System.Collections.IEnumerable", "IEnumerable", "Use an array, a list, a set or a dictionary")]
    [InlineData("IFormattable", "IFormattable", "Send a record with the values that receivers need")]
    [InlineData("Progress<int>", "Progress<int>", "Send a record with the values that receivers need")]
    public void A_framework_type_is_refused_with_applicable_advice(string type, string name, string advice)
    {
        var reason = $"cannot be sent because '{name}' is a framework type without a form on the wire. {advice}.";
        Assert.Equal($"'A(what)' {reason}", Message($"[SocketEvents] public interface IBroken {{ void A({type} what); }}"));
        Assert.Equal($"'P.A' {reason}",
            Message($"public record P({type}? A); [SocketEvents] public interface IBroken {{ void A(P what); }}"));
    }

    [Theory]
    [InlineData("Span<byte>", Bytes)]
    [InlineData("ReadOnlySpan<byte>", Bytes)]
    [InlineData("System.Buffers.ReadOnlySequence<byte>", Bytes)]
    [InlineData("System.Buffers.IMemoryOwner<byte>", Bytes)]
    [InlineData("Span<char>", "Send the text as string")]
    [InlineData("ReadOnlySpan<char>", "Send the text as string")]
    [InlineData("Span<int>", "Send an array or a list")]
    [InlineData("ReadOnlySpan<string>", "Send an array or a list")]
    [InlineData("System.Buffers.ReadOnlySequence<int>", "Send an array or a list")]
    [InlineData("System.Buffers.IMemoryOwner<int>", "Send an array or a list")]
    public void A_framework_type_over_memory_is_refused_with_applicable_advice(string type, string advice) => Assert.Equal(
        $"'A(what)' cannot be sent because '{type.Replace("System.Buffers.", "", StringComparison.Ordinal)}' is a framework type without a "
        + $"form on the wire. {advice}.",
        Message($"[SocketEvents] public interface IBroken {{ void A({type} what); }}"));

    [Theory]
    [InlineData("List<IShape> what", "'IShape' is an interface or an abstract class, so the properties that are sent are unknown")]
    [InlineData("IShape[] what", "'IShape' is an interface or an abstract class, so the properties that are sent are unknown")]
    [InlineData("Dictionary<string, List<Figure>> what", "'Figure' is an interface or an abstract class, so the properties that are sent are unknown")]
    [InlineData("List<Order> what", "'IShape' is an interface or an abstract class, so the properties that are sent are unknown")]
    [InlineData("Order[][] what", "'IShape' is an interface or an abstract class, so the properties that are sent are unknown")]
    [InlineData("(int, List<IShape>) what", "'IShape' is an interface or an abstract class, so the properties that are sent are unknown")]
    [InlineData("(int, List<Action>) what", "'A(what)' cannot be sent because 'Action' is a delegate")]
    [InlineData("Page<Action> what", "'Page<T>.Value' cannot be sent because 'Action' is a delegate")]
    [InlineData("Loop<int> what", "'Loop<T>.Next' cannot be sent because its type contains ever larger types without end")]
    [InlineData("List<Loop<int>> what", "'Loop<T>.Next' cannot be sent because its type contains ever larger types without end")]
    [InlineData("Ring<int> what", "'Back<T>.Back' cannot be sent because its type contains ever larger types without end")]
    [InlineData("Tree<int> what", "'Tree<T>.Next' cannot be sent because its type contains ever larger types without end")]
    [InlineData("Holder what", "'Loop<T>.Next' cannot be sent because its type contains ever larger types without end")]
    [InlineData("Twin<int> what", "'Twin<T>.Next' cannot be sent because its type contains ever larger types without end")]
    public void The_type_at_fault_is_named_once(string parameter, string start) => Assert.StartsWith(start, Message($$"""
        public interface IShape { int A { get; } }
        public abstract class Figure;
        public record Order(List<Line> Lines); public record Line(IShape Shape);
        public record Loop<T>(List<Loop<List<T>>> Next);
        public record Ring<T>(Back<List<T>>? Other); public record Back<T>(Ring<T>? Back);
        public record Holder(Loop<int> Loop); public record Page<T>(T Value);
        public record Tree<T>(T Value, Tree<List<T>>? Next);
        public record Twin<T>(Twin<(T, T)>? Next);
        [SocketEvents] public interface IBroken { void A({{parameter}}); }
        """), StringComparison.Ordinal);

    [Theory]
    [InlineData("ref int A();", "Event 'A' cannot return 'ref int'. Return void, Task, ValueTask, Task<T> or ValueTask<T>.")]
    [InlineData("ref readonly Task A();",
        "Event 'A' cannot return 'ref readonly Task'. Return void, Task, ValueTask, Task<T> or ValueTask<T>.")]
    [InlineData("void A(P p);", "The constructor of type 'P' has the 'ref' or 'out' parameter 'a'. Pass it by value, or as 'in'.")]
    [InlineData("void A(int a); [SocketEvent(\"a\")] void B();",
        "Event 'B' has the wire name 'a', which 'A' already has. Rename one of them, or set its wire name with [SocketEvent].")]
    public void An_event_is_refused_with_its_reason(string events, string message) => Assert.Equal(message, Message(
        $"public class P {{ public P(ref int a) => A = a; public int A {{ get; }} }} [SocketEvents] public interface IBroken {{ {events} }}"));

    [Theory]
    [InlineData("ReadOnlyMemory<char> a", "Send the text as string.")]
    [InlineData("Memory<int> a", "Send an array or a list.")]
    [InlineData("params ReadOnlySpan<string> a", "Send an array or a list.")]
    public void What_can_be_sent_instead_of_a_buffer_is_named(string parameter, string end) => Assert.EndsWith(
        end, Message($"[SocketEvents] public interface IBroken {{ void A({parameter}); }}"), StringComparison.Ordinal);

    [Fact]
    public void A_member_of_a_framework_interface_is_no_event() => Assert.Equal(
        "'Dispose' is a member of the framework's interface 'IDisposable', so it is not an event. Do not inherit that interface.",
        Message("[SocketEvents] public interface IBroken : IDisposable { void A(); }"));

    [Fact]
    public void Interfaces_with_the_same_name_are_distinguished()
    {
        const string Source = """
            namespace A { public interface IOne { @ void M(int a); } }
            namespace B { public interface IOne { # M(int a); } }
            namespace C { [SocketEvents] public interface IBroken : B.IOne, A.IOne; }
            """;
        Assert.Equal(
            "Event 'M' is declared differently by 'A.IOne' and by 'B.IOne', so a call would be ambiguous. "
                + "Rename one of the methods, or make the declarations equal.",
            Message(Source.Replace("@", "", StringComparison.Ordinal).Replace("#", "Task", StringComparison.Ordinal)));
        Assert.Equal(
            "Event 'B.IOne.N' has the wire name 'm', which 'A.IOne.M' already has. "
                + "Rename one of them, or set its wire name with [SocketEvent].",
            Message(Source.Replace("@", "", StringComparison.Ordinal)
                .Replace("# M", "[SocketEvent(\"m\")] void N", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Http", true)]
    [InlineData("Microsoft.Extensions.Primitives", true)]
    [InlineData("System.Device", true)]
    [InlineData("Microsoft.Store", false)]
    [InlineData("AspNetCore.Http", false)]
    public void A_type_of_the_frameworks_libraries_is_a_framework_type(string space, bool isFramework)
    {
        var library = GeneratorHarness.Compile(
            GeneratorHarness.File($"namespace {space}; public interface IFile {{ int Length {{ get; }} }}"))
            .WithAssemblyName("Library");
        var consumer = GeneratorHarness.Compile(
            GeneratorHarness.File($"[SocketEvents] public interface IBroken {{ void A({space}.IFile what); }}"))
            .AddReferences(library.ToMetadataReference());
        var message = Assert.Single(GeneratorHarness.Run(consumer).Diagnostics).GetMessage(null);
        Assert.Equal(isFramework, message.Contains("is a framework type without a form on the wire", StringComparison.Ordinal));
    }

    private static string Message(string source) =>
        Assert.Single(GeneratorHarness.Run(GeneratorHarness.Compile(GeneratorHarness.File(source))).Diagnostics).GetMessage(null);
}
