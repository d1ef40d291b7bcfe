using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using TypedSocketRedis.CodeFixes;
using TypedSocketRedis.Tests.Analysis;
using Xunit;

namespace TypedSocketRedis.Tests.History;

public sealed class HistoryFileTests
{
    private const string Shop = """
        namespace Shop;
        [SocketCommands("/shop")] public interface IShop
        {
            Task<Result<Order>> Buy(Order order, string? note = null);
            [SocketEvent("a \"b\"\u2028")] Task Rest(Dictionary<int, Level?> levels, [Spread] params Tree[] trees);
        }
        public sealed record Order(int Id, List<string?> Tags, Money Price, (int, string?) Pair, Level Level = Level.High)
        {
            public string? Note { get; init; }
            public double Sum => 1;
            public object? Data { get; set; }
        }
        [Flags, JsonConverter(typeof(JsonStringEnumConverter))] public enum Level { Low = 1, [JsonStringEnumMemberName("high one")] High = 2 }
        public enum Unit : byte { Euro, Dollar }
        [JsonDerivedType(typeof(Cash), "cash"), JsonDerivedType(typeof(Card), "card")] public abstract record Money;
        public sealed record Cash(Unit Unit) : Money;
        public sealed record Card(long Number) : Money;
        public sealed class Tree : List<Tree>;
        """;

    [Fact]
    public async Task A_history_has_one_fact_in_each_line() => Assert.Equal("""
        # The form of IShop on the wire; the fix of TSR121 records a new one.
        contract commands "/shop"
        event "a \"b\"\u2028"
        event "a \"b\"\u2028" 1 map<int,Shop.Level?>
        event "a \"b\"\u2028" 2 Shop.Tree rest optional absent
        event "buy"
        event "buy" 1 Shop.Order
        event "buy" 2 string? optional
        event "buy" ack result<Shop.Order,string>
        enum Shop.Level flags
        enum Shop.Level "Low" = 1
        enum Shop.Level "high one" = 2
        union Shop.Money "$type"
        """, string.Join('\n', (await HistoryHarness.RecordAsync(Shop, "IShop"))[0].Text.Split('\n').Take(13)));

    [Fact]
    public async Task The_order_of_declarations_and_files_does_not_change_the_text()
    {
        var parts = Shop.Split("\npublic ");
        var other = string.Join("\npublic ", [parts[0], .. parts[1..].Reverse()]);
        var recorded = await HistoryHarness.RecordAsync(Shop, "IShop");
        Assert.Equal(recorded[0].Text, (await HistoryHarness.RecordAsync(other, "Shop.IShop"))[0].Text);
    }

    [Fact]
    public async Task Lines_in_another_order_with_comments_and_other_line_ends_are_the_same_history()
    {
        var text = (await HistoryHarness.RecordAsync(Shop, "IShop"))[0].Text;
        var lines = text.Split('\n').Reverse().Prepend("# merged");
        Assert.Empty(await HistoryHarness.DiagnosticsAsync(Shop, new HistoryText("a/IShop.socketevents.txt", string.Join("\r\n", lines))));
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_file_nothing_is_reported()
    {
        Assert.Empty(await HistoryHarness.DiagnosticsAsync(Shop));
        Assert.Empty(await HistoryHarness.DiagnosticsAsync(Shop, new HistoryText("IShop.txt", "x")));
    }

    [Fact]
    public async Task A_contract_with_errors_is_not_compared() => Assert.Empty(await HistoryHarness.DiagnosticsAsync(
        "namespace N { [SocketCommands] public interface IEmpty; }",
        new HistoryText("IEmpty.socketevents.txt", "contract commands \"/\"")));

    [Fact]
    public async Task The_fix_of_advice_records_all_contracts_at_once()
    {
        var (solution, actions) = await FixAsync("[SocketEvents] public interface IOne { void A(); } [SocketEvents] public interface ITwo { void B(int b); }",
            new("IOne.socketevents.txt", "# mine\ncontract events \"/\"\n"), new("ITwo.socketevents.txt", ""));
        Assert.Equal("Record the contract in IOne.socketevents.txt", actions[0].Title);
        var all = new FixAllContext(
            solution.Projects.Single().Documents.First(), new ContractHistoryFix(), FixAllScope.Project, actions[0].EquivalenceKey,
            ["TSR121"], new All(actions.Diagnostics), TestContext.Current.CancellationToken);
        var action = await new ContractHistoryFix().GetFixAllProvider().GetFixAsync(all);
        Assert.Equal(
            ["# mine\ncontract events \"/\"\nevent \"a\"\n", "# The form of ITwo on the wire; the fix of TSR121 records a new one.\ncontract events \"/\"\nevent \"b\"\nevent \"b\" 1 int\n"],
            await TextsAsync(action!));
    }

    [Fact]
    public async Task A_breaking_change_is_recorded_by_a_fix_of_its_own()
    {
        var (_, actions) = await FixAsync("[SocketEvents] public interface IOne { void B(); }",
            new HistoryText("IOne.socketevents.txt", "contract events \"/\"\nevent \"a\"\n"));
        Assert.Equal("Record the contract in IOne.socketevents.txt, although it breaks older ones", actions[0].Title);
        Assert.EndsWith("\ncontract events \"/\"\nevent \"b\"\n", Assert.Single(await TextsAsync(actions[0])), StringComparison.Ordinal);
        Assert.Equal(["TSR121"], new ContractHistoryFix().GetFixAllProvider().GetSupportedFixAllDiagnosticIds(new ContractHistoryFix()));
    }

    private static async Task<(Solution Solution, Offers Actions)> FixAsync(string source, params HistoryText[] histories)
    {
        var compilation = AnalyzerHarness.Compile(source);
        var workspace = new AdhocWorkspace();
        var project = workspace.AddProject("Consumer", LanguageNames.CSharp).AddDocument("Contract.cs", source).Project;
        foreach (var history in histories)
            project = project.AddAdditionalDocument(history.Path, history.GetText(), filePath: history.Path).Project;

        var offers = new Offers(await HistoryHarness.DiagnosticsAsync(source, histories));
        Assert.NotEmpty(compilation.SyntaxTrees);
        foreach (var diagnostic in offers.Diagnostics)
        {
            await new ContractHistoryFix().RegisterCodeFixesAsync(new CodeFixContext(
                project.Documents.Single(), diagnostic, (action, _) => offers.Add(action), TestContext.Current.CancellationToken));
        }

        return (project.Solution, offers);
    }

    private static async Task<string[]> TextsAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        var changed = Assert.Single(operations.OfType<ApplyChangesOperation>());
        var files = changed.ChangedSolution.Projects.Single().AdditionalDocuments.OrderBy(d => d.Name, StringComparer.Ordinal);
        return await Task.WhenAll(files.Select(async f =>
        {
            var text = await f.GetTextAsync(TestContext.Current.CancellationToken);
            Assert.True(text.Encoding?.Preamble.IsEmpty, "The file starts with a byte order mark.");
            return text.ToString();
        }));
    }

    private sealed class Offers(IReadOnlyList<Diagnostic> diagnostics) : List<CodeAction>
    {
        public IReadOnlyList<Diagnostic> Diagnostics => diagnostics;
    }

    private sealed class All(IReadOnlyList<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            GetAllDiagnosticsAsync(document.Project, cancellationToken);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            GetAllDiagnosticsAsync(project, cancellationToken);
    }
}
