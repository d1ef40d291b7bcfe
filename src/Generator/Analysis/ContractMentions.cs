using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedSocketRedis.Generator.Analysis;

/// <summary>Where hand-written code writes the names of some contracts: by name alone, so that doubt counts as use.</summary>
/// <param name="Used">The contracts written anywhere but where they are declared or implemented.</param>
/// <param name="Implementations">The first type that implements each contract.</param>
internal sealed record ContractMentions(HashSet<string> Used, Dictionary<string, string> Implementations)
{
    public static ContractMentions Find(Compilation compilation, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var wanted = new HashSet<string>(names, StringComparer.Ordinal);
        var mentions = new ContractMentions(new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)) continue;
            foreach (var token in tree.GetRoot(cancellationToken).DescendantTokens())
            {
                if (token.IsKind(SyntaxKind.IdentifierToken) && wanted.Contains(token.ValueText)) mentions.Add(token);
            }
        }

        return mentions;
    }

    private void Add(SyntaxToken token)
    {
        switch (token.Parent)
        {
            case InterfaceDeclarationSyntax:
                break;
            case SimpleNameSyntax name when Implementing(name) is { } type:
                if (!Implementations.ContainsKey(token.ValueText)) Implementations.Add(token.ValueText, type.Identifier.ValueText);
                break;
            default:
                Used.Add(token.ValueText);
                break;
        }
    }

    private static TypeDeclarationSyntax? Implementing(NameSyntax name)
    {
        while (name.Parent is QualifiedNameSyntax qualified && qualified.Right == name) name = qualified;
        return name.Parent is SimpleBaseTypeSyntax { Parent: BaseListSyntax { Parent: TypeDeclarationSyntax type } }
            && type is not InterfaceDeclarationSyntax ? type : null;
    }
}
