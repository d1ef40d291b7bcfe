using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The graph of which type holds which: over instance fields, constructor parameters, and the delegates given to it.</summary>
/// <remarks>An interface stands for all types that implement it. A delegate stands for the type whose method or variables it uses. A nested
/// type is a part of the outermost type around it.</remarks>
internal sealed class HolderGraph
{
    private readonly Dictionary<string, SortedSet<string>> _edges = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<INamedTypeSymbol> _types;
    private readonly HashSet<INamedTypeSymbol> _own;
    private readonly ILookup<string, string> _names;

    public HolderGraph(CSharpCompilation compilation)
    {
        _types = Compilations.Types(compilation);
        _own = new HashSet<INamedTypeSymbol>(_types, SymbolEqualityComparer.Default);
        _names = _types.Where(type => type.ContainingType is null)
            .Select(type => (type.Name, Folder: $"{type.ContainingNamespace}"))
            .Distinct()
            .ToLookup(type => type.Name, type => type.Folder, StringComparer.Ordinal);
        foreach (var type in _types.Where(type => type.TypeKind is TypeKind.Class or TypeKind.Struct)) AddMembers(type);
        foreach (var (holder, target) in new DelegateFlow(compilation).Holders()) Add(holder, target);
    }

    /// <summary>Returns the groups of types that hold each other, in turn or at once, as sorted names.</summary>
    /// <param name="without">The pairs of holder and held type that do not count.</param>
    public IReadOnlyList<string> Cycles(params IEnumerable<(string Holder, string Held)> without)
    {
        var left = without.ToHashSet();
        IEnumerable<string> Counted(string name) => Held(name).Where(held => !left.Contains((name, held)));
        var reach = _edges.Keys.ToDictionary(name => name, name => Reachable(name, Counted), StringComparer.Ordinal);
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

    private SortedSet<string> Held(string name) => _edges.TryGetValue(name, out var held) ? held : [];

    private static SortedSet<string> Reachable(string from, Func<string, IEnumerable<string>> held)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        var left = new Stack<string>(held(from));
        while (left.TryPop(out var next))
            if (reached.Add(next)) foreach (var one in held(next)) left.Push(one);
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

    /// <summary>Returns the name of the outermost type around a type, with its folder if it is not unique.</summary>
    private string Outermost(INamedTypeSymbol type) => type.ContainingType is { } outer ? Outermost(outer)
        : _names[type.Name].Count() == 1 ? type.Name : $"{type.ContainingNamespace}.{type.Name}";

    /// <summary>Returns a type with its element type and type arguments; a delegate has none, since it holds no instance of them.</summary>
    public static IEnumerable<INamedTypeSymbol> Parts(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Parts(array.ElementType),
        INamedTypeSymbol { TypeKind: not TypeKind.Delegate } named =>
            named.TypeArguments.SelectMany(Parts).Prepend(named.OriginalDefinition),
        _ => [],
    };
}
