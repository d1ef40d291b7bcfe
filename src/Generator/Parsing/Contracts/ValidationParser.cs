using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing.Types;

namespace TypedSocketRedis.Generator.Parsing.Contracts;

/// <summary>Finds the validation attributes of arguments and payload members.</summary>
internal static class ValidationParser
{
    private const string Annotations = "System.ComponentModel.DataAnnotations.";

    // These find a member or a method by its name.
    private static readonly string[] Reflective = [Annotations + "CompareAttribute", Annotations + "CustomValidationAttribute"];

    /// <summary>Returns a value indicating whether an attribute validates a value.</summary>
    public static bool IsRule(AttributeData attribute)
    {
        for (var t = attribute.AttributeClass; t is not null; t = t.BaseType)
            if (t.Name == "ValidationAttribute" && t.ToDisplayString() == Annotations + "ValidationAttribute") return true;
        return false;
    }

    /// <summary>Returns the code that creates the validation attributes of symbols, of each type the first one.</summary>
    /// <param name="symbols">The property and the constructor parameter of a member, or the parameter of an event.</param>
    /// <param name="assembly">The compiled assembly.</param>
    /// <param name="refuse">The receiver of the names of attributes that generated code cannot create.</param>
    public static EquatableArray<string> Rules(IEnumerable<ISymbol> symbols, IAssemblySymbol assembly, Action<string> refuse)
    {
        var known = new HashSet<ISymbol?>(SymbolEqualityComparer.Default);
        var rules = new List<string>();
        foreach (var attribute in symbols.SelectMany(s => s.GetAttributes()).Where(IsRule))
        {
            if (attribute.AttributeConstructor is null || !known.Add(attribute.AttributeClass)) continue;
            if (Reflective.Contains(attribute.AttributeClass!.ToDisplayString()) || !AttributeParser.IsUsable(attribute, assembly))
                refuse(attribute.AttributeClass.Name);
            else rules.Add(AttributeParser.Creation(attribute));
        }

        return new(rules);
    }

    /// <summary>Returns the validation attributes of symbols as documentation; empty for none. Messages are no rules.</summary>
    public static string Text(IEnumerable<ISymbol> symbols)
    {
        var rules = symbols.SelectMany(s => s.GetAttributes()).Where(IsRule).Select(rule =>
        {
            var named = rule.NamedArguments.Where(a => !a.Key.StartsWith("ErrorMessage", StringComparison.Ordinal))
                .Select(a => $"{a.Key} = {CodeText.Constant(a.Value)}");
            var arguments = string.Join(", ", rule.ConstructorArguments.Select(CodeText.Constant).Concat(named));
            var name = rule.AttributeClass!.Name;
            const string Suffix = "Attribute";
            if (name.EndsWith(Suffix, StringComparison.Ordinal)) name = name.Substring(0, name.Length - Suffix.Length);
            return $"[{name}{(arguments.Length > 0 ? $"({arguments})" : "")}]";
        });
        return string.Join(", ", rules.Distinct()) is { Length: > 0 } text ? $"Validated by servers: {text}." : "";
    }

    /// <summary>Returns a value indicating whether a type validates itself.</summary>
    public static bool IsValidatable(ITypeSymbol type) =>
        type.AllInterfaces.Any(i => i.Name == "IValidatableObject" && i.ToDisplayString() == Annotations + "IValidatableObject");
}
