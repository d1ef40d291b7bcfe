using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSocketRedis.Generator.Parsing;
using TypedSocketRedis.Generator.Parsing.Types;

namespace TypedSocketRedis.Generator.Analysis.Contracts;

/// <summary>Reports attributes of Newtonsoft.Json on members that are sent, which have no effect.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NewtonsoftAttributeAnalyzer : DiagnosticAnalyzer
{
    private const int MaxTypes = 1_000;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Advice.NewtonsoftAttribute];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (ContractSymbols.Of(start.Compilation) is not { } symbols) return;
            var reported = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
            start.RegisterSymbolAction(symbol => Check(symbol, symbols, reported), SymbolKind.NamedType);
        });
    }

    private static void Check(SymbolAnalysisContext context, ContractSymbols symbols, ConcurrentDictionary<ISymbol, bool> reported)
    {
        var seen = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var contract = (INamedTypeSymbol)context.Symbol;
        if (contract.Has(KnownNames.SocketPayload)) Visit(contract);
        if (!symbols.IsContract(contract)) return;
        foreach (var method in ContractSymbols.Events(contract))
        {
            foreach (var parameter in method.Parameters) Visit(parameter.Type);
            Visit(method.ReturnType);
        }

        void Visit(ITypeSymbol type)
        {
            if (type is IArrayTypeSymbol array) Visit(array.ElementType);
            if (type is not INamedTypeSymbol named || seen.Count >= MaxTypes || !seen.Add(named)) return;
            foreach (var argument in named.TypeArguments) Visit(argument);
            if (FrameworkTypes.Contains(named)) return;
            foreach (var derived in named.GetAttributes().SelectMany(a => a.ConstructorArguments)
                .Where(a => a.Kind == TypedConstantKind.Type).Select(a => a.Value).OfType<INamedTypeSymbol>()) Visit(derived);
            for (var t = named; t is { SpecialType: SpecialType.None }; t = t.BaseType)
                foreach (var member in t.GetMembers()) Member(member);
        }

        void Member(ISymbol member)
        {
            if (member is not { IsStatic: false, DeclaredAccessibility: Accessibility.Public }
                || PayloadMember.Type(member) is not { } type || PayloadAttributes.IsIgnored(member)) return;
            foreach (var attribute in member.GetAttributes().Where(a => IsWithoutEffect(a, member)))
            {
                if (attribute.ApplicationSyntaxReference is { } place && reported.TryAdd(member.OriginalDefinition, true))
                    context.ReportDiagnostic(Diagnostic.Create(
                        Advice.NewtonsoftAttribute, place.SyntaxTree.GetLocation(place.Span), member.Name,
                        attribute.AttributeClass!.Name.Replace("Attribute", "")));
            }

            Visit(type);
        }
    }

    // A member that has a name for System.Text.Json as well is sent with that name.
    private static bool IsWithoutEffect(AttributeData attribute, ISymbol member) =>
        attribute.AttributeClass is { ContainingNamespace: { Name: "Json", ContainingNamespace.Name: "Newtonsoft" } } type
        && (type.Name != "JsonPropertyAttribute" || !PayloadAttributes.HasName(member));
}
