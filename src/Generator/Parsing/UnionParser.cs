using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Parses base types that list their derived types with <c>[JsonDerivedType]</c> or <c>[Union]</c>.</summary>
internal sealed class UnionParser(TypeShapeParser types, IAssemblySymbol assembly)
{
    private const string DefaultProperty = "$type";
    private const int FallBackToBase = 1;

    public static bool IsUnion(ITypeSymbol type) =>
        type.Has(PayloadAttributes.DerivedType) || type.Has(PayloadAttributes.Polymorphic) || type.Has(PayloadAttributes.Union);

    public UnionModel Parse(INamedTypeSymbol type, string name, ShapePath path)
    {
        var polymorphic = type.Attribute(PayloadAttributes.Polymorphic);
        var property = PayloadAttributes.Named(polymorphic, "TypeDiscriminatorPropertyName") as string ?? DefaultProperty;
        var fallback = PayloadAttributes.Named(polymorphic, "UnknownDerivedTypeHandling") as int? ?? 0;
        if (fallback > FallBackToBase)
            throw Refuse(path, "an unlisted type can be refused or written as the base type, but not as its nearest base");

        var known = new HashSet<string>(StringComparer.Ordinal);
        var variants = Listed(type).Select(l => Variant(type, l.Type, l.Discriminator, property, known, path)).ToArray();
        if (variants.Length == 0) throw Refuse(path, "it lists no derived types");
        if (variants.GroupBy(v => v.Type).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Refuse(path, $"it lists {twice.Key} twice");

        var isConcrete = type is { IsAbstract: false, TypeKind: TypeKind.Class };
        var itself = isConcrete && variants.All(v => v.Type != type.PlainCode())
            ? types.Register(FormatterNames.Special(type, "Itself"), n => types.Object(type, n, path))
            : "";
        if (fallback == FallBackToBase && !isConcrete)
            throw Refuse(path, "unlisted types cannot be written as a base type that is abstract or an interface");
        return new(name, type.CodeWithoutNull(), type.Name, property, itself, fallback == FallBackToBase && itself.Length > 0,
            new(variants));
    }

    private VariantModel Variant(
        INamedTypeSymbol declared, INamedTypeSymbol? type, object? discriminator, string property, HashSet<string> known, ShapePath path)
    {
        if (type is null || !IsDerived(type, declared)) throw Refuse(path, $"{type?.Name ?? "a listed type"} is not derived from it");
        if (type.IsUnboundGenericType) throw Refuse(path, $"{type.Name} is listed without its type arguments");
        if (type.IsAbstract || type.TypeKind == TypeKind.Interface) throw Refuse(path, $"{type.Name} is abstract");
        if (!Symbols.IsReachable(type, assembly))
            throw Refuse(path, $"{type.Name} is not accessible to generated code: make it internal or public");

        var text = Convert.ToString(discriminator, CultureInfo.InvariantCulture);
        if (discriminator is not null && !known.Add(text)) throw Refuse(path, $"two types have the discriminator {text}");
        var mark = discriminator is null ? null : new MarkModel(property, text, IsText: discriminator is string);

        var at = path.Variant(type);
        var name = types.Register(FormatterNames.Variant(type, declared), n => types.Object(type, n, at) with { Mark = mark });
        if (mark is not null && types.Members(name).Any(m => m.WireName == property))
            throw Refuse(at, $"it has a property called '{property}', which is the name of the discriminator");
        return new(type.PlainCode(), name, discriminator is null ? null : text);
    }

    private static IEnumerable<(INamedTypeSymbol? Type, object? Discriminator)> Listed(INamedTypeSymbol type)
    {
        var json = type.GetAttributes().Where(a => a.AttributeClass?.ToDisplayString() == PayloadAttributes.DerivedType).ToArray();
        if (json.Length > 0)
        {
            return json.Select(a => (a.ConstructorArguments[0].Value as INamedTypeSymbol,
                a.ConstructorArguments.Length > 1 ? a.ConstructorArguments[1].Value : null));
        }

        return type.GetAttributes()
            .Where(a => a.AttributeClass?.ToDisplayString() == PayloadAttributes.Union && a.ConstructorArguments.Length == 2)
            .Select(a => (a.ConstructorArguments[1].Value as INamedTypeSymbol, a.ConstructorArguments[0].Value));
    }

    private static bool IsDerived(INamedTypeSymbol type, INamedTypeSymbol declared)
    {
        for (var t = type; t is not null; t = t.BaseType)
            if (TypeIdentity.IsSame(t, declared)) return true;
        return type.AllInterfaces.Any(i => TypeIdentity.IsSame(i, declared));
    }

    private static ShapeException Refuse(ShapePath path, string reason) => path.Refuse(reason, Descriptors.Union);
}
