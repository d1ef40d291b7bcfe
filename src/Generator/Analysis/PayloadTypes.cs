using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Analysis;

/// <summary>The types of one compilation that can be written without a contract, as its generated and own formatters show.</summary>
internal sealed class PayloadTypes(Compilation compilation)
{
    private const string FormatterInterface = "MessagePack.Formatters.IMessagePackFormatter`1";

    private static readonly HashSet<string> Simple =
    [
        "System.DateOnly", "System.DateTimeOffset", "System.Guid", "System.Half", "System.Int128", "System.Memory",
        "System.Numerics.BigInteger", "System.ReadOnlyMemory", "System.Text.Json.JsonElement", "System.Text.Json.Nodes.JsonNode",
        "System.Text.Rune", "System.TimeOnly", "System.TimeSpan", "System.UInt128", "System.Uri", "System.Version",
        "TypedSocketRedis.SocketArgument", "TypedSocketRedis.SocketId",
    ];

    // Most compilations have no value of which this is asked.
    private readonly Lazy<HashSet<ITypeSymbol>> _formatted = new(() => Formatted(compilation));

    /// <summary>Returns a value indicating whether an argument of an event can be read as a type, as far as is known.</summary>
    /// <remarks>Types of the application can have formatters in other assemblies.</remarks>
    public static bool IsReadable(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.Rank == 1 && IsReadable(array.ElementType),
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable =>
            IsReadable(nullable.TypeArguments[0]),
        INamedTypeSymbol { TypeKind: TypeKind.Delegate } => false,
        INamedTypeSymbol named => named.SpecialType switch
        {
            SpecialType.None => IsReadableClass(named),
            SpecialType.System_String or SpecialType.System_DateTime => true,
            >= SpecialType.System_Boolean and <= SpecialType.System_Double => true,
            _ => false,
        },
        _ => type.TypeKind is TypeKind.TypeParameter or TypeKind.Error,
    };

    /// <summary>Returns the type of the compilation that has no formatter, the type itself or that of its elements; otherwise
    /// null.</summary>
    public INamedTypeSymbol? WithoutFormatter(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => WithoutFormatter(array.ElementType),
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable =>
            WithoutFormatter(nullable.TypeArguments[0]),
        INamedTypeSymbol { Name: "List", Arity: 1 } list when FrameworkTypes.Contains(list) => WithoutFormatter(list.TypeArguments[0]),
        INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface } named
            when IsOwn(named) && !_formatted.Value.Contains(named.OriginalDefinition) => named,
        _ => null,
    };

    /// <summary>Returns a value indicating whether a value with a static type can never be written as <c>object</c>.</summary>
    public bool IsNeverWritten(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Delegate } => true,
        INamedTypeSymbol { IsTupleType: true } or { TypeKind: not (TypeKind.Class or TypeKind.Struct) } => false,
        INamedTypeSymbol named when named.AllInterfaces.Any(static one => one.Name == nameof(System.Collections.IEnumerable)) => false,
        INamedTypeSymbol named when IsOwn(named) => !_formatted.Value.Any(one => IsOrDerivesFrom(one, named.OriginalDefinition)),
        _ => IsNeverData(type),
    };

    private static HashSet<ITypeSymbol> Formatted(Compilation compilation)
    {
        var found = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        if (compilation.GetTypeByMetadataName(FormatterInterface) is not { } formatter) return found;
        foreach (var type in Types(compilation.Assembly.GlobalNamespace))
        {
            found.UnionWith(type.AllInterfaces.Where(one => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, formatter))
                .Select(one => one.TypeArguments[0].OriginalDefinition));
        }

        return found;
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamedTypeSymbol type) yield return type;
            if (member is not INamespaceOrTypeSymbol inner) continue;
            foreach (var nested in Types(inner)) yield return nested;
        }
    }

    private bool IsOwn(INamedTypeSymbol type) => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);

    private static bool IsOrDerivesFrom(ITypeSymbol type, ITypeSymbol ancestor)
    {
        for (var one = type; one is not null; one = one.BaseType)
            if (SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, ancestor)) return true;
        return false;
    }

    private static bool IsNeverData(ITypeSymbol type)
    {
        for (var one = type; one is not null; one = one.BaseType)
        {
            if (FrameworkTypes.Contains(one)
                && one.Name is "Stream" or "Task" or "ValueTask" or "CancellationToken" or "Exception" or "Type") return true;
        }

        return false;
    }

    private static bool IsReadableClass(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace.ToDisplayString();
        if (Simple.Contains($"{space}.{type.Name}")) return true;

        // Collections of the framework have formatters where contracts refer to them.
        return !ContractSymbols.IsOfLibrary(type)
            && (!IsIn(space, "System") || IsIn(space, "System.Collections"))
            && !IsIn(space, "Microsoft");
    }

    private static bool IsIn(string space, string root) => space == root || space.StartsWith(root + ".", StringComparison.Ordinal);
}
