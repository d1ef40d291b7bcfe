using System.Text;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting.TypeScript;

/// <summary>A type with the events of all contracts of one direction in one namespace, as Socket.IO's type parameters need it.</summary>
/// <param name="Key">The key by which its name is found.</param>
/// <param name="Name">The preferred name.</param>
/// <param name="Doc">The documentation.</param>
/// <param name="Contracts">The contracts; none if the namespace has only events of the other direction.</param>
internal sealed record TypeScriptMap(string Key, TypeScriptName Name, string Doc, TypeScriptContract[] Contracts)
{
    /// <summary>Returns the maps of all namespaces, the main one first.</summary>
    public static TypeScriptMap[] Of(TypeScriptModel model) =>
    [
        .. model.Contracts.GroupBy(c => Normalized(c.Path), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany(g => Maps(g.Key, [.. g])),
    ];

    private static IEnumerable<TypeScriptMap> Maps(string path, TypeScriptContract[] all)
    {
        var events = Of(all, ContractDirection.Events);
        var commands = Of(all, ContractDirection.Commands);
        var servers = Of(all, ContractDirection.Servers);
        var about = $"in the namespace `{CodeText.Line(path)}`.";
        if (events.Length + commands.Length > 0)
        {
            yield return Map("ServerToClientEvents", $"All events that servers send to clients {about}", events);
            yield return Map("ClientToServerEvents", $"All events that clients send to servers {about}", commands);
        }

        if (servers.Length > 0) yield return Map("InterServerEvents", $"All events that servers send to each other {about}", servers);

        TypeScriptMap Map(string name, string doc, TypeScriptContract[] contracts) =>
            new($"{path} {name}", new(Pascal(path) + name, Pascal(path) + name + "_"), doc, contracts);
    }

    private static TypeScriptContract[] Of(TypeScriptContract[] all, ContractDirection direction) =>
        [.. all.Where(c => c.Contract.Direction == direction)];

    // As in the runtime: a missing slash is added.
    private static string Normalized(string path) => path.StartsWith("/", StringComparison.Ordinal) ? path : "/" + path;

    private static string Pascal(string path)
    {
        var name = new StringBuilder(path.Length);
        var isFirst = true;
        foreach (var c in path)
        {
            if (!char.IsLetterOrDigit(c))
            {
                isFirst = true;
                continue;
            }

            if (name.Length == 0 && char.IsDigit(c)) name.Append('_');
            name.Append(isFirst ? char.ToUpperInvariant(c) : c);
            isFirst = false;
        }

        return name.ToString();
    }
}
