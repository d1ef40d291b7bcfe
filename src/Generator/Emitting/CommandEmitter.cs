using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the commands of one contract for a client in a test; no other code can reach them.</summary>
internal static class CommandEmitter
{
    private const string Client = "CommandClient";
    private const string ValueTask = $"{KnownNames.Tasks}ValueTask";

    /// <summary>Writes the members of the dispatcher.</summary>
    public static void Write(SourceWriter code, ContractModel contract)
    {
        code.Line($"public override {contract.Type} CreateClient({KnownNames.CommandTarget} target) => new {Client}(target);").Line()
            .Open($"private sealed class {Client}({KnownNames.CommandTarget} target) : {contract.Type}")
            .Line($"private readonly {KnownNames.CommandTarget} _target = target;");
        var names = EventNames.Of(contract);
        for (var i = 0; i < names.Length; i++)
        {
            foreach (var owner in contract.Events[i].Owners) Method(code.Line(), contract, contract.Events[i], names[i], owner);
        }

        code.Close();
        EventEmitter.Write(code.Line(), contract, "private");
    }

    private static void Method(SourceWriter code, ContractModel contract, EventModel e, string name, string owner)
    {
        var parameters = string.Join(", ", e.Parameters.Select(p => $"{p.Type} {p.Name}"));
        code.Open($"{e.ReturnType} {owner}.{e.Method}({parameters})");
        var token = e.Parameters.FirstOrDefault(p => p.Value is null)?.Name ?? KnownNames.CancellationToken + ".None";
        var result = e.Ack is { } ack ? ", " + ack.DeclaredType : "";
        var value = $"new {contract.EventsClass}.{name}({string.Join(", ", EventNames.Sent(e).Select(p => p.Name))})";
        var sent = $"this._target.SendAsync<{contract.Type}, {contract.EventsClass}.{name}{result}>({value}, {token})";
        code.Line(e.Kind == EventKind.ValueTask ? $"return new {(e.Ack is null ? ValueTask : e.ReturnType)}({sent});" : $"return {sent};")
            .Close();
    }
}
