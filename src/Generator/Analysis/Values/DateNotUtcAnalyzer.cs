using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedSocketRedis.Generator.Parsing.Contracts;

namespace TypedSocketRedis.Generator.Analysis.Values;

/// <summary>Reports dates passed to an event that are local time or have no kind.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DateNotUtcAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.DateNotUtc];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (ContractSymbols.Of(start.Compilation) is { } symbols)
                start.RegisterOperationAction(operation => Check(operation, symbols), OperationKind.Invocation);
        });
    }

    private static void Check(OperationAnalysisContext context, ContractSymbols symbols)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.Arguments.IsEmpty || symbols.ContractOf(call) is not { } contract) return;
        var options = PayloadOptions.Of(contract, contract.ContainingAssembly);
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.DefaultValue) continue;
            foreach (var date in DateSearch.In(argument.Value, context.CancellationToken))
            {
                if (!date.IsLocal && options.IsUnspecifiedUtc) continue;
                var complaint = date.IsLocal
                    ? "is local time, which receivers get as UTC: use DateTime.UtcNow"
                    : "has no kind and throws when it is sent: use DateTimeKind.Utc";
                context.ReportDiagnostic(Diagnostic.Create(
                    Advice.DateNotUtc, date.Passed.Syntax.GetLocation(), [date.Made.Syntax.GetLocation()], date.Made.Syntax.ToString(),
                        complaint));
            }
        }
    }
}
