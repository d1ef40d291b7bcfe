using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedSocketRedis.Generator.Analysis.Contracts;

/// <summary>The contracts that hand-written code uses anywhere except in their declarations and implementations.</summary>
internal sealed class ContractMentions(Compilation compilation, ContractSymbols symbols)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _found = new(SymbolEqualityComparer.Default);

    // Collected when the first file is analyzed: any file may use a contract of any other.
    private readonly Lazy<ILookup<string, INamedTypeSymbol>> _contracts = new(
        () => Interfaces(compilation.Assembly.GlobalNamespace).Where(symbols.IsContract).ToLookup(c => c.Name, StringComparer.Ordinal));

    public bool Contains(INamedTypeSymbol contract) => _found.ContainsKey(contract);

    /// <summary>Adds the contracts that a file uses. An ambiguous name counts as a use of each candidate.</summary>
    public void Add(SemanticModel file, CancellationToken cancellationToken)
    {
        if (_contracts.Value.Count == 0) return;
        foreach (var token in file.SyntaxTree.GetRoot(cancellationToken).DescendantTokens())
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken) || !_contracts.Value.Contains(token.ValueText)) continue;
            if (token.Parent is not SimpleNameSyntax name || IsImplemented(name)) continue;

            var symbol = file.GetSymbolInfo(name, cancellationToken).Symbol;
            foreach (var contract in _contracts.Value[token.ValueText])
                if (symbol is null || SymbolEqualityComparer.Default.Equals(symbol, contract)) _found.TryAdd(contract, true);
        }
    }

    private static IEnumerable<INamedTypeSymbol> Interfaces(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamedTypeSymbol { TypeKind: TypeKind.Interface } type) yield return type;
            if (member is not INamespaceOrTypeSymbol inner) continue;
            foreach (var nested in Interfaces(inner)) yield return nested;
        }
    }

    private static bool IsImplemented(NameSyntax name)
    {
        while (name.Parent is QualifiedNameSyntax qualified && qualified.Right == name) name = qualified;
        return name.Parent is SimpleBaseTypeSyntax { Parent: BaseListSyntax { Parent: TypeDeclarationSyntax type } }
            && type is not InterfaceDeclarationSyntax;
    }
}
