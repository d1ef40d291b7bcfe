using Microsoft.CodeAnalysis;
using Xunit;

namespace TypedSocketRedis.Tests.History;

/// <summary>The errors for changes of recorded contracts, at their places.</summary>
public sealed class HistoryDiagnosticTests
{
    private const string Text = "[JsonConverter(typeof(JsonStringEnumConverter))] ";
    private const string Shapes = "public record Circle(int R) : Shape; public record Square(int A) : Shape;";

    [Theory]
    [InlineData("TSR083 IBroken",
        "[SocketCommands] public interface IBroken { Task A(); Task B(); }", "[SocketCommands] public interface IBroken { Task A(); Task C(); }")]
    [InlineData("TSR084 IBroken",
        "[SocketEvents] public interface IBroken { Task A(); }", "[SocketEvents(\"/b\")] public interface IBroken { Task A(); }")]
    [InlineData("TSR084 IBroken",
        "[SocketEvents] public interface IBroken { Task A(); }", "[SocketCommands] public interface IBroken { Task A(); }")]
    [InlineData("TSR084 IBroken",
        "[SocketCommands] public interface IBroken { Task A(); }", "[SocketCommands(ErrorFirstAcks = true)] public interface IBroken { Task A(); }")]
    [InlineData("TSR085 A",
        "[SocketEvents] public interface IBroken { void A(int a, int b); }", "[SocketEvents] public interface IBroken { void A(int a); }")]
    [InlineData("TSR086 b",
        "[SocketEvents] public interface IBroken { Task<int> A(int a); }", "[SocketEvents] public interface IBroken { Task<int> A(int a, int b); }")]
    [InlineData("TSR087 a",
        "[SocketCommands] public interface IBroken { Task A(int a); }", "[SocketCommands] public interface IBroken { Task A(string a); }")]
    [InlineData("TSR087 B",
        "public record P(List<int> B); [SocketCommands] public interface IBroken { Task A(P[] a); }",
        "public record Q(List<string> B); [SocketCommands] public interface IBroken { Task A(Q[] a); }")]
    [InlineData("TSR088 b",
        "[SocketCommands] public interface IBroken { Task A(int a); }", "[SocketCommands] public interface IBroken { Task A(int a, int b); }")]
    [InlineData("TSR088 B",
        "public class P { public int A { get; set; } } [SocketCommands] public interface IBroken { Task A(P a); }",
        "public class P { public int A { get; set; } public string B { get; set; } = null!; } [SocketCommands] public interface IBroken { Task A(P a); }")]
    [InlineData("TSR089 P",
        "public record P(int A, int B); [SocketEvents] public interface IBroken { void A(P a); }",
        "public record P(int A); [SocketEvents] public interface IBroken { void A(P a); }")]
    [InlineData("TSR090 B",
        "public record P(int A, string B); [SocketEvents] public interface IBroken { void A(P a); void C(P c); }",
        "public record P(int A, string? B); [SocketEvents] public interface IBroken { void A(P a); void C(P c); }")]
    [InlineData("TSR091 E",
        Text + "public enum E { X, Y } [SocketCommands] public interface IBroken { Task A(E a); }",
        Text + "public enum E { X } [SocketCommands] public interface IBroken { Task A(E a); }")]
    [InlineData("TSR092 E",
        "public enum E { X, Y } [SocketCommands] public interface IBroken { Task A(E a); }",
        "public enum E { Z, X, Y } [SocketCommands] public interface IBroken { Task A(E a); }")]
    [InlineData("TSR093 Shape",
        "[JsonDerivedType(typeof(Circle), \"c\"), JsonDerivedType(typeof(Square), \"s\")] public abstract record Shape; " + Shapes
        + " [SocketCommands] public interface IBroken { Task A(Shape a); }",
        "[JsonDerivedType(typeof(Circle), \"c\")] public abstract record Shape; " + Shapes
        + " [SocketCommands] public interface IBroken { Task A(Shape a); }")]
    [InlineData("TSR094 E",
        Text + "public enum E { X } [ServerEvents] public interface IBroken { Task A(E a); }",
        Text + "public enum E { X, Y } [ServerEvents] public interface IBroken { Task A(E a); }")]
    [InlineData("TSR095 A",
        "[SocketCommands] public interface IBroken { Task<int> A(); }", "[SocketCommands] public interface IBroken { Task A(); }")]
    [InlineData("TSR121 IBroken",
        "[SocketCommands] public interface IBroken { Task A(); }", "[SocketCommands] public interface IBroken { Task A(); Task B(); }")]
    public async Task A_change_is_reported_at_its_place(string expected, string old, string now)
    {
        var history = Assert.Single(await HistoryHarness.RecordAsync(old, "IBroken"));
        Assert.Empty(await HistoryHarness.DiagnosticsAsync(old, history));

        var found = await HistoryHarness.DiagnosticsAsync(now, history);
        Assert.Equal([expected.Split(' ')[0]], found.Select(d => d.Id).Distinct());
        var span = found[0].Location.SourceSpan;
        Assert.Equal(expected.Split(' ')[1], now.Substring(span.Start, span.Length));
        Assert.All(found, d => Assert.Contains("IBroken.socketevents.txt", d.Properties.Values));
    }

