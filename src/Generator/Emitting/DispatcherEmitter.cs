using TypedSocketRedis.Generator.Emitting.Formatters;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the class that decodes the events of one contract and calls an implementation of it.</summary>
internal static class DispatcherEmitter
{
    private const string Ack = $"{KnownNames.Tasks}ValueTask<global::System.ReadOnlyMemory<byte>>";

    public static void Write(SourceWriter code, ContractModel contract)
    {
        // Two events with one wire name have an error of their own; only the first one is handled.
        var events = contract.Events.Where(e => e.Kind != EventKind.Broken).GroupBy(e => e.WireName, StringComparer.Ordinal)
            .Select(g => g.First()).ToArray();
        var type = $"{KnownNames.EventDispatcher}<{contract.Type}>";
        code.Line($"/// <summary>Decodes the events of <see cref=\"{contract.Type}\"/> and calls a handler.</summary>")
            .Open($"internal sealed class {contract.DispatcherClass} : {type}")
            .Line("[global::System.Runtime.CompilerServices.ModuleInitializer]")
            .Line($"internal static void Register() => {KnownNames.EventDispatcher}s.Add<{contract.Type}>("
                + $"new {contract.DispatcherClass}());")
            .Line()
            .Line($"public override global::System.Collections.Generic.IReadOnlyList<string> Events {{ get; }} = {Names(events)};")
            .Line()
            .Line($"public override {Ack} DispatchAsync("
                + $"{contract.Type} handler, {KnownNames.IncomingEvent} incoming) => incoming.Name switch")
            .Open();
        for (var i = 0; i < events.Length; i++) code.Line($"{Name(events[i])} => Event{i}(handler, incoming),");
        code.Line("_ => throw new global::System.ArgumentException(incoming.Name, \"incoming\"),").Close(";");
        for (var i = 0; i < events.Length; i++) Event(code.Line(), contract, events[i], i);
        RuleEmitter.Fields(code, events.SelectMany((e, i) =>
            e.Parameters.Where(p => p.Value is not null).Select((p, j) => (ArgumentEmitter.Rule(i, j), p.Rules))));

        // An error was reported for a broken command, which may not even be implementable.
        if (contract.Direction == ContractDirection.Commands && contract.Events.All(e => e.Kind != EventKind.Broken))
            CommandEmitter.Write(code.Line(), contract);

        code.Close();
    }

    private static void Event(SourceWriter code, ContractModel contract, EventModel e, int number)
    {
        var sent = EventNames.Sent(e);
        // The implementation already gets a warning about the obsolete event; it must not be repeated here.
        code.Attribute(e.Obsolete.Length == 0 ? "" : "[global::System.Obsolete]")
            .Open($"private static {Ack} Event{number}({contract.Type} handler, {KnownNames.IncomingEvent} incoming)");
        if (!sent.Any(p => p.Rest is not null)) code.Line($"{KnownNames.EventDataReader}.CheckCount(incoming, {sent.Length});");
        if (sent.Length > 0) ArgumentEmitter.Read(code, sent, number);

        var owner = e.Owners[e.Owners.Count - 1];
        var handler = owner == contract.Type ? "handler" : $"(({owner})handler)";
        var next = 0;
        var arguments = string.Join(", ", e.Parameters.Select(p => 
            p.Value is null ? "incoming.CancellationToken" : ArgumentEmitter.Argument(p, next++)));
        var call = $"{handler}.{e.Method}({arguments})";
        if (e.Ack is { } ack)
        {
            code.Line(
                $"return {KnownNames.EventAck}.{(contract.ErrorFirstAcks ? "ErrorFirst" : "Of")}({call}, incoming.ExpectsAck, "
                + $"static (ref {KnownNames.MessagePack}MessagePackWriter writer, {ack.DeclaredType} value) =>").Open();
            ValueEmitter.Write(code, Scope.Contract, ack, "value", "writer", "1", $"The result of {contract.Display}.{e.Method}");
            code.Close(");");
        }
        else
        {
            code.Line($"return {KnownNames.EventAck}.Of({call});");
        }

        code.Close();
    }

    private static string Names(EventModel[] events) => $"new string[] {{ {string.Join(", ", events.Select(Name))} }}";

    private static string Name(EventModel e) => CodeText.Literal(e.WireName);
}
