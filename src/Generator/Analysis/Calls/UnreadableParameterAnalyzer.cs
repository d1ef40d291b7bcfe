using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis.Calls;

/// <summary>Reports parameters of handlers without a contract whose types no argument can be read as.</summary>
/// <remarks>Those of the application are reported by <see cref="Values.UnwritableValueAnalyzer"/>.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnreadableParameterAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.UnreadableParameter];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Check, OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context)
    {
        foreach (var (type, place) in TypedParameters.Of((IInvocationOperation)context.Operation))
        {
            if (!PayloadTypes.IsReadable(type)) context.ReportDiagnostic(Diagnostic.Create(
                Advice.UnreadableParameter, place, type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
        }
    }
}
