using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting.TypeScript;

/// <summary>Determines the parameters of an event's listener.</summary>
internal static class TypeScriptEvents
{
    // Not a valid parameter name in C#, so that no documentation matches it.
    private const string Callback = "=> ack";

    private const string Error = "{ error: string; code?: string }";

    /// <summary>
    /// Returns the parameters, with their names in C# and in TypeScript. The last one is the callback that takes the acknowledgement, which
    /// a client can omit if it has no value.
    /// </summary>
    public static TypeScriptParameter[] Parameters(EventModel e, ContractModel contract, TypeScriptTypes types)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var parameters = e.Parameters.Where(p => p.Value is not null).ToArray();
        var sent = parameters.Select((p, i) => p.Rest is { } element
            ? Parameter(p.Name.TrimStart('@'), TypeScriptTypes.Array(types.Of(element)), isOptional: false) with { IsRest = true }
            : Parameter(p.Name.TrimStart('@'), types.Of(p.Value!), parameters.Skip(i).All(q => q.Default.Length > 0 || q.Rest is not null)))
            .ToList();
        if (contract.Direction == ContractDirection.Events && e.Ack is null
            && parameters.LastOrDefault() is { Default: "default", Value: { IsNullable: true } last })
            sent[sent.Count - 1] = sent[sent.Count - 1] with { Type = types.Present(last) };
        var hasRest = sent.Any(p => p.IsRest);
        if (e.Ack is not { } ack)
        {
            // A handler acknowledges when it has completed, also without a result. No optional callback can follow a rest argument.
            var done = contract.ErrorFirstAcks ? $"(error?: {Error} | null) => void" : "() => void";
            if (contract.Direction == ContractDirection.Commands && !hasRest)
                sent.Add(Parameter("done", done, isOptional: true) with { Original = Callback });
            return [.. sent];
        }

        var callback = contract.ErrorFirstAcks
            ? $"(error: {Error} | null, value?: {types.Of(ack)}) => void"
            : $"(value: {types.Of(ack)}) => void";
        var isOptional = contract.OptionalAcks && !hasRest;

        // No argument can be omitted before the callback; undefined is null on the wire, and null becomes the default.
        if (!isOptional)
            sent = [.. sent.Select(p => p.IsOptional ? p with { IsOptional = false, Type = p.Type + " | undefined" } : p)];
        return [.. sent, Parameter("ack", callback, isOptional) with { Original = Callback }];

        TypeScriptParameter Parameter(string name, string type, bool isOptional)
        {
            var unique = TypeScriptNames.Parameter(name);
            while (!taken.Add(unique)) unique += "_";
            return new(name, unique, type, isOptional);
        }
    }

    /// <summary>Returns the parameters as code. A callback after a rest argument is possible only in the type of one.</summary>
    public static string Signature(TypeScriptParameter[] parameters)
    {
        var all = string.Join(", ", parameters.Select(p => p.ToString()));
        return parameters.Length > 1 && parameters[parameters.Length - 2].IsRest ? $"...args: [{all}]" : all;
    }
}

/// <summary>One parameter of a listener.</summary>
internal sealed record TypeScriptParameter(string Original, string Name, string Type, bool IsOptional)
{
    /// <summary>Gets a value indicating whether it takes all further arguments.</summary>
    public bool IsRest { get; init; }

    public override string ToString() => $"{(IsRest ? "..." : "")}{Name}{(IsOptional ? "?" : "")}: {Type}";
}
