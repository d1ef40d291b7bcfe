using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedSocketRedis.Generator.Analysis;

/// <summary>Helpers for the properties and fields of payload types.</summary>
internal static class PayloadMember
{
    public static ITypeSymbol? Type(ISymbol member) => member switch
    {
        IPropertySymbol { IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public } property => property.Type,
        IFieldSymbol { IsImplicitlyDeclared: false, IsConst: false } field => field.Type,
        _ => null,
    };

    /// <summary>Returns a value indicating whether an attribute gives the value a custom form on the wire.</summary>
    public static bool HasOwnForm(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "JsonConverterAttribute" or "MessagePackFormatterAttribute"
                or "JsonNumberHandlingAttribute")
                return true;
        }

        return false;
    }
}

/// <summary>Finds the source location of the type of a parameter, an ack or a payload property.</summary>
internal static class PayloadPlace
{
    public static Location? Of(ISymbol symbol, IAssemblySymbol assembly)
    {
        if (!SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, assembly)) return null;
        var syntax = symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        TypeSyntax? type = syntax switch
        {
            ParameterSyntax parameter => parameter.Type,
            PropertyDeclarationSyntax property => property.Type,
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax field } => field.Type,
            MethodDeclarationSyntax method => method.ReturnType,
            _ => null,
        };
        return type?.GetLocation() ?? symbol.Locations.FirstOrDefault(l => l.IsInSource);
    }
}
