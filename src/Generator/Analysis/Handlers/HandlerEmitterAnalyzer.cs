using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis.Handlers;

/// <summary>Reports emitters that are injected into handlers of dynamic namespaces: they send to another namespace.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerEmitterAnalyzer : DiagnosticAnalyzer
{
    private const string Emitter = "TypedSocketRedis.IEmitter<TEvents>";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.HandlerEmitter];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Check, OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod is not { Name: KnownNames.AddHandler, TypeArguments: { Length: 1 } types } method
            || types[0] is not INamedTypeSymbol handler
            || method.ContainingType.ToDisplayString() != KnownNames.HandlerExtensions
            || method.Parameters.All(parameter => parameter.Type.Name != "Regex")) return;
        foreach (var parameter in handler.InstanceConstructors.SelectMany(constructor => constructor.Parameters))
        {
            if (parameter.Type is not INamedTypeSymbol { Name: "IEmitter", Arity: 1 } emitter
                || emitter.OriginalDefinition.ToDisplayString() != Emitter) continue;
            context.ReportDiagnostic(Diagnostic.Create(
                Advice.HandlerEmitter, call.Syntax.GetLocation(), handler.Name, emitter.TypeArguments[0].Name));
        }
    }
}
