using TypedSocketRedis.Generator.Emitting.Formatters;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the events of one contract as values.</summary>
internal static class EventEmitter
{
    /// <summary>Writes a class with the events.</summary>
    /// <param name="code">The code.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="accessibility">The accessibility of the class.</param>
    public static void Write(SourceWriter code, ContractModel contract, string accessibility)
    {
        var names = EventNames.Of(contract);
        code.Line($"/// <summary>The events of <see cref=\"{contract.Type}\"/> as values.</summary>")
            .Open($"{accessibility} static class {contract.EventsClass}");
        var isFirst = true;
        for (var i = 0; i < names.Length; i++)
        {
            if (contract.Events[i].Kind == EventKind.Broken) continue;
            if (!isFirst) code.Line();
            isFirst = false;
            Event(code, contract, contract.Events[i], names[i]);
        }

        code.Close();
    }

    private static void Event(SourceWriter code, ContractModel contract, EventModel e, string name)
    {
        var sent = EventNames.Sent(e);
        var properties = EventNames.Properties(e, name);
        code.Line($"/// <summary>The event <see cref=\"{EventNames.Reference(e)}\"/> with its arguments.</summary>");
        var parameters = string.Join(", ", sent.Select((p, i) => $"{p.Value!.DeclaredType} {properties[i]}"));
        var self = e.Ack is { } type ? $"{KnownNames.SocketEventType}<{contract.Type}, {type.DeclaredType}>"
            : $"{KnownNames.SocketEventType}<{contract.Type}>";
        var received = contract.Direction != ContractDirection.Events ? null
            : $"{KnownNames.ReceivedEvent}<{name}{(e.Ack is { } result ? ", " + result.DeclaredType : "")}>";
        code.Attribute(e.Obsolete)
            .Attribute(e.Experimental)
            .Line($"{BroadcastEmitter.Accessibility(contract, e)} readonly record struct {name}({parameters}) : {self}"
                + (received is null ? "" : ", " + received))
            .Open()
            .Open($"void {KnownNames.SocketEventType}<{contract.Type}>.Write(ref {KnownNames.EventDataWriter} writer)");
        Write(code, contract, e, sent, properties);
        code.Close();
        if (e.Ack is { } ack) ReadAck(code.Line(), self, ack);
        if (received is not null) Receive(code, contract, e, name);
        code.Close();
    }

    /// <summary>Writes the members with which a client in a test reads the event and acknowledges it.</summary>
    private static void Receive(SourceWriter code, ContractModel contract, EventModel e, string name)
    {
        var sent = EventNames.Sent(e);
        code.Line().Line($"static string {KnownNames.ReceivedEvent}<{name}>.Name => {CodeText.Literal(e.WireName)};").Line()
            .Open($"static {name} {KnownNames.ReceivedEvent}<{name}>.Read(ref {KnownNames.EventDataReader} arguments)");
        ArgumentEmitter.Declare(code, sent);
        ArgumentEmitter.Assign(code, sent, 0);
        code.Line($"return new {name}({string.Join(", ", sent.Select(ArgumentEmitter.Argument))});").Close();
        if (e.Ack is not { } ack) return;
        code.Line()
            .Open($"static void {KnownNames.ReceivedEvent}<{name}, {ack.DeclaredType}>.WriteAck("
                + $"ref {KnownNames.MessagePack}MessagePackWriter writer, {ack.DeclaredType} value)");
        ValueEmitter.Write(code, Scope.Contract, ack, "value", "writer", "1", $"The result of {contract.Display}.{e.Method}");
        code.Close();
    }

    private static void Write(SourceWriter code, ContractModel contract, EventModel e, ParameterModel[] sent, string[] properties)
    {
        var required = sent.Length - Omitted(contract, e, sent);
        var count = $"{sent.Length}";
        if (required < sent.Length)
        {
            code.Line($"int count = {count};");
            for (var i = sent.Length - 1; i >= required; i--)
                code.Line($"if (count == {i + 1} && this.{properties[i]} is null) count = {i};");
            count = "count";
        }
        else if (sent.LastOrDefault() is { Rest: { } element })
        {
            code.Line($"{element.DeclaredType}[] rest = global::System.Linq.Enumerable.ToArray(this.{properties[sent.Length - 1]} ?? []);");
            count = $"{sent.Length - 1} + rest.Length";
        }

        code.Line($"writer.Begin({CodeText.Utf8(e.WireName)}, {count});");
        for (var i = 0; i < sent.Length; i++)
        {
            var place = $"{contract.Display}.{e.Method}({sent[i].Name})";
            var (value, name) = sent[i].Rest is { } element ? (element, "item") : (sent[i].Value!, "this." + properties[i]);
            if (sent[i].Rest is not null) code.Open($"foreach ({value.DeclaredType} item in rest)");
            else if (i >= required) code.Open($"if (count > {i})");
            ValueEmitter.Write(code, Scope.Contract, value, name, "writer.Writer", "1", place);
            if (sent[i].Rest is not null || i >= required) code.Close();
        }
    }

    // The last arguments that are null by default are left out by JavaScript as well. Before a callback they cannot.
    private static int Omitted(ContractModel contract, EventModel e, ParameterModel[] sent) =>
        contract.Direction != ContractDirection.Events || e.Ack is not null ? 0
            : Enumerable.Reverse(sent).TakeWhile(p => p is { Default: "default", Value.IsNullable: true }).Count();

    private static void ReadAck(SourceWriter code, string self, ValueModel ack)
    {
        code.Open($"{ack.DeclaredType} {self}.ReadAck("
            + $"ref {KnownNames.MessagePack}MessagePackReader reader, {KnownNames.MessagePack}MessagePackSerializerOptions options)");
        if (!ack.IsNullable && !ack.CanBeNil) code.Line($"{KnownNames.EventDataReader}.Require(ref reader);");
        code.Line($"return {ValueEmitter.Read(Scope.Contract, ack)}{ValueEmitter.Forgive(ack)};").Close();
    }
}
