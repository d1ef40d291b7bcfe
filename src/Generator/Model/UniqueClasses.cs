using System.Collections.Immutable;

namespace TypedSocketRedis.Generator.Model;

/// <summary>Names of contracts' classes: those of <c>IChat</c> and <c>Chat</c> would have one, and so those of <c>A_B.IC</c> and <c>A.B.IC</c>.</summary>
/// <param name="Renamed">Contracts whose classes are called otherwise, with that name; almost always none.</param>
internal sealed record UniqueClasses(EquatableArray<(string Contract, string ClassName)> Renamed)
{
    public static UniqueClasses Of(ImmutableArray<ContractModel?> contracts)
    {
        var all = contracts.OfType<ContractModel>().ToArray();
        var taken = new HashSet<string>(all.Select(c => Full(c, c.ClassName)), StringComparer.Ordinal);
        var renamed = new List<(string, string)>();

        // The one with the usual prefix keeps the name.
        foreach (var contract in all.GroupBy(c => Full(c, c.ClassName), StringComparer.Ordinal)
            .SelectMany(g => g.OrderBy(c => c.Display == c.Name).ThenBy(c => c.Type, StringComparer.Ordinal).Skip(1)))
        {
            var name = contract.ClassName;
            do name += KnownNames.Generated; while (!taken.Add(Full(contract, name)));
            renamed.Add((contract.Type, name));
        }

        return new(new EquatableArray<(string, string)>(renamed));
    }

    /// <summary>The contract with the name that its classes have.</summary>
    public ContractModel Name(ContractModel contract)
    {
        foreach (var (type, name) in Renamed)
            if (type == contract.Type) return contract with { ClassName = name };
        return contract;
    }

    private static string Full(ContractModel contract, string name) => contract.Namespace + "." + name;
}
