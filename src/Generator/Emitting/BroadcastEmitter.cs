using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the event methods of one contract.</summary>
internal static class BroadcastEmitter
{
    public static void Write(SourceWriter code, ContractModel contract)
    {
        code.Line($"/// <summary>The events of <see cref=\"{contract.Type}\"/>, sent to a target.</summary>")
            .Open($"{contract.Accessibility} static class {contract.ClassName}Extensions");
        for (var i = 0; i < contract.Events.Count; i++)
        {
            if (i > 0) code.Line();
            Event(code, contract, contract.Events[i]);
        }

        code.Close();
    }

    private static void Event(SourceWriter code, ContractModel contract, EventModel e)
    {
        var target = Unused("target", e);
        var kind = Unused("TTarget", e);
        var parameters = string.Concat(e.Parameters.Select(p => ", " + p.Declaration));
        var expectsAck = e is { Ack: not null, Kind: not EventKind.Broken };
        var returns = expectsAck ? $"{KnownNames.Acks}<{e.Ack!.DeclaredType}>" : e.ReturnType;
        code.Line($"/// <inheritdoc cref=\"{e.DocumentationId}\"/>")
            .Attribute(e.Obsolete)
            .Attribute(e.Experimental)
            .Line($"{Accessibility(contract, e)} static {returns} {e.Method}<{kind}>(this {kind} {target}{parameters})")
            .Nested($"where {kind} : struct, {(expectsAck ? KnownNames.BroadcastTarget : KnownNames.EventTarget)}<{contract.Type}>");
        if (e.Kind == EventKind.Broken)
        {
            code.Open().Line("// The error at the declaration stops the build; this body only lets calls bind.")
                .Line("throw new global::System.NotSupportedException();").Close();
            return;
        }

        code.Open();
        EventBodyEmitter.Write(code, contract, e, target, (data, token) => (e.Ack, e.Kind) switch
        {
            ({ } ack, _) =>
                $"return {target}.SendWithAck<{ack.DeclaredType}>({data}, {EventBodyEmitter.ReadAck(ack)}, {token});",
            (_, EventKind.Task) => $"return {target}.SendAsync({data}, {token}).AsTask();",
            (_, EventKind.ValueTask) => $"return {target}.SendAsync({data}, {token});",
            _ => $"{target}.Send({data});",
        });
        code.Close();
        if (expectsAck) One(code.Line(), contract, e, target, parameters);
    }

    // A single receiver returns a single acknowledgement, as declared by the interface.
    private static void One(SourceWriter code, ContractModel contract, EventModel e, string target, string parameters)
    {
        var arguments = string.Join(", ", e.Parameters.Select(p => p.Name));
        var sender = $"{SourceWriter.Global(contract.Namespace)}{contract.ClassName}Sender.As{contract.Name}({target})";
        var owner = e.Owners[e.Owners.Count - 1];
        code.Line($"/// <inheritdoc cref=\"{e.DocumentationId}\"/>")
            .Attribute(e.Obsolete)
            .Attribute(e.Experimental)
            .Line($"{Accessibility(contract, e)} static {e.ReturnType} {e.Method}("
                + $"this {KnownNames.OneClient}<{contract.Type}> {target}{parameters}) =>")
            .Nested($"{(owner == contract.Type ? sender : $"(({owner}){sender})")}.{e.Method}({arguments});");
    }

    private static string Accessibility(ContractModel contract, EventModel e) =>
        contract.Accessibility == "public" && !e.IsPublic ? "internal" : "public";

    private static string Unused(string name, EventModel e)
    {
        while (e.Parameters.Any(p => p.Name == name)) name += "_";
        return name;
    }
}
