using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedSocketRedis.Generator.Parsing.Handlers;

namespace TypedSocketRedis.Generator.Analysis.Handlers;

/// <summary>Reports constructors of handlers that read the socket, which the server sets after the constructor.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EarlySocketAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.EarlySocket];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Check, OperationKind.PropertyReference);
    }

    private static void Check(OperationAnalysisContext context)
    {
        var read = (IPropertyReferenceOperation)context.Operation;
        if (context.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Constructor }
            || read.Instance is not IInstanceReferenceOperation || !HandlerSymbols.IsBase(read.Property.ContainingType)
            || IsLater(read)) return;
        context.ReportDiagnostic(Diagnostic.Create(Advice.EarlySocket, read.Syntax.GetLocation(), read.Property.Name));
    }

    // A lambda of the constructor may run when the socket is set, and an assignment sets it.
    private static bool IsLater(IOperation read)
    {
        if (read.Parent is ISimpleAssignmentOperation assignment && assignment.Target == read) return true;
        for (var outer = read.Parent; outer is not null; outer = outer.Parent)
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation) return true;
        return false;
    }
}
