using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>The rules with which payloads are written and read, from <c>[SocketPayloadRules]</c> of the contract or the assembly.</summary>
/// <param name="RespectsNull">True if null is refused for references that are declared not null.</param>
/// <param name="IgnoresCase">True if the names of properties are also read in another case.</param>
/// <param name="IsUnspecifiedUtc">True if dates without a kind are UTC.</param>
internal sealed record PayloadRules(bool RespectsNull, bool IgnoresCase, bool IsUnspecifiedUtc)
{
    public static readonly PayloadRules Default = new(true, true, false);

    /// <summary>The suffix of the names of formatters with these rules; empty for the rules of the assembly.</summary>
    public string Suffix { get; private init; } = "";

    /// <summary>Returns the rules of an assembly.</summary>
    public static PayloadRules Of(IAssemblySymbol assembly) => Default.With(assembly.Attribute(KnownNames.PayloadRules));

    /// <summary>Returns the rules of a contract; a setting that it does not have is that of the assembly.</summary>
    public static PayloadRules Of(INamedTypeSymbol contract, IAssemblySymbol assembly)
    {
        var shared = Of(assembly);
        var own = shared.With(contract.Attribute(KnownNames.PayloadRules));
        return own == shared ? own : own with { Suffix = $"_1Rules{Digit(own.RespectsNull)}{Digit(own.IgnoresCase)}{Digit(own.IsUnspecifiedUtc)}" };
    }

    private PayloadRules With(AttributeData? attribute) => new(
        PayloadAttributes.Named(attribute, "RespectNullableAnnotations") as bool? ?? RespectsNull,
        PayloadAttributes.Named(attribute, "PropertyNameCaseInsensitive") as bool? ?? IgnoresCase,
        PayloadAttributes.Named(attribute, "UnspecifiedDatesAreUtc") as bool? ?? IsUnspecifiedUtc);

    private static char Digit(bool value) => value ? '1' : '0';
}
