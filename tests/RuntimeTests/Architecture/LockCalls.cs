using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The calls that are made, directly or through other methods, while a lock is held.</summary>
/// <remarks>A call ends at an interface of <paramref name="seams"/> and at a delegate: both are reported. Lambdas and local functions
/// inside a lock count where they are invoked by name only, since a lambda that is passed on runs later.</remarks>
internal sealed class LockCalls(CSharpCompilation compilation, IReadOnlySet<string> seams)
{
    private readonly ILookup<ISymbol, IMethodSymbol> _implementations = Implementations(compilation);

    /// <summary>Returns the type that declares each lock with what is called while it is held, as <c>Type: Interface.Member</c> or
    /// <c>Type: delegate Member</c>.</summary>
    public IReadOnlyList<string> Find()
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var statement in tree.GetRoot().DescendantNodes().OfType<LockStatementSyntax>())
            {
                var holder = statement.Ancestors().OfType<TypeDeclarationSyntax>().First().Identifier.Text;
                var calls = new HashSet<string>(StringComparer.Ordinal);
                Visit(statement.Statement, calls, new HashSet<ISymbol>(SymbolEqualityComparer.Default));
                found.UnionWith(calls.Select(call => $"{holder}: {call}"));
            }
        }

        return [.. found];
    }

    private void Visit(SyntaxNode body, HashSet<string> calls, HashSet<ISymbol> visited)
    {
        var model = compilation.GetSemanticModel(body.SyntaxTree);
        foreach (var node in body.DescendantNodesAndSelf(
            node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            switch (node)
            {
                case InvocationExpressionSyntax invocation when model.GetSymbolInfo(node).Symbol is IMethodSymbol method:
                    if (method.MethodKind == MethodKind.DelegateInvoke) calls.Add($"delegate {DelegateName(model, invocation)}");
                    else Follow(method, calls, visited);
                    break;
                case BaseObjectCreationExpressionSyntax when model.GetSymbolInfo(node).Symbol is IMethodSymbol constructor:
                    Follow(constructor, calls, visited);
                    break;
                case SimpleNameSyntax when model.GetSymbolInfo(node).Symbol is IPropertySymbol property:
                    foreach (var accessor in new[] { property.GetMethod, property.SetMethod }.OfType<IMethodSymbol>())
                        Follow(accessor, calls, visited);
                    break;
            }
        }
    }

    private static string DelegateName(SemanticModel model, InvocationExpressionSyntax invocation)
    {
        var target = invocation.Expression switch
        {
            MemberBindingExpressionSyntax when invocation.Parent is ConditionalAccessExpressionSyntax access => access.Expression,
            MemberAccessExpressionSyntax { Name.Identifier.Text: "Invoke" } access => access.Expression,
            var other => other,
        };
        return model.GetSymbolInfo(target).Symbol is { } symbol ? $"{symbol.ContainingType?.Name}.{symbol.Name}" : target.ToString();
    }

    private void Follow(IMethodSymbol method, HashSet<string> calls, HashSet<ISymbol> visited)
    {
        var definition = (IMethodSymbol)(method.ReducedFrom ?? method).OriginalDefinition;
        if (seams.Contains(definition.ContainingType?.Name ?? ""))
        {
            calls.Add($"{definition.ContainingType!.Name}.{(definition.AssociatedSymbol ?? definition).Name}");
            return;
        }

        if (!visited.Add(definition) || definition.DeclaringSyntaxReferences.IsEmpty) return;
        foreach (var one in _implementations[definition].Prepend(definition))
            foreach (var reference in one.DeclaringSyntaxReferences)
                if (Body(reference.GetSyntax()) is { } body) Visit(body, calls, visited);
    }

    private static SyntaxNode? Body(SyntaxNode declaration) => declaration switch
    {
        BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
        AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
        LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody,
        ArrowExpressionClauseSyntax arrow => arrow,
        _ => null,
    };

    /// <summary>Returns the methods that override each method, or implement it.</summary>
    public static ILookup<ISymbol, IMethodSymbol> Implementations(CSharpCompilation compilation)
    {
        var pairs = new List<(ISymbol Declared, IMethodSymbol By)>();
        foreach (var type in Compilations.Types(compilation).Where(type => type.TypeKind is TypeKind.Class or TypeKind.Struct))
        {
            foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
                if (method.OverriddenMethod is { } overridden) pairs.Add((overridden.OriginalDefinition, method));
            foreach (var member in type.AllInterfaces.SelectMany(one => one.GetMembers()).OfType<IMethodSymbol>())
                if (type.FindImplementationForInterfaceMember(member) is IMethodSymbol by) pairs.Add((member.OriginalDefinition, by));
        }

        return pairs.ToLookup(pair => pair.Declared, pair => pair.By, SymbolEqualityComparer.Default)!;
    }
}
