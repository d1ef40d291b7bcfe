using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing.Handlers;

namespace TypedSocketRedis.Generator.Parsing.Types;

/// <summary>Converts the attributes of handlers to code that creates them again.</summary>
/// <param name="from">The compiled assembly.</param>
/// <param name="problems">The problems of the handler.</param>
/// <param name="at">The location of problems.</param>
internal sealed class AttributeParser(IAssemblySymbol from, Problems problems, Location? at)
{
    private const string Authorization = "Microsoft.AspNetCore.Authorization.";

    /// <summary>Returns a value indicating whether an attribute has an effect on authorization.</summary>
    public static bool IsAuthorization(AttributeData attribute) =>
        Implements(attribute, "IAuthorizeData") || Implements(attribute, "IAllowAnonymous");

    /// <summary>Returns a value indicating whether an attribute implements an interface for authorization.</summary>
    public static bool Implements(AttributeData attribute, string name) => attribute.AttributeClass?.AllInterfaces.Any(i =>
        i.Name == name && i.ToDisplayString() == Authorization + name) == true;

    /// <summary>Returns the attributes of a class, then those that it inherits.</summary>
    public EquatableArray<string> Of(INamedTypeSymbol type)
    {
        var levels = new List<ISymbol>();
        for (var t = type; t is not null && !HandlerSymbols.IsBase(t); t = t.BaseType) levels.Add(t);
        return Of(levels);
    }

    /// <summary>Returns the attributes of a method, then those of the methods that it overrides.</summary>
    public EquatableArray<string> Of(IMethodSymbol method)
    {
        var levels = new List<ISymbol>();
        for (var m = method; m is not null; m = m.OverriddenMethod) levels.Add(m);
        return Of(levels);
    }

    /// <summary>Returns the argument of an attribute as code.</summary>
    public static string Constant(TypedConstant constant) => constant switch
    {
        { IsNull: true } => "null!",
        { Kind: TypedConstantKind.Array, Type: IArrayTypeSymbol array } =>
            $"new {array.ElementType.PlainCode()}[] {{ {string.Join(", ", constant.Values.Select(Constant))} }}",
        { Kind: TypedConstantKind.Type, Value: ITypeSymbol type } => $"typeof({type.PlainCode()})",
        { Kind: TypedConstantKind.Enum, Type: { } type } => $"({type.PlainCode()})({CodeText.Constant(constant.Value)})",
        { Type: { SpecialType: not (SpecialType.System_String or SpecialType.System_Boolean) } type } =>
            $"({type.PlainCode()})({CodeText.Constant(constant.Value)})",
        _ => CodeText.Constant(constant.Value),
    };

    /// <summary>Returns the code that creates an attribute again.</summary>
    public static string Creation(AttributeData attribute)
    {
        var named = string.Join(", ", attribute.NamedArguments.Select(a => $"{Symbols.Escape(a.Key)} = {Constant(a.Value)}"));
        return $"new {attribute.AttributeClass!.PlainCode()}({string.Join(", ", attribute.ConstructorArguments.Select(Constant))})"
            + (named.Length == 0 ? "" : $" {{ {named} }}");
    }

    /// <summary>Returns a value indicating whether generated code in an assembly can create an attribute again.</summary>
    public static bool IsUsable(AttributeData attribute, IAssemblySymbol from) =>
        HandlerSymbols.IsUsable(attribute.AttributeClass!, from) && Symbols.IsAccessible(attribute.AttributeConstructor!, from)
        && attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(a => a.Value)).All(a => IsUsable(a, from))
        && attribute.NamedArguments.All(a => Symbols.IsNameable(attribute.AttributeClass!, a.Key));

    private EquatableArray<string> Of(IEnumerable<ISymbol> levels)
    {
        var known = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var code = new List<string>();
        var isInherited = false;
        foreach (var level in levels)
        {
            foreach (var attribute in level.GetAttributes().Where(IsWanted))
            {
                var (allowsMultiple, inherits) = Usage(attribute.AttributeClass!);
                if (isInherited && (!inherits || (!allowsMultiple && known.Contains(attribute.AttributeClass!)))) continue;
                if (Code(attribute) is { } created) code.Add(created);
                known.Add(attribute.AttributeClass!);
            }

            isInherited = true;
        }

        return new(code);
    }

    // The attributes of the application, and those of the framework that have an effect on handlers.
    private bool IsWanted(AttributeData attribute)
    {
        if (attribute.AttributeClass is not { TypeKind: TypeKind.Class } type || attribute.AttributeConstructor is null) return false;
        if (IsAuthorization(attribute)) return true;
        var space = type.ContainingNamespace.ToDisplayString();
        return !Symbols.IsFramework(type, from) && space != "System" && !space.StartsWith("System.", StringComparison.Ordinal)
            && !space.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
            && !type.Has("System.Diagnostics.ConditionalAttribute");
    }

    // An attribute without an effect on authorization is only for filters; it may be one that only its own assembly can see.
    private string? Code(AttributeData attribute)
    {
        var type = attribute.AttributeClass!;
        if (!IsUsable(attribute, from))
        {
            if (IsAuthorization(attribute)) problems.Add(Descriptors.HandlerAttribute, at, null, type.Display());
            return null;
        }

        return Creation(attribute);
    }

    private static bool IsUsable(TypedConstant constant, IAssemblySymbol from) => constant.IsNull || constant.Kind switch
    {
        TypedConstantKind.Error => false,
        TypedConstantKind.Array => HandlerSymbols.IsUsable(constant.Type!, from) && constant.Values.All(v => IsUsable(v, from)),
        TypedConstantKind.Type => constant.Value is ITypeSymbol type && HandlerSymbols.IsUsable(type, from),
        _ => HandlerSymbols.IsUsable(constant.Type!, from),
    };

    private static (bool AllowsMultiple, bool Inherits) Usage(INamedTypeSymbol type)
    {
        for (var t = type; t is not null; t = t.BaseType)
        {
            if (t.Attribute("System.AttributeUsageAttribute") is not { } usage) continue;
            return (PayloadAttributes.Named(usage, "AllowMultiple") is true, PayloadAttributes.Named(usage, "Inherited") is not false);
        }

        return (false, true);
    }
}
