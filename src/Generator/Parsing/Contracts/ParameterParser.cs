using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing.Contracts;

/// <summary>
/// Converts the parameters of events to code: modifiers, default values, and the attributes for information about the caller.
/// </summary>
internal static class ParameterParser
{
    private const string Optional = "global::System.Runtime.InteropServices.Optional";
    private const string DefaultValue = "global::System.Runtime.InteropServices.DefaultParameterValue";
    private const string Services = "global::System.Runtime.CompilerServices.";

    public static ParameterModel Parse(IParameterSymbol parameter, ValueModel? value)
    {
        var modifier = parameter.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            RefKind.In => "in ",
            RefKind.RefReadOnlyParameter => "ref readonly ",
            _ => "",
        };
        var name = Symbols.Escape(parameter.Name);
        var type = modifier + parameter.Type.Code();
        var literal = Default(parameter);
        var declared = Declaration(parameter, $"{type} {name}", literal);
        return new(name, Caller(parameter) + (parameter.IsParams ? "params " + declared : declared), type, literal, value)
        {
            IsParams = parameter.IsParams,
        };
    }

    private static string Default(IParameterSymbol parameter)
    {
        if (parameter.IsParams) return "[]";
        var literal = parameter.HasExplicitDefaultValue ? Symbols.Literal(parameter) : IsOptional(parameter) ? "default" : "";

        // Null although the type is not nullable, which a project without nullable annotations cannot declare differently.
        return literal == "default" && parameter.Type is { IsReferenceType: true, NullableAnnotation: not NullableAnnotation.Annotated }
            ? "default!"
            : literal;
    }

    // [Optional] alone: a caller that omits the argument passes the default of its type.
    private static bool IsOptional(IParameterSymbol parameter) => parameter is { IsOptional: true, IsParams: false, RefKind: RefKind.None };

    private static string Declaration(IParameterSymbol parameter, string declared, string literal)
    {
        if (!parameter.HasExplicitDefaultValue && !IsOptional(parameter)) return declared;
        if (parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: DateTime date })
        {
            // C# has no constant of that type.
            return $"[{Optional}, {Services}DateTimeConstant({date.Ticks}L)] {declared}";
        }

        if (parameter.ContainingSymbol is IMethodSymbol method
            && method.Parameters.Skip(parameter.Ordinal + 1).All(p => p.IsOptional || p.IsParams)) return $"{declared} = {literal}";

        // Only attributes can make a parameter optional before a required one.
        return (parameter.HasExplicitDefaultValue ? parameter.ExplicitDefaultValue : null) switch
        {
            // For [Optional] alone, the compiler passes Type.Missing as an object.
            null when parameter.Type.IsReferenceType => $"[{Optional}, {DefaultValue}(null)] {declared}",
            null => $"[{Optional}] {declared}",
            decimal number => $"[{Optional}, {Services}DecimalConstant({Parts(number)})] {declared}",
            _ => $"[{Optional}, {DefaultValue}({literal})] {declared}",
        };
    }

    private static string Parts(decimal number)
    {
        var bits = decimal.GetBits(number);
        var (scale, sign) = ((bits[3] >> 16) & 0xff, bits[3] < 0 ? 1 : 0);
        var (high, middle, low) = unchecked(((uint)bits[2], (uint)bits[1], (uint)bits[0]));
        return string.Format(CultureInfo.InvariantCulture, "{0}, {1}, {2}u, {3}u, {4}u", scale, sign, high, middle, low);
    }

    // Information about the caller of the interface's method is also passed to the event's method.
    private static string Caller(IParameterSymbol parameter)
    {
        const string Space = "System.Runtime.CompilerServices.";
        var code = "";
        foreach (var name in KnownNames.CallerAttributes)
        {
            if (parameter.Attribute(Space + name) is not { } attribute) continue;
            code += $"[global::{Space}{name}({string.Join(", ", attribute.ConstructorArguments.Select(CodeText.Constant))})] ";
        }

        return code;
    }
}
