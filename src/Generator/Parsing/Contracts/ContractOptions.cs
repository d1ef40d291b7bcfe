using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Parsing.Types;

namespace TypedSocketRedis.Generator.Parsing.Contracts;

/// <summary>The conversions of C# names, by the numbers of <c>SocketNaming</c>.</summary>
internal enum NameForm
{
    Default,
    CamelCase,
    AsDeclared,
    SnakeCaseLower,
    SnakeCaseUpper,
    KebabCaseLower,
    KebabCaseUpper,
}

/// <summary>The settings of payload types, which follow the contract that uses them.</summary>
/// <param name="Properties">The naming of properties.</param>
/// <param name="Enums">The naming of the texts of enums.</param>
/// <param name="EnumsAsText">True if enums are text without an attribute.</param>
/// <param name="DecimalsAsNumbers">True if a decimal is written as a number.</param>
/// <param name="RespectsNull">True if null is refused for references that are declared not null.</param>
/// <param name="IgnoresCase">True if the names of properties are also read in another case.</param>
/// <param name="IsUnspecifiedUtc">True if dates without a kind are UTC.</param>
internal sealed record PayloadOptions(
    NameForm Properties, NameForm Enums, bool EnumsAsText, bool DecimalsAsNumbers, bool RespectsNull, bool IgnoresCase,
    bool IsUnspecifiedUtc)
{
    /// <summary>The part that distinguishes formatters of these settings from those of the assembly's; empty for the latter.</summary>
    public string Tag { get; init; } = "";

    public static PayloadOptions Of(IAssemblySymbol assembly) => Of(null, assembly.Attribute(KnownNames.ContractDefaults));

    public static PayloadOptions Of(INamedTypeSymbol contract, IAssemblySymbol assembly)
    {
        var (own, all) = (Of(ContractParser.Attribute(contract), assembly.Attribute(KnownNames.ContractDefaults)), Of(assembly));
        return own == all ? own : own with
        {
            Tag = $"_1{own.Properties}{own.Enums}{(own.EnumsAsText ? "Text" : "")}{(own.DecimalsAsNumbers ? "Number" : "")}"
                + $"{(own.RespectsNull ? "" : "Null")}{(own.IgnoresCase ? "" : "Case")}{(own.IsUnspecifiedUtc ? "Utc" : "")}",
        };
    }

    private static PayloadOptions Of(AttributeData? contract, AttributeData? assembly) => new(
        ContractOptions.Form(contract, assembly, "PropertyNaming", NameForm.CamelCase),
        ContractOptions.Form(contract, assembly, "EnumNaming", NameForm.AsDeclared),
        ContractOptions.IsSet(contract, assembly, "EnumsAsText"),
        ContractOptions.IsSet(contract, assembly, "DecimalsAsNumbers"),
        ContractOptions.IsSet(contract, assembly, "RespectNullableAnnotations", otherwise: true),
        ContractOptions.IsSet(contract, assembly, "PropertyNameCaseInsensitive", otherwise: true),
        ContractOptions.IsSet(contract, assembly, "UnspecifiedDatesAreUtc"));
}

/// <summary>Reads the settings of contracts from their attributes and those of their assembly.</summary>
internal static class ContractOptions
{
    /// <summary>Returns the name of an event of a contract on the wire.</summary>
    public static string EventName(IMethodSymbol method, INamedTypeSymbol contract) =>
        PayloadAttributes.Text(method.Attribute(KnownNames.SocketEvent)) ?? EventName(method.Name, contract);

    /// <summary>Returns the name on the wire of a method without an attribute.</summary>
    public static string EventName(string method, INamedTypeSymbol contract)
    {
        var (own, all) = (ContractParser.Attribute(contract), contract.ContainingAssembly.Attribute(KnownNames.ContractDefaults));
        var prefix = (PayloadAttributes.Named(own, "EventPrefix") ?? PayloadAttributes.Named(all, "EventPrefix")) as string;
        return prefix + Naming.Of(method, Form(own, all, "EventNaming", NameForm.CamelCase));
    }

    /// <summary>Returns a naming: the setting of the contract, that of the assembly, or the default.</summary>
    public static NameForm Form(AttributeData? contract, AttributeData? assembly, string name, NameForm otherwise)
    {
        foreach (var attribute in new[] { contract, assembly })
        {
            foreach (var setting in new[] { name, "Naming" })
                if (PayloadAttributes.Named(attribute, setting) is int value and not 0) return (NameForm)value;
        }

        return otherwise;
    }

    /// <summary>Returns a value indicating whether a setting is enabled by the contract or, if the contract does not set it, by the
    /// assembly.</summary>
    public static bool IsSet(AttributeData? contract, AttributeData? assembly, string name, bool otherwise = false) =>
        (PayloadAttributes.Named(contract, name) ?? PayloadAttributes.Named(assembly, name)) as bool? ?? otherwise;
}
