using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Parses types and properties with a custom MessagePack formatter.</summary>
internal static class CustomParser
{
    /// <summary>Returns the formatter in the attribute of a type or property, or null for none.</summary>
    public static INamedTypeSymbol? Find(ISymbol symbol, ITypeSymbol type, IAssemblySymbol assembly, ShapePath path)
    {
        if (symbol.Attribute(PayloadAttributes.CustomFormatter) is not { } attribute) return null;
        if (attribute.ConstructorArguments.FirstOrDefault().Value is not INamedTypeSymbol formatter)
            throw Refuse(path, "the formatter is not a type");
        if (attribute.ConstructorArguments.Skip(1).Any(a => a.Kind == TypedConstantKind.Array && a.Values.Length > 0))
            throw Refuse(path, $"arguments for {formatter.Name} are not supported");
        if (!Symbols.IsReachable(formatter, assembly))
            throw Refuse(path, $"{formatter.Name} is not accessible to generated code: make it internal or public");
        if (formatter.IsUnboundGenericType || formatter.IsAbstract) throw Refuse(path, $"{formatter.Name} cannot be created");

        var isForType = formatter.AllInterfaces.Any(i =>
            i is { Name: "IMessagePackFormatter", Arity: 1 } && TypeIdentity.IsSame(i.TypeArguments[0], type));
        if (!isForType) throw Refuse(path, $"{formatter.Name} is not an IMessagePackFormatter<{type.Name}>");
        if (Creation(formatter, assembly) is null)
            throw Refuse(path, $"{formatter.Name} has neither a public Instance nor a parameterless constructor");
        return formatter;
    }

    public static CustomModel Parse(ITypeSymbol type, INamedTypeSymbol formatter, string name, IAssemblySymbol assembly) => new(
        name, type.CodeWithoutNull(), type.IsReferenceType, Creation(formatter, assembly)!, ResolverPlace.Type(assembly),
        PayloadAttributes.Text(formatter.Attribute(KnownNames.TypeScriptType)) ?? "");

    private static string? Creation(INamedTypeSymbol formatter, IAssemblySymbol assembly)
    {
        if (formatter.GetMembers("Instance")
            .Any(m => m is { IsStatic: true, DeclaredAccessibility: Accessibility.Public } && IsFormatter(m)))
            return formatter.PlainCode() + ".Instance";
        var isCreatable = formatter.InstanceConstructors.Any(c => c.Parameters.Length == 0 && Symbols.IsAccessible(c, assembly));
        return isCreatable ? $"new {formatter.PlainCode()}()" : null;

        bool IsFormatter(ISymbol member) => SymbolEqualityComparer.Default.Equals(
            member switch { IFieldSymbol f => f.Type, IPropertySymbol p => p.Type, _ => null }, formatter);
    }

    private static ShapeException Refuse(ShapePath path, string reason) => path.Refuse(reason, Descriptors.Formatter);
}
