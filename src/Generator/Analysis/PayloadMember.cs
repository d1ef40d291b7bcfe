using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedSocketRedis.Generator.Analysis;

/// <summary>Questions to the properties and fields of payload types.</summary>
internal static class PayloadMember
{
    public static ITypeSymbol? Type(ISymbol member) => member switch
    {
        IPropertySymbol { IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public } property => property.Type,
        IFieldSymbol { IsImplicitlyDeclared: false, IsConst: false } field => field.Type,
        _ => null,
    };

    /// <summary>Whether an attribute says that the value is written in a way of its own.</summary>
    public static bool HasOwnForm(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "JsonConverterAttribute" or "MessagePackFormatterAttribute" or "JsonNumberHandlingAttribute")
                return true;
        }

        return false;
    }
}

/// <summary>Where the type of a parameter, an answer or a payload property is written.</summary>
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
