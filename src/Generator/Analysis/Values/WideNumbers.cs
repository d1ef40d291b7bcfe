using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Parsing.Types;

namespace TypedSocketRedis.Generator.Analysis.Values;

/// <summary>One 64-bit number in the payload of an event.</summary>
/// <param name="At">The property, or the event's parameter or method if the property's source is in another assembly.</param>
/// <param name="Path">The display path of the property, for example <c>Order.Lines</c>.</param>
/// <param name="Type">The type of the number.</param>
internal sealed record WideNumber(ISymbol At, string Path, string Type);

/// <summary>Searches payload types, collections and type arguments for 64-bit numbers.</summary>
internal sealed class WideNumbers
{
    // A generic type may contain ever larger versions of itself, which is a separate error.
    private const int MaxTypes = 1_000;
    private const long MaxExact = 1L << 53;

    private readonly HashSet<ITypeSymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly List<WideNumber> _found = [];
    private readonly IAssemblySymbol _assembly;
    private readonly CancellationToken _cancellationToken;

    private WideNumbers(IAssemblySymbol assembly, CancellationToken cancellationToken) =>
        (_assembly, _cancellationToken) = (assembly, cancellationToken);

    /// <summary>Returns all numbers, each location once.</summary>
    public static IReadOnlyList<WideNumber> In(ITypeSymbol type, ISymbol at, CancellationToken cancellationToken)
    {
        var numbers = new WideNumbers(at.ContainingAssembly, cancellationToken);
        numbers.Visit(type, at, at.Name);
        return numbers._found;
    }

    private void Visit(ITypeSymbol type, ISymbol at, string path)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (type is IArrayTypeSymbol array) Visit(array.ElementType, at, path);
        else if (IsWide(type)) _found.Add(new(at, path, type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
        else if (type is INamedTypeSymbol named) Visit(named, at, path);
    }

    private void Visit(INamedTypeSymbol type, ISymbol at, string path)
    {
        if (FrameworkTypes.Contains(type))
        {
            foreach (var argument in type.TypeArguments) Visit(argument, at, path);
            return;
        }

        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface)) return;
        if (_seen.Count >= MaxTypes || !_seen.Add(type)) return;
        for (var t = type; t is { SpecialType: SpecialType.None }; t = t.BaseType)
        {
            foreach (var member in t.GetMembers()) Visit(member, at, path);
        }

        foreach (var attribute in type.GetAttributes())
        {
            // [JsonDerivedType] and [Union] list the classes that are sent instead of the type.
            foreach (var argument in attribute.ConstructorArguments)
                if (argument is { Kind: TypedConstantKind.Type, Value: INamedTypeSymbol derived } && derived.BaseType is not null)
                    Visit(derived, at, path);
        }
    }

    private void Visit(ISymbol member, ISymbol at, string path)
    {
        if (member is not { IsStatic: false, DeclaredAccessibility: Accessibility.Public } || PayloadMember.Type(member) is not { } type)
            return;
        if (PayloadAttributes.IsIgnored(member) || PayloadMember.HasOwnForm(member)) return;

        // In Page<T> the property itself is not wide; its type argument is.
        var isOwn = PayloadMember.Type(member.OriginalDefinition) is { } declared && SymbolEqualityComparer.Default.Equals(declared, type);
        var name = $"{member.ContainingType.Name}.{member.Name}";
        var isHere = isOwn && SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _assembly);
        Visit(type, isHere ? member.OriginalDefinition : at, isHere ? name : $"{path}: {name}");
    }

    private static bool IsWide(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_IntPtr or SpecialType.System_UIntPtr } =>
            true,
        INamedTypeSymbol { EnumUnderlyingType.SpecialType: SpecialType.System_Int64 or SpecialType.System_UInt64 } number =>
            !PayloadMember.HasOwnForm(number)
                && number.GetMembers().OfType<IFieldSymbol>().Any(f => f.ConstantValue is > MaxExact or < -MaxExact or > (ulong)MaxExact),
        _ => false,
    };
}
