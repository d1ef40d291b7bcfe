using System.Collections.Immutable;

namespace TypedSocketRedis.Generator.Model;

/// <summary>
/// Unique names of contracts' classes: <c>IChat</c> and <c>Chat</c> would have the same names, and so would <c>A_B.IC</c> and
/// <c>A.B.IC</c>; <c>IChat</c> and <c>IChatEvents</c> would have the same class of events.
/// </summary>
/// <param name="Renamed">The contracts whose classes have another name, with that name; almost always empty.</param>
internal sealed record UniqueClasses(EquatableArray<(string Contract, string ClassName)> Renamed)
{
    public static UniqueClasses Of(ImmutableArray<ContractModel?> contracts)
    {
        var all = contracts.OfType<ContractModel>().ToArray();
        var wanted = new HashSet<string>(all.SelectMany(c => Classes(c, c.ClassName)), StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var renamed = new List<(string, string)>();

        // The contract with the usual prefix keeps the names, and so does the one that is named like the class of its events.
        foreach (var contract in all.OrderBy(c => c.Display == c.Name).ThenBy(c => c.ClassName != c.EventsClass)
            .ThenBy(c => c.Type, StringComparer.Ordinal))
        {
            var name = contract.ClassName;
            if (Classes(contract, name).Any(taken.Contains))
            {
                do name += KnownNames.Generated; while (Classes(contract, name).Any(n => taken.Contains(n) || wanted.Contains(n)));
                renamed.Add((contract.Type, name));
            }

            taken.UnionWith(Classes(contract, name));
        }

        return new(new EquatableArray<(string, string)>(renamed));
    }

    /// <summary>Returns the contract with the names of its classes.</summary>
    public ContractModel Name(ContractModel contract)
    {
        foreach (var (type, name) in Renamed)
            if (type == contract.Type) return contract with { ClassName = name };
        return contract;
    }

    private static IEnumerable<string> Classes(ContractModel contract, string name) =>
        ContractModel.Classes(name, contract.Direction).Select(one => contract.Namespace + "." + one);
}
