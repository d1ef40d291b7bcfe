using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing.Contracts;

namespace TypedSocketRedis.Generator.Parsing.Types;

/// <summary>Parses types and properties with a custom MessagePack formatter.</summary>
internal static class CustomParser
{
    private const string KnownFormatter = "MessagePackKnownFormatterAttribute";

    /// <summary>Returns the formatter in the attribute of a type or property, or null for none.</summary>
    /// <param name="symbol">The type or property.</param>
    /// <param name="type">The type that is written, whose type arguments an open generic formatter gets.</param>
    public static INamedTypeSymbol? Find(ISymbol symbol, ITypeSymbol type) =>
        symbol.Attribute(PayloadAttributes.CustomFormatter)?.ConstructorArguments.FirstOrDefault().Value is INamedTypeSymbol formatter
            ? Close(formatter, type)
            : null;

    /// <summary>Returns the formatter of a type that the compiled assembly declares for a type of another one, or null for none.</summary>
    public static INamedTypeSymbol? FindKnown(ITypeSymbol type, IAssemblySymbol assembly) => assembly.GetAttributes()
        .Where(a => a.AttributeClass is { Name: KnownFormatter } known && known.ToDisplayString() == "MessagePack." + KnownFormatter)
        .Select(a => a.ConstructorArguments.FirstOrDefault().Value).OfType<INamedTypeSymbol>()
        .Select(formatter => Close(formatter, type)).FirstOrDefault(formatter => IsFor(formatter, type));

    private static INamedTypeSymbol Close(INamedTypeSymbol formatter, ITypeSymbol type) =>
        formatter.IsUnboundGenericType && type is INamedTypeSymbol named && named.Arity == formatter.Arity
            ? formatter.OriginalDefinition.Construct(named.TypeArguments, named.TypeArgumentNullableAnnotations)
            : formatter;

    private static bool IsFor(INamedTypeSymbol formatter, ITypeSymbol type) => formatter.AllInterfaces.Any(i =>
        i is { Name: "IMessagePackFormatter", Arity: 1 } && TypeIdentity.IsSame(i.TypeArguments[0], type));

    /// <summary>Reports the problems of the attribute with a formatter. Returns true if there are none.</summary>
    public static bool Check(ISymbol symbol, ITypeSymbol type, AttributeData attribute, IAssemblySymbol assembly, TypeUse use)
    {
        if (Find(symbol, type) is not { } formatter)
        {
            use.Refuse(symbol, Descriptors.FormatterMissing);
            return false;
        }

        var hasArguments = attribute.ConstructorArguments.Skip(1).Any(a => a.Kind == TypedConstantKind.Array && a.Values.Length > 0);
        return Check(symbol, type, formatter, hasArguments, assembly, use);
    }

    /// <summary>Reports the problems of a formatter. Returns true if there are none.</summary>
    public static bool Check(
        ISymbol symbol, ITypeSymbol type, INamedTypeSymbol formatter, bool hasArguments, IAssemblySymbol assembly, TypeUse use)
    {
        var isForType = IsFor(formatter, type);
        (DiagnosticDescriptor Reason, bool Applies)[] reasons =
        [
            (Descriptors.FormatterArguments, hasArguments),
            (Descriptors.FormatterAccess, !Symbols.IsReachable(formatter, assembly)),
            (Descriptors.FormatterType, !isForType && !formatter.IsUnboundGenericType),
            (Descriptors.FormatterCreation,
                formatter.IsUnboundGenericType || Constraints.AreBroken(formatter)
                || (isForType && (formatter.IsAbstract || Creation(formatter, assembly) is null))),
        ];
        foreach (var (reason, _) in reasons.Where(r => r.Applies)) use.Refuse(symbol, reason, formatter.Name, type.DisplayWithoutNull());
        return !reasons.Any(r => r.Applies);
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
}
