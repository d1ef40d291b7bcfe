using System.Collections.Immutable;
using System.Composition;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using TypedSocketRedis.Generator.Analysis;

namespace TypedSocketRedis.CodeFixes;

/// <summary>Records the present form of a contract in its history.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ContractHistoryFix)), Shared]
public sealed class ContractHistoryFix : CodeFixProvider
{
    // A byte order mark would hide the first line from other tools.
    private static readonly Encoding Plain = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [.. AdviceId.HistoryErrors, AdviceId.StaleHistory];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new Compatible();

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(AdviceId.HistoryPath, out var path)) continue;
            var isBreaking = diagnostic.Id != AdviceId.StaleHistory;
            var title = $"Record the contract in {Path.GetFileName(path)}{(isBreaking ? ", although it breaks older ones" : "")}";
            context.RegisterCodeFix(
                CodeAction.Create(
                    title, _ => Task.FromResult(Written(context.Document.Project.Solution, [diagnostic])),
                    isBreaking ? title : diagnostic.Id),
                diagnostic);
        }

        return Task.CompletedTask;
    }

    private static Solution Written(Solution solution, IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var history in diagnostics.GroupBy(d => d.Properties[AdviceId.HistoryPath]))
        {
            var text = SourceText.From(history.First().Properties[AdviceId.HistoryText]!, Plain);
            var files = solution.Projects.SelectMany(p => p.AdditionalDocuments).Where(d => d.FilePath == history.Key).ToArray();
            foreach (var file in files) solution = solution.WithAdditionalDocumentText(file.Id, text);
        }

        return solution;
    }

    // All at once only if nothing breaks: a breaking change is accepted one by one.
    private sealed class Compatible : FixAllProvider
    {
        public override IEnumerable<string> GetSupportedFixAllDiagnosticIds(CodeFixProvider originalCodeFixProvider) =>
            [AdviceId.StaleHistory];

        public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
        {
            var projects = fixAllContext.Scope == FixAllScope.Solution ? fixAllContext.Solution.Projects : [fixAllContext.Project];
            var diagnostics = new List<Diagnostic>();
            foreach (var project in projects)
            {
                var found = await fixAllContext.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
                diagnostics.AddRange(found.Where(d => d.Id == AdviceId.StaleHistory));
            }

            return CodeAction.Create(
                "Record the contracts in their histories",
                _ => Task.FromResult(Written(fixAllContext.Solution, diagnostics)), AdviceId.StaleHistory);
        }
    }
}
