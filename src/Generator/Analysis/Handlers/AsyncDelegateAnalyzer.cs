using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis.Handlers;

/// <summary>
/// Reports async functions that are passed, as delegates that return nothing, to members of the runtime or to options methods of the
/// framework for options of the runtime.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncDelegateAnalyzer : DiagnosticAnalyzer
{
    private const string OptionsAssembly = "Microsoft.Extensions.Options";

    private static readonly string[] Assemblies =
        ["TypedSocketRedis", "TypedSocketRedis.Contracts", "TypedSocketRedis.AspNetCore", "TypedSocketRedis.Testing"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.AsyncDelegate];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Check, OperationKind.DelegateCreation);
    }

    private static void Check(OperationAnalysisContext context)
    {
        var creation = (IDelegateCreationOperation)context.Operation;
        if (!IsAsyncVoid(creation.Target) || Receiver(creation) is not { } receiver) return;
        context.ReportDiagnostic(Diagnostic.Create(Advice.AsyncDelegate, creation.Target.Syntax.GetLocation(), receiver.Name));
    }

    private static bool IsAsyncVoid(IOperation target) => target switch
    {
        IAnonymousFunctionOperation function => function.Symbol is { IsAsync: true, ReturnsVoid: true },
        IMethodReferenceOperation reference => reference.Method is { IsAsync: true, ReturnsVoid: true },
        _ => false,
    };

    /// <summary>
    /// Returns the member that receives the delegate, if the runtime calls it or sets its own options with it; otherwise null.
    /// </summary>
    private static ISymbol? Receiver(IDelegateCreationOperation delegated)
    {
        var parent = ((IOperation)delegated).Parent;
        while (parent is IConversionOperation or IParenthesizedOperation or ICoalesceOperation or IConditionalOperation)
            parent = parent.Parent;
        var member = parent switch
        {
            IArgumentOperation { Parameter.ContainingSymbol: { } method } => method,
            IAssignmentOperation { Target: IPropertyReferenceOperation { Property: { } property } } => property,
            _ => null,
        };
        if (member is null) return null;
        if (IsOfRuntime(member)) return member;
        return member.ContainingAssembly?.Name == OptionsAssembly && TakesOptions(delegated.Type) ? Named(member) : null;
    }

    private static bool IsOfRuntime(ISymbol symbol) => Assemblies.Contains(symbol.ContainingAssembly?.Name);

    // Configure, PostConfigure and similar methods of the framework pass the options, and optionally services, to the delegate.
    private static bool TakesOptions(ITypeSymbol? type) =>
        type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } && invoke.Parameters.Any(parameter => IsOfRuntime(parameter.Type));

    private static ISymbol Named(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? member.ContainingType : member;
}
