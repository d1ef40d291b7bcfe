using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the class that implements a contract over a target.</summary>
internal static class SenderEmitter
{
    private const string Target = "this._target";

    public static void Write(SourceWriter code, ContractModel contract)
    {
        code.Line($"/// <summary>Creates implementations of <see cref=\"{contract.Type}\"/> that send its events to a target.</summary>")
            .Open($"{contract.Accessibility} static class {contract.ClassName}Sender")
            .Line("/// <summary>Returns an implementation of the contract that sends its events to the target.</summary>")
            .Line("/// <remarks>An event with an acknowledgement must have exactly one receiver; with several its task fails.</remarks>")
            .Line("/// <param name=\"target\">The target of the events.</param>")
            .Line("/// <typeparam name=\"TTarget\">The type of the target.</typeparam>")
            .Line("/// <returns>An implementation that sends each event.</returns>")
            .Line($"public static {contract.Type} As{contract.Name}<TTarget>(this TTarget target)")
            .Nested($"where TTarget : struct, {KnownNames.EventTarget}<{contract.Type}> =>")
            .Nested(contract.IsWhole ? "new Over<TTarget>(target);" : "throw new global::System.NotSupportedException();");
        if (contract.IsWhole) Class(code.Line(), contract);

        code.Close();
    }

    private static void Class(SourceWriter code, ContractModel contract)
    {
        code.Line($"private sealed class Over<TTarget>(TTarget target) : {contract.Type}")
            .Nested($"where TTarget : struct, {KnownNames.EventTarget}<{contract.Type}>")
            .Open()
            .Line("private readonly TTarget _target = target;");
        foreach (var e in contract.Events)
            foreach (var owner in e.Owners.Distinct()) Event(code.Line(), contract, e, owner);
        code.Close();
    }

    private static void Event(SourceWriter code, ContractModel contract, EventModel e, string owner)
    {
        var parameters = string.Join(", ", e.Parameters.Select(p => $"{p.Type} {p.Name}"));
        var head = $"{e.ReturnType} {owner}.{e.Method}({parameters})";
        code.Attribute(e.Obsolete);
        if (e.Kind == EventKind.Broken)
        {
            code.Line(head + " => throw new global::System.NotSupportedException();");
        }
        else if (e.Ack is { } ack)
        {
            var wrap = e.Kind == EventKind.ValueTask ? $"new {e.ReturnType}(" : "";
            code.Open(head);
            EventBodyEmitter.Write(code, contract, e, Target, (data, token) =>
                $"return {wrap}{Target}.SendWithAckAsync<{ack.DeclaredType}>({data}, {EventBodyEmitter.ReadAck(ack)}, {token})"
                + (wrap.Length > 0 ? ");" : ";"));
            code.Close();
        }
        else
        {
            var arguments = string.Concat(e.Parameters.Select(p => ", " + p.Name));
            code.Line(
                $"{head} => {SourceWriter.Global(contract.Namespace)}{contract.ClassName}Extensions.{e.Method}({Target}{arguments});");
        }
    }
}