    [Theory]
    [InlineData("TSR096 <<<<<<< HEAD", "contract events \"/\"\n<<<<<<< HEAD\nevent \"a\"\n")]
    [InlineData("TSR096 event \"a\"", "event \"a\"\n")]
    [InlineData("TSR096 event \"a", "contract events \"/\"\nevent \"a\n")]
    [InlineData("TSR096 event \"a\" 1 array<int", "contract events \"/\"\nevent \"a\" 1 array<int\n")]
    [InlineData("TSR096 type P \"x\" int maybe", "contract events \"/\"\ntype P \"x\" int maybe\n")]
    [InlineData("TSR096 enum P \"x\" 5", "contract events \"/\"\nenum P \"x\" 5\n")]
    [InlineData("TSR096 contract events \"/\"", "contract events \"/\"\ncontract events \"/\"\n")]
    public async Task A_line_that_is_no_fact_is_reported_in_the_file(string expected, string text)
    {
        var error = Assert.Single(await HistoryHarness.DiagnosticsAsync(
            "[SocketEvents] public interface IBroken { void A(); }", new HistoryText("IBroken.socketevents.txt", text)));
        Assert.Equal(expected, $"{error.Id} {text.Substring(error.Location.SourceSpan.Start, error.Location.SourceSpan.Length)}");
        Assert.Equal("IBroken.socketevents.txt", error.Location.GetLineSpan().Path);
    }

    [Theory]
    [InlineData("TSR097 IGone")]
    [InlineData("TSR097 ITwice")]
    public async Task A_file_without_a_contract_of_its_own_is_reported(string expected)
    {
        var name = expected.Split(' ')[1];
        var error = Assert.Single(await HistoryHarness.DiagnosticsAsync(
            "namespace A { [SocketEvents] public interface ITwice { void A(); } } namespace B { [SocketEvents] public interface ITwice { void A(); } }",
            new HistoryText($"{name}.socketevents.txt", "")));
        Assert.Equal(expected.Split(' ')[0], error.Id);
        Assert.Contains($"'{name}'", error.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_cannot_be_suppressed_and_says_what_to_do()
    {
        var history = await HistoryHarness.RecordAsync("[SocketCommands] public interface IBroken { Task A(); }", "IBroken");
        var error = Assert.Single(await HistoryHarness.DiagnosticsAsync(
            "#pragma warning disable TSR083\n[SocketCommands] public interface IBroken;", history));
        Assert.Equal(DiagnosticSeverity.Error, error.Severity);
        Assert.Equal(
            "'IBroken' has no event 'a', which older clients know. Restore it, or keep its name on the wire with [SocketEvent].",
            error.GetMessage(null));
        Assert.Contains(WellKnownDiagnosticTags.NotConfigurable, error.Descriptor.CustomTags);
    }
}
