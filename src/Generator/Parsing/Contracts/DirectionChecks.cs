using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing.Contracts;

/// <summary>Checks of what a contract's direction excludes.</summary>
internal static class DirectionChecks
{
    private static readonly string[] Attributes = [KnownNames.SocketEvents, KnownNames.SocketCommands, KnownNames.ServerEvents];

    /// <summary>Reports a second direction, and base interfaces whose events go in another direction.</summary>
    public static void Check(INamedTypeSymbol contract, ContractDirection direction, Problems problems)
    {
        var kinds = Attributes.Select(name => contract.Attribute(name)).OfType<AttributeData>().ToArray();
        if (kinds.Length > 1)
        {
            problems.Add(Descriptors.TwoDirections, Place(kinds[1]) ?? problems.Source(contract), null,
                contract.Name, Name(kinds[0].AttributeClass!), Name(kinds[1].AttributeClass!));
        }

        foreach (var other in contract.AllInterfaces)
        {
            if (ContractParser.Attribute(other) is not { } attribute || ContractParser.Direction(other) == direction) continue;
            problems.Add(Descriptors.InheritedDirection, problems.Source(contract), null,
                contract.Name, Name(kinds[0].AttributeClass!), other.Name, Name(attribute.AttributeClass!));
        }
    }

    /// <summary>Reports the authorization attributes of an event.</summary>
    public static void CheckAuthorization(ISymbol member, INamedTypeSymbol contract, Problems problems)
    {
        if (member is not IMethodSymbol) return;
        foreach (var attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type || !type.AllInterfaces.Any(IsAuthorization)) continue;
            problems.Add(Descriptors.AuthorizedEvent, (problems.IsOwn(member) ? Place(attribute) : null) ?? problems.Source(contract),
                null, $"{member.ContainingType.Name}.{member.Name}", Name(type));
        }
    }

    private static bool IsAuthorization(INamedTypeSymbol type) =>
        type.Name is "IAuthorizeData" or "IAllowAnonymous"
        && type.ToDisplayString() is KnownNames.AuthorizeData or KnownNames.AllowAnonymous;

    private static Location? Place(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } syntax ? syntax.SyntaxTree.GetLocation(syntax.Span) : null;

    private static string Name(INamedTypeSymbol attribute) => attribute.Name.EndsWith("Attribute", StringComparison.Ordinal)
        ? attribute.Name.Substring(0, attribute.Name.Length - "Attribute".Length)
        : attribute.Name;
}
