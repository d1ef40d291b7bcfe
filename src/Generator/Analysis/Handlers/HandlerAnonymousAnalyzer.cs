using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSocketRedis.Generator.Parsing.Handlers;
using TypedSocketRedis.Generator.Parsing.Types;

namespace TypedSocketRedis.Generator.Analysis.Handlers;

/// <summary>
/// Reports <c>[Authorize]</c> without effect: on a method of a handler that allows anonymous users, or that handles no event.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerAnonymousAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.HandlerAnonymous, Advice.AuthorizedHelper];

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
        if (type.TypeKind != TypeKind.Class || !HandlerSymbols.IsHandler(type)) return;
        var isAnonymous = IsAnonymous(type);
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (Authorization(method) is not { } attribute) continue;
            var advice = isAnonymous ? Advice.HandlerAnonymous : HandlesNoEvent(type, method) ? Advice.AuthorizedHelper : null;
            if (advice is not null) context.ReportDiagnostic(Diagnostic.Create(
                advice, method.Locations[0], method.Name, type.Name, Written(attribute.AttributeClass!.Name)));
        }
    }

    /// <summary>Returns a value indicating whether a method has an authorization attribute.</summary>
    internal static bool IsAuthorized(IMethodSymbol method) => Authorization(method) is not null;

    private static AttributeData? Authorization(IMethodSymbol method) =>
        method.GetAttributes().FirstOrDefault(a => AttributeParser.Implements(a, "IAuthorizeData"));

    private static string Written(string attribute) => attribute.EndsWith(nameof(Attribute), StringComparison.Ordinal)
        ? attribute.Substring(0, attribute.Length - nameof(Attribute).Length)
        : attribute;

    // A method of an abstract class can handle an event of a class that derives from it.
    private static bool HandlesNoEvent(INamedTypeSymbol type, IMethodSymbol method) => !type.IsAbstract
        && !type.AllInterfaces.SelectMany(contract => contract.GetMembers())
            .Any(e => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(e), method));

    private static bool IsAnonymous(INamedTypeSymbol type)
    {
        for (var t = type; t is not null && !HandlerSymbols.IsBase(t); t = t.BaseType)
            if (t.GetAttributes().Any(a => AttributeParser.Implements(a, "IAllowAnonymous"))) return true;
        return false;
    }
}
