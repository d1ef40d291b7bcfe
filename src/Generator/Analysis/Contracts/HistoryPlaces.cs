using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.History;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Analysis.Contracts;

/// <summary>Finds the declarations of the parts of a contract: the property, its type, the argument, the event, the contract.</summary>
internal sealed class HistoryPlaces(INamedTypeSymbol contract, ContractModel model, WireBuilder names, IAssemblySymbol assembly)
{
    public Location Of(WirePlace place)
    {
        var candidates = new[] { Member(place), Shape(place), Argument(place), Event(place) };
        return candidates.Select(Source).FirstOrDefault(l => l is not null) ?? contract.Locations[0];
    }

    private Location? Source(ISymbol? symbol) => SymbolEqualityComparer.Default.Equals(symbol?.ContainingAssembly, assembly)
        ? symbol!.Locations.FirstOrDefault(l => l.IsInSource) : null;

    private ITypeSymbol? Shape(WirePlace place) => names.Symbols.TryGetValue(place.Shape, out var type) ? type : null;

    private ISymbol? Member(WirePlace place)
    {
        if (!names.Members.TryGetValue((place.Shape, place.Member), out var name)) return null;
        for (var type = Shape(place); type is not null; type = type.BaseType)
            if (type.GetMembers(name).FirstOrDefault() is { } member) return member;
        return null;
    }

    private IMethodSymbol? Event(WirePlace place)
    {
        var id = model.Events.FirstOrDefault(e => e.WireName == place.Event)?.DocumentationId;
        return ContractSymbols.Events(contract).FirstOrDefault(m => m.GetDocumentationCommentId() == id);
    }

    private IParameterSymbol? Argument(WirePlace place) =>
        place.Argument >= 0 && Event(place) is { } method && place.Argument < method.Parameters.Length
            ? method.Parameters[place.Argument] : null;
}
