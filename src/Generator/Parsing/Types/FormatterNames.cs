using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Parsing.Types;

/// <summary>Creates one readable name per payload type, which is the same in every contract and never the same for two types.</summary>
/// <remarks>
/// <c>_</c> joins the parts of a name. Everything else starts with a digit after it, which no C# name does: <c>_0</c> is an underscore,
/// <c>_1Of_</c> opens one type argument (<c>_2Of_</c> two), <c>_1And_</c> separates them, <c>_1Null</c> marks a nullable one:
/// <c>List_1Of_Demo_Price</c>. A number alone counts the type parameters of the containing type. A name that is too long for the compiler
/// or a file system is shortened to its start and a hash of the whole name.
/// </remarks>
internal static class FormatterNames
{
    private const string Collections = "System.Collections.Generic";

    private const int MaxLength = 200;

    public static string Of(ITypeSymbol type) => Short(Name(type)) + "Formatter";

    /// <summary>Returns the name of the formatter of a derived type for uses of its base type.</summary>
    public static string Variant(ITypeSymbol type, ITypeSymbol declared) => Short(Name(type) + "_1As_" + Name(declared)) + "Formatter";

    /// <summary>Returns the name of a formatter for a single use.</summary>
    public static string Special(ITypeSymbol type, string suffix) => Short(Name(type) + "_1" + suffix) + "Formatter";

    private static string Short(string name) =>
        name.Length <= MaxLength ? name : name.Substring(0, MaxLength) + "_1Long_" + Naming.Hash(name);

    private static string Name(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array) return "Array_1Of_" + Argument(array.ElementType);
        if (type is not INamedTypeSymbol named) return Escape(type.Name);

        var name = new StringBuilder(Path(named));
        var arguments = named.TypeArguments;
        for (var outer = named.ContainingType; outer is not null; outer = outer.ContainingType)
            arguments = outer.TypeArguments.AddRange(arguments);
        if (arguments.Length == 0) return name.ToString();

        name.Append('_').Append(arguments.Length.ToString(CultureInfo.InvariantCulture)).Append("Of_");
        return name.Append(string.Join("_1And_", arguments.Select(Argument))).ToString();
    }

    private static string Argument(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return Name(nullable.TypeArguments[0]) + "_1Null";
        return type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } ? Name(type) + "_1Null" : Name(type);
    }

    private static string Path(INamedTypeSymbol type)
    {
        var name = Escape(type.Name);
        if (type.ContainingType is { } outer)
        {
            // The owner of the arguments, because Outer<int>.Inner and Outer.Inner<int> may both exist.
            var arity = outer.Arity == 0 ? "" : "_" + outer.Arity.ToString(CultureInfo.InvariantCulture);
            return Path(outer) + arity + "_" + name;
        }

        if (type.ContainingNamespace is { IsGlobalNamespace: false } space)
        {
            var full = space.ToDisplayString();
            return full == Collections || type.SpecialType != SpecialType.None
                ? name
                : string.Join("_", full.Split('.').Select(Escape)) + "_" + name;
        }

        // Without a namespace a type could have the name of a collection or a primitive.
        return "_1" + name;
    }

    private static string Escape(string name) => name.TrimStart('@').Replace("_", "_0");
}
