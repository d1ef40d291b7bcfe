using System.Collections.Immutable;

namespace TypedSocketRedis.Generator.Model;

/// <summary>
/// Unique names of contracts' classes: <c>IChat</c> and <c>Chat</c> would have the same names, and so would <c>A_B.IC</c> and
/// <c>A.B.IC</c>.
/// </summary>
/// <param name="Renamed">The contracts whose classes have another name, with that name; almost always empty.</param>
internal sealed record UniqueClasses(EquatableArray<(string Contract, string ClassName)> Renamed)
{
    public static UniqueClasses Of(ImmutableArray<ContractModel?> contracts)
    {
        var all = contracts.OfType<ContractModel>().ToArray();
        var taken = new HashSet<string>(all.Select(c => Full(c, c.ClassName)), StringComparer.Ordinal);
        var renamed = new List<(string, string)>();

        // The contract with the usual prefix keeps the name.
        foreach (var contract in all.GroupBy(c => Full(c, c.ClassName), StringComparer.Ordinal)
            .SelectMany(g => g.OrderBy(c => c.Display == c.Name).ThenBy(c => c.Type, StringComparer.Ordinal).Skip(1)))
        {
            var name = contract.ClassName;
            do name += KnownNames.Generated; while (!taken.Add(Full(contract, name)));
            renamed.Add((contract.Type, name));
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

    private static string Full(ContractModel contract, string name) => contract.Namespace + "." + name;
}
