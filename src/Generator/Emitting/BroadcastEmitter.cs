using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the event methods of one contract.</summary>
internal static class BroadcastEmitter
{
    public static string Emit(ContractModel contract)
    {
        var code = SourceWriter.File();
        if (contract.Namespace.Length > 0) code.Open("namespace " + contract.Namespace);

        code.Line($"/// <summary>The events of <see cref=\"{contract.Type}\"/>, sent to a target.</summary>")
            .Open($"{contract.Accessibility} static class {contract.ClassName}");
        for (var i = 0; i < contract.Events.Count; i++)
        {
            if (i > 0) code.Line();
            Event(code, contract, contract.Events[i]);
        }

        code.Close();
        if (contract.Namespace.Length > 0) code.Close();
        return code.ToString();
    }

    private static void Event(SourceWriter code, ContractModel contract, EventModel e)
    {
        var target = Unused("target", e);
        var parameters = string.Concat(e.Parameters.Select(p => ", " + p.Declaration));
        code.Line($"/// <inheritdoc cref=\"{e.DocumentationId}\"/>")
            .Line($"public static {e.ReturnType} {e.Method}<TTarget>(this TTarget {target}{parameters})")
            .Nested($"where TTarget : struct, {KnownNames.EventTarget}<{contract.Type}>");

        if (e.Kind == EventKind.Broken)
        {
            code.Open().Line("// The error at the declaration stops the build; this body only lets calls bind.")
                .Line("throw new global::System.NotSupportedException();").Close();
            return;
        }

        Body(code.Open(), contract, e, target);
        code.Close();
    }

    private static void Body(SourceWriter code, ContractModel contract, EventModel e, string target)
    {
        var data = Unused("data", e);
        var sent = e.Parameters.Where(p => p.Value is not null).ToArray();
        code.Line($"var {data} = new {KnownNames.EventDataWriter}([{Naming.ArrayHeader(sent.Length + 1)}, {Naming.Text(e.WireName)}]);")
            .Line("try").Open();
        foreach (var p in sent)
            ValueEmitter.Write(code, Qualified(p.Value!), p.Name, data + ".Writer", "1", $"{contract.Display}.{e.Method}({p.Name})");

        var token = e.Parameters.FirstOrDefault(p => p.Value is null)?.Name ?? KnownNames.CancellationToken + ".None";
        code.Line(e.Kind switch
        {
            EventKind.Task => $"return {target}.SendAsync({data}.Finish(), {token}).AsTask();",
            EventKind.ValueTask => $"return {target}.SendAsync({data}.Finish(), {token});",
            _ => $"{target}.Send({data}.Finish());",
        });
        code.Close().Line("finally").Open().Line($"{data}.Dispose();").Close();
    }

    // The contract's namespace may have a type of the formatter's name.
    private static ValueModel Qualified(ValueModel value) =>
        value.Kind == ValueKind.Formatter ? value with { Codec = $"global::{KnownNames.GeneratedNamespace}.{value.Codec}" } : value;

    private static string Unused(string name, EventModel e)
    {
        while (e.Parameters.Any(p => p.Name == name)) name += "_";
        return name;
    }
}
