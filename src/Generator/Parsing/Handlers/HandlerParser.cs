using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Analysis;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing.Contracts;
using TypedSocketRedis.Generator.Parsing.Types;

namespace TypedSocketRedis.Generator.Parsing.Handlers;

/// <summary>Converts classes that derive from <c>SocketHandler</c> to models of their registration.</summary>
internal static class HandlerParser
{
    /// <summary>Parses a class of the compiled assembly; returns null if it is not a handler, or one that others derive from.</summary>
    public static ParsedHandler? Declared(INamedTypeSymbol type, Compilation compilation) =>
        type.IsAbstract || Symbols.IsGeneric(type) || !HandlerSymbols.IsHandler(type) ? null
            : Parse(type, null, compilation);

    /// <summary>Parses the type argument of a call of <c>AddHandler</c>; returns null if its declaration is parsed instead.</summary>
    /// <param name="type">The type argument.</param>
    /// <param name="at">The location of the type argument.</param>
    /// <param name="compilation">The compilation.</param>
    public static ParsedHandler? Called(ITypeSymbol type, Location at, Compilation compilation)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class } named || !HandlerSymbols.IsHandler(named)
            || HandlerSymbols.HasTypeParameter(named)) return null;
        if (named.IsAbstract)
        {
            var problems = new Problems(compilation.Assembly);
            problems.Add(Descriptors.HandlerAbstract, at, null, named.Display());
            return new(null, problems.All);
        }

        var isOwn = SymbolEqualityComparer.Default.Equals(named.ContainingAssembly, compilation.Assembly);
        if (!Symbols.IsGeneric(named) && (isOwn || HandlerSymbols.IsRegistered(named.ContainingAssembly))) return null;
        return Parse(named, at, compilation);
    }

    private static ParsedHandler Parse(INamedTypeSymbol type, Location? call, Compilation compilation)
    {
        var problems = new Problems(compilation.Assembly);
        var at = call ?? problems.Source(type);
        if (!HandlerSymbols.IsUsable(type, compilation.Assembly))
        {
            problems.Add(Descriptors.HandlerAccess, at, null, type.Display());
            return new(null, problems.All);
        }

        var contracts = HandlerSymbols.Contracts(type);
        if (contracts.Count == 0) problems.Add(Descriptors.HandlerContract, at, null, type.Display());
        CheckNamespaces(type, contracts, problems, at);
        foreach (var contract in contracts) CheckMembers(type, contract, problems, at, compilation);
        var constructor = HandlerConstructor.Parse(type, problems, at, compilation);
        var metadata = new AttributeParser(compilation.Assembly, problems, at);
        var model = new HandlerModel(
            Naming.HintName(type.PlainCode().Substring("global::".Length)), compilation.AssemblyName ?? "", type.PlainCode(),
            problems.IsOwn(type), constructor.Arguments, constructor.Services,
            HandlerSymbols.Overrides(type, "OnConnectedAsync"), HandlerSymbols.Overrides(type, "OnDisconnectedAsync"),
            metadata.Of(type), new(contracts.Select(contract => Contract(type, contract, metadata))));
        return new(problems.IsEmpty ? model : null, problems.All);
    }

    private static HandledContractModel Contract(INamedTypeSymbol type, INamedTypeSymbol contract, AttributeParser attributes) => new(
        contract.PlainCode(),
        new(ContractSymbols.Events(contract)
            .GroupBy(e => ContractOptions.EventName(e, contract), StringComparer.Ordinal)
            .Select(events => HandlerSymbols.Implementation(type, events.First()) is { } method
                ? new HandledEventModel(events.Key, attributes.Of(method))
                : new HandledEventModel(events.Key, default))
            .Where(e => e.Metadata.Count > 0)));

    // The clients that a handler sends to are those of the namespace whose events it handles.
    private static void CheckNamespaces(
        INamedTypeSymbol type, IReadOnlyList<INamedTypeSymbol> contracts, Problems problems, Location? at)
    {
        if (HandlerSymbols.SentContract(type) is not { } sent || sent.ToDisplayString() == "TypedSocketRedis.AnyEvents") return;
        if (sent.TypeKind == TypeKind.Error) return;
        if (!sent.Has(KnownNames.SocketEvents))
        {
            problems.Add(Descriptors.HandlerEvents, at, null, type.Display(), sent.Display());
            return;
        }

        var path = HandlerSymbols.Path(sent);
        foreach (var contract in contracts)
        {
            if (HandlerSymbols.Path(contract) is var other && other != path)
                problems.Add(Descriptors.HandlerNamespace, at, null, type.Display(), sent.Display(), path, contract.Display(), other);
        }
    }

    // A client could call these members, or the server would call a command.
    private static void CheckMembers(
        INamedTypeSymbol type, INamedTypeSymbol contract, Problems problems, Location? at, Compilation compilation)
    {
        foreach (var e in ContractSymbols.Events(contract))
        {
            if (type.FindImplementationForInterfaceMember(e) is not IMethodSymbol method) continue;
            var root = method;
            while (root.OverriddenMethod is { } overridden) root = overridden;
            var owner = HandlerSymbols.IsBase(root.ContainingType) ? root.ContainingType
                : HandlerSymbols.DisposeInterface(type, method, compilation);
            if (owner is not null)
                problems.Add(Descriptors.HandlerMember, problems.Source(method) ?? at, null, $"{contract.Name}.{e.Name}", owner.Display());
        }
    }
}
