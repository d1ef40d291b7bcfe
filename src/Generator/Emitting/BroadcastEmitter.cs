using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the event methods of one contract.</summary>
internal static class BroadcastEmitter
{
    public static void Write(SourceWriter code, ContractModel contract)
    {
        var names = EventNames.Of(contract);
        code.Line($"/// <summary>The events of <see cref=\"{contract.Type}\"/>, sent to a target.</summary>")
            .Open($"{contract.Accessibility} static class {contract.ExtensionsClass}");
        for (var i = 0; i < names.Length; i++)
        {
            if (i > 0) code.Line();
            Event(code, contract, contract.Events[i], names[i]);
        }

        code.Close();
    }

    /// <summary>Returns the accessibility of what is generated for an event.</summary>
    public static string Accessibility(ContractModel contract, EventModel e) =>
        contract.Accessibility == "public" && !e.IsPublic ? "internal" : "public";

    private static void Event(SourceWriter code, ContractModel contract, EventModel e, string name)
    {
        if (e.Kind == EventKind.Broken)
        {
            Method(code, contract, e, e.ReturnType, KnownNames.EventTarget, token: null);
            code.Open().Line("// The error that was reported stops the build; this body only lets calls bind.")
                .Line("throw new global::System.NotSupportedException();").Close();
            return;
        }

        var target = Target(e);
        var token = e.Kind == EventKind.Void ? null : Token(e);
        var tokenName = token ?? KnownNames.CancellationToken + ".None";
        var type = $"{SourceWriter.Global(contract.Namespace)}{contract.EventsClass}.{name}";
        var value = $"new {type}({string.Join(", ", EventNames.Sent(e).Select(p => p.Name))})";
        if (e.Ack is { } ack)
        {
            var arguments = $"<{type}, {ack.DeclaredType}>({value}, {tokenName})";
            Method(code, contract, e, $"{KnownNames.Acks}<{ack.DeclaredType}>", KnownNames.BroadcastTarget, token);
            code.Nested($"=> {target}.SendWithAck{arguments};");
            if (contract.Direction == ContractDirection.Servers) return;
            Method(code.Line(), contract, e, $"{KnownNames.Tasks}Task<{ack.DeclaredType}>", KnownNames.OneClient, token);
            code.Nested($"=> {target}.SendWithAckAsync{arguments};");
        }
        else if (e.Kind == EventKind.Void)
        {
            Method(code, contract, e, "void", KnownNames.EventTarget, token);
            code.Nested($"=> {target}.Send({value});");
        }
        else
        {
            Method(code, contract, e, $"{KnownNames.Tasks}ValueTask", KnownNames.EventTarget, token);
            code.Nested($"=> {target}.SendAsync({value}, {tokenName});");
        }
    }

    private static void Method(SourceWriter code, ContractModel contract, EventModel e, string returns, string target, string? token)
    {
        IEnumerable<ParameterModel> parameters = token is null ? e.Parameters : EventNames.Sent(e);
        var declared = parameters.Select(p => ", " + p.Declaration).ToList();
        if (token is not null) declared.Add($", {KnownNames.CancellationToken} {token} = default");
        code.Line($"/// <inheritdoc cref=\"{EventNames.Reference(e)}\"/>")
            .Attribute(e.Obsolete)
            .Attribute(e.Experimental)
            .Line($"{Accessibility(contract, e)} static {returns} {e.Method}("
                + $"this {target}<{contract.Type}> {Target(e)}{string.Concat(declared)})");
    }

    // A parameter list of any length can only be last, so a method with one has no token.
    private static string? Token(EventModel e)
    {
        if (e.Parameters.FirstOrDefault(p => p.Value is null) is { } declared) return declared.Name;
        return e.Parameters.Count > 0 && e.Parameters[e.Parameters.Count - 1].IsParams ? null : Unused("cancellationToken", e);
    }

    private static string Target(EventModel e) => Unused("target", e);

    private static string Unused(string name, EventModel e)
    {
        while (e.Parameters.Any(p => p.Name == name)) name += "_";
        return name;
    }
}
