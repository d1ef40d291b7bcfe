using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using TypedSocketRedis.CodeFixes;
using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

/// <summary>Applies a fix to a marked source as an editor does.</summary>
internal static class FixHarness
{
    public static ImmutableArray<CodeFixProvider> Fixes { get; } =
    [
        .. typeof(AdviceFix).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(CodeFixProvider)) && !t.IsAbstract)
            .Select(t => (CodeFixProvider)Activator.CreateInstance(t)!),
    ];

    /// <summary>Asserts the result of the fix with a title, and that the result compiles without the advice.</summary>
    public static async Task VerifyAsync(
        string marked, string title, string expected, OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        var (document, diagnostic, offers) = await OffersAsync(marked, kind);
        var action = Assert.Single(offers, o => o.Title == title);

        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        var changed = Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetDocument(document.Id)!;
        var text = (await changed.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
        Assert.Equal(expected, text);

        var left = await AnalyzerHarness.DiagnosticsAsync(AnalyzerHarness.Compile(text, kind));
        Assert.DoesNotContain(left, d => d.Id == diagnostic.Id);
    }

    /// <summary>Asserts the result of "fix all".</summary>
    public static async Task VerifyAllAsync(string marked, string id, string title, string expected)
    {
        var (document, _, offers) = await OffersAsync(marked, OutputKind.DynamicallyLinkedLibrary);
        var key = offers.Single(o => o.Title == title).EquivalenceKey;
        var fix = Fixes.Single(f => f.FixableDiagnosticIds.Contains(id));
        var context = new FixAllContext(
            document, fix, FixAllScope.Document, key, [id], new All(), TestContext.Current.CancellationToken);
        var action = await fix.GetFixAllProvider()!.GetFixAsync(context);

        var operations = await action!.GetOperationsAsync(TestContext.Current.CancellationToken);
        var changed = Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetDocument(document.Id)!;
        Assert.Equal(expected, (await changed.GetTextAsync(TestContext.Current.CancellationToken)).ToString());
    }

    /// <summary>Returns the titles of the fixes for the first piece of advice in the source.</summary>
    public static async Task<string[]> TitlesAsync(string marked, OutputKind kind = OutputKind.DynamicallyLinkedLibrary) =>
        [.. (await OffersAsync(marked, kind)).Offers.Select(o => o.Title)];

    private static async Task<(Document Document, Diagnostic Diagnostic, List<CodeAction> Offers)> OffersAsync(string marked,
        OutputKind kind)
    {
        var (source, _) = AnalyzerHarness.Parse(marked);
        var compilation = AnalyzerHarness.Compile(source, kind);
        var diagnostic = (await AnalyzerHarness.DiagnosticsAsync(compilation)).OrderBy(d => d.Location.SourceSpan.Start).First();

        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Consumer", "Consumer", LanguageNames.CSharp,
            compilationOptions: compilation.Options, parseOptions: compilation.SyntaxTrees.First().Options,
            metadataReferences: compilation.References));
        foreach (var tree in compilation.SyntaxTrees)
            project = project.AddDocument(tree.FilePath, await tree.GetTextAsync(TestContext.Current.CancellationToken),
                filePath: tree.FilePath).Project;
        var document = project.Documents.Single(d => d.Name == "Contract.cs");

        var offers = new List<CodeAction>();
        var context = new CodeFixContext(document, diagnostic, (action, _) => offers.Add(action), TestContext.Current.CancellationToken);
        foreach (var fix in Fixes.Where(f => f.FixableDiagnosticIds.Contains(diagnostic.Id))) await fix.RegisterCodeFixesAsync(context);
        return (document, diagnostic, offers);
    }

    private sealed class All : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document,
            CancellationToken cancellationToken) =>
            await AnalyzerHarness.DiagnosticsAsync((await document.Project.GetCompilationAsync(cancellationToken))!);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            GetDocumentDiagnosticsAsync(project.Documents.Single(d => d.Name == "Contract.cs"), cancellationToken);
    }
}
