using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedSocketRedis.Generator.Analysis;

/// <summary>The runtime's types in one compilation, and the detection of contract members by their symbols.</summary>
internal sealed class ContractSymbols
{
    private readonly INamedTypeSymbol?[] _contracts;
    private readonly INamedTypeSymbol _target;

    private ContractSymbols(INamedTypeSymbol?[] contracts, INamedTypeSymbol target) => (_contracts, _target) = (contracts, target);

    /// <summary>Returns the runtime's types, or null if the runtime is not referenced and no analysis is needed.</summary>
    public static ContractSymbols? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName(KnownNames.SocketEvents) is { } contract
        && compilation.GetTypeByMetadataName(KnownNames.EventTargetMetadata) is { } target
            ? new([contract, compilation.GetTypeByMetadataName(KnownNames.SocketCommands),
                compilation.GetTypeByMetadataName(KnownNames.ServerEvents)], target)
            : null;

    /// <summary>Returns the events of a contract, including inherited ones.</summary>
    public static IEnumerable<IMethodSymbol> Events(INamedTypeSymbol contract) => contract.AllInterfaces.Insert(0, contract)
        .SelectMany(i => i.GetMembers()).OfType<IMethodSymbol>().Where(m => m is { MethodKind: MethodKind.Ordinary, IsStatic: false });

    /// <summary>Returns a value indicating whether a type belongs to the assemblies of this library.</summary>
    public static bool IsOfLibrary(ISymbol? symbol) =>
        symbol?.ContainingAssembly?.Name is "TypedSocketRedis" or "TypedSocketRedis.Contracts" or "TypedSocketRedis.AspNetCore";

    public bool IsContract(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Interface }) return false;
        foreach (var attribute in type.GetAttributes())
            if (_contracts.Contains(attribute.AttributeClass, SymbolEqualityComparer.Default)) return true;
        return false;
    }

    /// <summary>
    /// Returns the contract whose event is called, by its generated method or through its interface, or null for any other call.
    /// </summary>
    public INamedTypeSymbol? ContractOf(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (!method.IsExtensionMethod)
        {
            return method.ContainingType is { TypeKind: TypeKind.Interface } && call.Instance?.Type is INamedTypeSymbol type
                && IsContract(type)
                ? type
                : null;
        }

        var extended = (method.ReducedFrom is null ? method.Parameters[0].Type : method.ReceiverType) is { } receiver ? Extended(receiver)
            : null;
        return extended is not null && HasEvent(extended, method.Name) ? extended : null;
    }

    /// <summary>Returns the contract of a target, or of a type parameter that is constrained to one.</summary>
    public INamedTypeSymbol? Extended(ITypeSymbol receiver)
    {
        if (receiver is not ITypeParameterSymbol parameter) return Target(receiver) ?? Among(receiver.AllInterfaces);
        foreach (var constraint in parameter.ConstraintTypes)
            if ((Target(constraint) ?? Among(constraint.AllInterfaces)) is { } contract) return contract;
        return null;
    }

    private INamedTypeSymbol? Among(ImmutableArray<INamedTypeSymbol> interfaces)
    {
        foreach (var type in interfaces)
            if (Target(type) is { } contract) return contract;
        return null;
    }

    private INamedTypeSymbol? Target(ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 1 } named
        && SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, _target)
        && named.TypeArguments[0] is INamedTypeSymbol contract && IsContract(contract)
            ? contract
            : null;

    private static bool HasEvent(INamedTypeSymbol contract, string name)
    {
        if (!contract.GetMembers(name).IsEmpty) return true;
        foreach (var type in contract.AllInterfaces)
            if (!type.GetMembers(name).IsEmpty) return true;
        return false;
    }
}
