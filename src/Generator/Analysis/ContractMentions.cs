using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedSocketRedis.Generator.Analysis;

/// <summary>The contracts that hand-written code names anywhere but where it declares or implements them.</summary>
internal static class ContractMentions
{
    /// <summary>Returns those of some contracts that are named. A name that could mean several counts for each of them.</summary>
    public static ISet<INamedTypeSymbol> Find(
        Compilation compilation, IReadOnlyCollection<INamedTypeSymbol> contracts, CancellationToken cancellationToken)
    {
        var wanted = contracts.ToLookup(c => c.Name, StringComparer.Ordinal);
        var mentioned = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)) continue;
            SemanticModel? model = null;
            foreach (var token in tree.GetRoot(cancellationToken).DescendantTokens())
            {
                if (!token.IsKind(SyntaxKind.IdentifierToken) || !wanted.Contains(token.ValueText)) continue;
                if (token.Parent is not SimpleNameSyntax name || IsImplemented(name)) continue;

                // At the end of a compilation and for few names; before it, the names are not known.
#pragma warning disable RS1030
                model ??= compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
                var symbol = model.GetSymbolInfo(name, cancellationToken).Symbol;
                mentioned.UnionWith(wanted[token.ValueText].Where(c => symbol is null || SymbolEqualityComparer.Default.Equals(symbol, c)));
            }
        }

        return mentioned;
    }

    private static bool IsImplemented(NameSyntax name)
    {
        while (name.Parent is QualifiedNameSyntax qualified && qualified.Right == name) name = qualified;
        return name.Parent is SimpleBaseTypeSyntax { Parent: BaseListSyntax { Parent: TypeDeclarationSyntax type } }
            && type is not InterfaceDeclarationSyntax;
    }
}
