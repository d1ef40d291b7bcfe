using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing.Types;

/// <summary>Parses base types that list their derived types with <c>[JsonDerivedType]</c> or <c>[Union]</c>.</summary>
internal sealed class UnionParser(TypeShapeParser types, IAssemblySymbol assembly)
{
    private const string DefaultProperty = "$type";
    private const int FallBackToBase = 1;

    public static bool IsUnion(ITypeSymbol type) =>
        type.Has(KnownNames.DerivedType) || type.Has(PayloadAttributes.DerivedType) || type.Has(PayloadAttributes.Polymorphic)
        || type.Has(PayloadAttributes.Union);

    public UnionModel Parse(INamedTypeSymbol type, string name, TypeUse use)
    {
        var polymorphic = type.Attribute(PayloadAttributes.Polymorphic);
        var property = PayloadAttributes.Named(polymorphic, "TypeDiscriminatorPropertyName") as string ?? DefaultProperty;
        var fallback = PayloadAttributes.Named(polymorphic, "UnknownDerivedTypeHandling") as int? ?? 0;
        if (fallback > FallBackToBase) use.Refuse(type, Descriptors.NearestAncestor);

        var listed = Listed(type).ToArray();
        if (listed.Length == 0) use.Refuse(type, Descriptors.NoVariants);
        foreach (var twice in listed.GroupBy(l => l.Type, SymbolEqualityComparer.Default).Where(g => g.Key is not null && g.Count() > 1))
            use.Refuse(type, Descriptors.ListedTwice, twice.Key!.Name);

        var known = new HashSet<string>(StringComparer.Ordinal);
        var variants = listed.Select(l => Variant(type, l.Type, l.Discriminator, property, known, use)).ToArray();
        var isConcrete = type is { IsAbstract: false, TypeKind: TypeKind.Class };
        var itself = isConcrete && variants.All(v => v.Type != type.PlainCode())
            ? types.Register(FormatterNames.Special(type, "Itself"), n => types.Object(type, n, use))
            : "";
        if (fallback == FallBackToBase && !isConcrete) use.Refuse(type, Descriptors.AbstractFallback);
        return new(name, type.CodeWithoutNull(), type.Name, property, itself, fallback == FallBackToBase && itself.Length > 0,
            new(variants))
        {
            IgnoresUnknown = PayloadAttributes.Named(polymorphic, "IgnoreUnrecognizedTypeDiscriminators") is true,
        };
    }

    private VariantModel Variant(
        INamedTypeSymbol declared, INamedTypeSymbol? type, object? discriminator, string property, HashSet<string> known, TypeUse use)
    {
        var text = discriminator is bool isTrue ? (isTrue ? "true" : "false")
            : Convert.ToString(discriminator, CultureInfo.InvariantCulture);
        if (discriminator is not null && !known.Add(text)) use.Refuse(declared, Descriptors.SameDiscriminator, text);
        if (Refusal(type, declared) is { } reason)
        {
            use.Refuse(declared, reason, type?.Name ?? "null");
            return new("", "", null);
        }

        var mark = discriminator is null ? null : new MarkModel(property, text, IsText: discriminator is string);
        var name = types.Register(FormatterNames.Variant(type!, declared), n => types.Object(type!, n, use.Inner()) with { Mark = mark });
        if (mark is not null) (types.Types[name], types.Variants[name]) = (type!, declared);
        if (mark is not null && types.Members(name).Any(m => m.WireName == property))
            use.Refuse(type!, Descriptors.DiscriminatorProperty, property);
        return new(type!.PlainCode(), name, discriminator is null ? null : text);
    }

    private DiagnosticDescriptor? Refusal(INamedTypeSymbol? type, INamedTypeSymbol declared)
    {
        if (type is { IsUnboundGenericType: true }) return Descriptors.OpenVariant;
        if (type is null || !IsDerived(type, declared)) return Descriptors.NotDerived;
        if (type.IsAbstract || type.TypeKind == TypeKind.Interface) return Descriptors.AbstractVariant;
        return Symbols.IsReachable(type, assembly) ? null : Descriptors.VariantAccess;
    }

    private static IEnumerable<(INamedTypeSymbol? Type, object? Discriminator)> Listed(INamedTypeSymbol type)
    {
        // The compiler reports an attribute whose arguments no constructor takes.
        var json = type.GetAttributes()
            .Where(a => (a.Is(PayloadAttributes.DerivedType) || a.Is(KnownNames.DerivedType)) && a.ConstructorArguments.Length > 0)
            .ToArray();
        if (json.Length > 0)
        {
            return json.Select(a => (Close(a.ConstructorArguments[0].Value as INamedTypeSymbol, type),
                a.ConstructorArguments.Length > 1 ? a.ConstructorArguments[1].Value : null));
        }

        return type.GetAttributes()
            .Where(a => a.Is(PayloadAttributes.Union) && a.ConstructorArguments.Length == 2)
            .Select(a => (a.ConstructorArguments[1].Value as INamedTypeSymbol, a.ConstructorArguments[0].Value));
    }

    // An open generic type gets the type arguments of the base type.
    private static INamedTypeSymbol? Close(INamedTypeSymbol? type, INamedTypeSymbol declared) =>
        type is { IsUnboundGenericType: true, ContainingType: null or { IsGenericType: false } } && type.Arity == declared.Arity
            ? type.OriginalDefinition.Construct(declared.TypeArguments, declared.TypeArgumentNullableAnnotations)
            : type;

    private static bool IsDerived(INamedTypeSymbol type, INamedTypeSymbol declared)
    {
        for (var t = type; t is not null; t = t.BaseType)
            if (TypeIdentity.IsSame(t, declared)) return true;
        return type.AllInterfaces.Any(i => TypeIdentity.IsSame(i, declared));
    }
}
