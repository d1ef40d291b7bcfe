using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Determines the parameters of an event's listener.</summary>
internal static class TypeScriptEvents
{
    // Not a valid parameter name in C#, so that no documentation matches it.
    private const string Callback = "=> ack";

    /// <summary>
    /// Returns the parameters, with their names in C# and in TypeScript. The last one is the callback that takes the acknowledgement, which
    /// a client can omit if it has no value.
    /// </summary>
    public static TypeScriptParameter[] Parameters(EventModel e, ContractDirection direction, TypeScriptTypes types)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var parameters = e.Parameters.Where(p => p.Value is not null).ToArray();
        var sent = parameters.Select(
            (p, i) => Parameter(p.Name.TrimStart('@'), types.Of(p.Value!), parameters.Skip(i).All(q => q.Default.Length > 0))).ToList();
        if (e.Ack is not { } ack)
        {
            // A handler acknowledges when it has completed, also without a result.
            if (direction == ContractDirection.Commands)
                sent.Add(Parameter("done", "() => void", isOptional: true) with { Original = Callback });
            return [.. sent];
        }

        // No argument can be omitted before the callback; undefined is null on the wire, and null becomes the default.
        sent = [.. sent.Select(p => p.IsOptional ? p with { IsOptional = false, Type = p.Type + " | undefined" } : p)];
        return [.. sent, Parameter("ack", $"(value: {types.Of(ack)}) => void", isOptional: false) with { Original = Callback }];

        TypeScriptParameter Parameter(string name, string type, bool isOptional)
        {
            var unique = TypeScriptNames.Parameter(name);
            while (!taken.Add(unique)) unique += "_";
            return new(name, unique, type, isOptional);
        }
    }
}

/// <summary>One parameter of a listener.</summary>
internal sealed record TypeScriptParameter(string Original, string Name, string Type, bool IsOptional)
{
    public override string ToString() => $"{Name}{(IsOptional ? "?" : "")}: {Type}";
}
