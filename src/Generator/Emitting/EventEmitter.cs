using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the events of one contract as values.</summary>
internal static class EventEmitter
{
    public static void Write(SourceWriter code, ContractModel contract)
    {
        var names = EventNames.Of(contract);
        code.Line($"/// <summary>The events of <see cref=\"{contract.Type}\"/> as values.</summary>")
            .Open($"{contract.Accessibility} static class {contract.EventsClass}");
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
        code.Line($"/// <summary>The event <see cref=\"{e.DocumentationId}\"/> with its arguments.</summary>");
        for (var i = 0; i < sent.Length; i++)
            code.Line($"/// <param name=\"{properties[i].TrimStart('@')}\">The argument <c>{sent[i].Name.TrimStart('@')}</c>.</param>");

        var parameters = string.Join(", ", sent.Select((p, i) => $"{p.Value!.DeclaredType} {properties[i]}"));
        var self = e.Ack is { } type ? $"{KnownNames.SocketEventType}<{contract.Type}, {type.DeclaredType}>"
            : $"{KnownNames.SocketEventType}<{contract.Type}>";
        code.Attribute(e.Obsolete)
            .Attribute(e.Experimental)
            .Line($"{BroadcastEmitter.Accessibility(contract, e)} readonly record struct {name}({parameters}) : {self}")
            .Open()
            .Open($"void {KnownNames.SocketEventType}<{contract.Type}>.Write(ref {KnownNames.EventDataWriter} writer)")
            .Line($"writer.Begin({CodeText.Utf8(e.WireName)}, {sent.Length});");
        for (var i = 0; i < sent.Length; i++)
        {
            ValueEmitter.Write(
                code, Scope.Contract, sent[i].Value!, "this." + properties[i], "writer.Writer", "1",
                $"{contract.Display}.{e.Method}({sent[i].Name})");
        }

        code.Close();
        if (e.Ack is { } ack) ReadAck(code.Line(), self, ack);
        code.Close();
    }

    private static void ReadAck(SourceWriter code, string self, ValueModel ack)
    {
        code.Open($"{ack.DeclaredType} {self}.ReadAck("
            + "ref global::MessagePack.MessagePackReader reader, global::MessagePack.MessagePackSerializerOptions options)");
        if (!ack.IsNullable && !ack.CanBeNil) code.Line($"{KnownNames.EventDataReader}.Require(ref reader);");
        code.Line($"return {ValueEmitter.Read(Scope.Contract, ack)}{ValueEmitter.Forgive(ack)};").Close();
    }
}
