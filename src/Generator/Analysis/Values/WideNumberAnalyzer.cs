using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSocketRedis.Generator.Parsing;

namespace TypedSocketRedis.Generator.Analysis.Values;

/// <summary>Reports parameters, acks and payload properties that JavaScript may not represent exactly.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WideNumberAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.WideNumber];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (ContractSymbols.Of(start.Compilation) is not { } symbols) return;

            // A payload type can be used by many events, but each of its properties is reported once.
            var reported = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
            start.RegisterSymbolAction(symbol => Check(symbol, symbols, reported), SymbolKind.NamedType);
        });
    }

    private static void Check(SymbolAnalysisContext context, ContractSymbols symbols, ConcurrentDictionary<ISymbol, bool> reported)
    {
        var contract = (INamedTypeSymbol)context.Symbol;
        if (contract.Has(KnownNames.SocketPayload)) Check(contract, contract);
        if (!symbols.IsContract(contract)) return;
        foreach (var method in ContractSymbols.Events(contract))
        {
            foreach (var parameter in method.Parameters) Check(parameter.Type, parameter);
            if (method.ReturnType is INamedTypeSymbol { Arity: 1 } ack) Check(ack.TypeArguments[0], method);
        }

        void Check(ITypeSymbol type, ISymbol symbol)
        {
            foreach (var found in WideNumbers.In(type, symbol, context.CancellationToken))
            {
                var place = PayloadPlace.Of(found.At, context.Compilation.Assembly) ?? contract.Locations[0];
                if (reported.TryAdd(found.At, true))
                    context.ReportDiagnostic(Diagnostic.Create(Advice.WideNumber, place, found.Path, found.Type));
            }
        }
    }
}
