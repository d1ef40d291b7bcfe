using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>What a listener of an event is called with.</summary>
internal static class TypeScriptEvents
{
    /// <summary>The parameters, by their names in C# and in TypeScript.</summary>
    public static TypeScriptParameter[] Parameters(EventModel e, TypeScriptTypes types)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. e.Parameters.Where(p => p.Value is not null).Select(p => Parameter(p.Name.TrimStart('@'), types.Of(p.Value!)))];

        TypeScriptParameter Parameter(string name, string type)
        {
            var unique = TypeScriptNames.Parameter(name);
            while (!taken.Add(unique)) unique += "_";
            return new(name, unique, type);
        }
    }
}

/// <summary>One parameter of a listener.</summary>
internal sealed record TypeScriptParameter(string Original, string Name, string Type);
