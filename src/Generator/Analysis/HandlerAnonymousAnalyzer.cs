using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSocketRedis.Generator.Parsing;

namespace TypedSocketRedis.Generator.Analysis;

/// <summary>Reports <c>[Authorize]</c> on a method of a handler that allows anonymous users.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerAnonymousAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.HandlerAnonymous];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Check, SymbolKind.NamedType);
    }

    private static void Check(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Class || !HandlerSymbols.IsHandler(type) || !IsAnonymous(type)) return;
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (method.GetAttributes().FirstOrDefault(a => AttributeParser.Implements(a, "IAuthorizeData")) is { } attribute)
                context.ReportDiagnostic(Diagnostic.Create(
                    Advice.HandlerAnonymous, method.Locations[0], method.Name, type.Name, attribute.AttributeClass!.Name));
        }
    }

    private static bool IsAnonymous(INamedTypeSymbol type)
    {
        for (var t = type; t is not null && !HandlerSymbols.IsBase(t); t = t.BaseType)
            if (t.GetAttributes().Any(a => AttributeParser.Implements(a, "IAllowAnonymous"))) return true;
        return false;
    }
}
