using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The graph of which type holds which: over instance fields, constructor parameters, and the delegates given to it.</summary>
/// <remarks>An interface stands for all types that implement it. A delegate stands for the type whose method or variables it uses. A nested
/// type is a part of the outermost type around it.</remarks>
internal sealed class HolderGraph
{
    private readonly Dictionary<string, SortedSet<string>> _edges = new(StringComparer.Ordinal);
    private readonly CSharpCompilation _compilation;
    private readonly IReadOnlyList<INamedTypeSymbol> _types;
    private readonly HashSet<INamedTypeSymbol> _own;

    public HolderGraph(CSharpCompilation compilation)
    {
        _compilation = compilation;
        _types = Compilations.Types(compilation);
        _own = new HashSet<INamedTypeSymbol>(_types, SymbolEqualityComparer.Default);
        foreach (var type in _types.Where(type => type.TypeKind is TypeKind.Class or TypeKind.Struct)) AddMembers(type);
        foreach (var tree in compilation.SyntaxTrees) AddDelegates(tree);
    }

    /// <summary>Returns the groups of types that hold each other, in turn or at once, as sorted names.</summary>
    public IReadOnlyList<string> Cycles()
    {
        var reach = _edges.Keys.ToDictionary(name => name, Reachable, StringComparer.Ordinal);
        return [.. _edges.Keys.Where(name => reach[name].Contains(name))
            .Select(name => string.Join(", ", reach[name].Where(other => reach.TryGetValue(other, out var back) && back.Contains(name))))
            .Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Returns a line for each type of a cycle with the types of the cycle that it holds.</summary>
    public string Describe(string cycle)
    {
        var names = cycle.Split(", ");
        return string.Join('\n', names.Select(name => $"{name} -> {string.Join(", ", Held(name).Intersect(names))}"));
    }

    private IEnumerable<string> Held(string name) => _edges.TryGetValue(name, out var held) ? held : [];

    private SortedSet<string> Reachable(string from)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        var left = new Stack<string>(Held(from));
        while (left.TryPop(out var next))
            if (reached.Add(next)) foreach (var one in Held(next)) left.Push(one);
        return reached;
    }

    private void AddMembers(INamedTypeSymbol type)
    {
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic)) Add(type, field.Type);
        foreach (var parameter in type.InstanceConstructors.Where(constructor => !IsCopy(constructor, type))
            .SelectMany(constructor => constructor.Parameters)) Add(type, parameter.Type);
    }

    private static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type) =>
        constructor.IsImplicitlyDeclared && constructor.Parameters is [var one] && SymbolEqualityComparer.Default.Equals(one.Type, type);

    private void Add(INamedTypeSymbol holder, ITypeSymbol held)
    {
        foreach (var type in Parts(held))
        {
            if (!_own.Contains(type)) continue;
            foreach (var one in type.TypeKind == TypeKind.Interface ? Implementers(type) : [type])
            {
                var (from, to) = (Outermost(holder), Outermost(one));
                if (from == to) continue;
                if (!_edges.TryGetValue(from, out var edges)) _edges[from] = edges = new SortedSet<string>(StringComparer.Ordinal);
                edges.Add(to);
            }
        }
    }

    private IEnumerable<INamedTypeSymbol> Implementers(INamedTypeSymbol type) => _types.Where(one => one.TypeKind == TypeKind.Class
        && one.AllInterfaces.Any(implemented => SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, type)));

    private static string Outermost(INamedTypeSymbol type) => type.ContainingType is { } outer ? Outermost(outer) : type.Name;

    /// <summary>Returns a type with its element type and type arguments; a delegate has none, since it holds no instance of them.</summary>
    private static IEnumerable<INamedTypeSymbol> Parts(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Parts(array.ElementType),
        INamedTypeSymbol { TypeKind: not TypeKind.Delegate } named =>
            named.TypeArguments.SelectMany(Parts).Prepend(named.OriginalDefinition),
        _ => [],
    };

    private void AddDelegates(SyntaxTree tree)
    {
        var model = _compilation.GetSemanticModel(tree);
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            switch (node)
            {
                case BaseObjectCreationExpressionSyntax { ArgumentList: { } arguments }:
                    AddArguments(model, model.GetSymbolInfo(node).Symbol, arguments);
                    break;
                case ConstructorInitializerSyntax initializer:
                    AddArguments(model, model.GetSymbolInfo(initializer).Symbol, initializer.ArgumentList);
                    break;
                case PrimaryConstructorBaseTypeSyntax derived:
                    AddArguments(model, model.GetSymbolInfo(derived).Symbol, derived.ArgumentList);
                    break;
                case AssignmentExpressionSyntax assignment when model.GetSymbolInfo(assignment.Left).Symbol is
                    IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false } or IEventSymbol { IsStatic: false }:
                    AddDelegate(model, model.GetSymbolInfo(assignment.Left).Symbol!.ContainingType, assignment.Right);
                    break;
            }
        }
    }

    private void AddArguments(SemanticModel model, ISymbol? constructor, ArgumentListSyntax arguments)
    {
        if (constructor is null) return;
        foreach (var argument in arguments.Arguments) AddDelegate(model, constructor.ContainingType, argument.Expression);
    }

    private void AddDelegate(SemanticModel model, INamedTypeSymbol holder, ExpressionSyntax value)
    {
        if (!_own.Contains(holder.OriginalDefinition) || model.GetTypeInfo(value).ConvertedType?.TypeKind != TypeKind.Delegate) return;
        foreach (var type in Targets(model, value)) Add(holder.OriginalDefinition, type);
    }

    /// <summary>Returns the types of the instances that a method group or a lambda keeps alive.</summary>
    private static IEnumerable<ITypeSymbol> Targets(SemanticModel model, ExpressionSyntax value)
    {
        if (value is AnonymousFunctionExpressionSyntax lambda)
        {
            var flow = model.AnalyzeDataFlow(lambda);
            return flow is { Succeeded: true } ? flow.CapturedInside.SelectMany(CapturedType) : [];
        }

        if (model.GetSymbolInfo(value).Symbol is not IMethodSymbol { IsStatic: false } method) return [];
        return value is MemberAccessExpressionSyntax access && model.GetTypeInfo(access.Expression).Type is { } receiver
            ? [receiver]
            : [method.ContainingType];
    }

    private static IEnumerable<ITypeSymbol> CapturedType(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter => [parameter.Type],
        ILocalSymbol local => [local.Type],
        _ => [],
    };
}
