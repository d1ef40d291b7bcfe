using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>What a listener of an event is called with.</summary>
internal static class TypeScriptEvents
{
    // No parameter of C# has it, so that no documentation belongs to it.
    private const string Callback = "=> answer";

    /// <summary>The parameters, by their names in C# and in TypeScript; last the callback that takes the acknowledgement.</summary>
    public static TypeScriptParameter[] Parameters(EventModel e, TypeScriptTypes types)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var sent = e.Parameters.Where(p => p.Value is not null).Select(p => Parameter(p.Name.TrimStart('@'), types.Of(p.Value!))).ToList();
        if (e.Answer is { } answer) sent.Add(Parameter("answer", $"(value: {types.Of(answer)}) => void") with { Original = Callback });
        return [.. sent];

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
