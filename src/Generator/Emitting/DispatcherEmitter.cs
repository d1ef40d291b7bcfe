using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the class that decodes the events of one contract and calls an implementation of it.</summary>
internal static class DispatcherEmitter
{
    private const string Ack = "global::System.Threading.Tasks.ValueTask<global::System.ReadOnlyMemory<byte>>";
    private const string Constructors =
        "[global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers("
        + "global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)]";

    public static void Write(SourceWriter code, ContractModel contract)
    {
        code.Line($"/// <summary>Handles the events of <see cref=\"{contract.Type}\"/>.</summary>")
            .Open($"{contract.Accessibility} static class {contract.ClassName}Dispatcher");
        Handle(code, contract);

        // Two events with one wire name have an error of their own; only the first one is handled.
        var events = contract.Events.Where(e => e.Kind != EventKind.Broken).GroupBy(e => e.WireName, StringComparer.Ordinal)
            .Select(g => g.First()).ToArray();
        code.Line().Open($"private sealed class Dispatcher : {KnownNames.EventDispatcher}<{contract.Type}>")
            .Line("public static readonly Dispatcher Instance = new Dispatcher();")
            .Line()
            .Line($"public override global::System.Collections.Generic.IReadOnlyList<string> Events {{ get; }} = {Names(events)};")
            .Line()
            .Line($"public override {Ack} DispatchAsync("
                + $"{contract.Type} handler, {KnownNames.IncomingEvent} incoming) => incoming.Name switch")
            .Open();
        for (var i = 0; i < events.Length; i++) code.Line($"{Name(events[i])} => Event{i}(handler, incoming),");
        code.Line("_ => throw new global::System.ArgumentException(incoming.Name, \"incoming\"),").Close(";");
        for (var i = 0; i < events.Length; i++) Event(code.Line(), contract, events[i], i);

        code.Close().Close();
    }

    private static void Handle(SourceWriter code, ContractModel contract) => code
        .Line("/// <summary>Handles the contract's events with one object per socket.</summary>")
        .Line("/// <remarks>The object is created from the application's services and its socket when the socket connects, "
            + "and disposed after the socket has been disconnected.</remarks>")
        .Line("/// <param name=\"receiver\">The contract's namespace.</param>")
        .Line("/// <typeparam name=\"THandler\">The class that implements the contract.</typeparam>")
        .Line($"public static void Handle{contract.Name}<{Constructors} THandler>(this {KnownNames.SocketEventReceiver} receiver)")
        .Nested($"where THandler : class, {contract.Type} =>")
        .Nested($"receiver.Handle<{contract.Type}, THandler>(Dispatcher.Instance);")
        .Line()
        .Line("/// <summary>Handles the contract's events with one object.</summary>")
        .Line("/// <param name=\"receiver\">The receiver of the events.</param>")
        .Line("/// <param name=\"handler\">The object that handles the events. "
            + "Events of different senders are handled concurrently.</param>")
        .Line($"public static void Handle{contract.Name}(this {KnownNames.EventReceiver} receiver, {contract.Type} handler) =>")
        .Nested($"receiver.Handle<{contract.Type}>(Dispatcher.Instance, handler);");

    private static void Event(SourceWriter code, ContractModel contract, EventModel e, int number)
    {
        var sent = e.Parameters.Where(p => p.Value is not null).ToArray();
        // The implementation already gets a warning about the obsolete event; it must not be repeated here.
        code.Attribute(e.Obsolete.Length == 0 ? "" : "[global::System.Obsolete]")
            .Open($"private static {Ack} Event{number}({contract.Type} handler, {KnownNames.IncomingEvent} incoming)");
        if (sent.Length > 0) Read(code, sent);

        var owner = e.Owners[e.Owners.Count - 1];
        var handler = owner == contract.Type ? "handler" : $"(({owner})handler)";
        var next = 0;
        var arguments = string.Join(", ", e.Parameters.Select(p => p.Value is null ? "incoming.CancellationToken" : $"argument{next++}"));
        var call = $"{handler}.{e.Method}({arguments})";
        if (e.Ack is { } ack)
        {
            code.Line(
                $"return {KnownNames.EventAck}.Of({call}, incoming.ExpectsAck, "
                + $"static (ref global::MessagePack.MessagePackWriter writer, {ack.DeclaredType} value) =>").Open();
            ValueEmitter.Write(code, Scope.Contract, ack, "value", "writer", "1", $"The result of {contract.Display}.{e.Method}");
            code.Close(");");
        }
        else if (e.Kind == EventKind.Void)
        {
            // An exception that an async void method throws later is reported like other failures instead of ending the process.
            code.Line($"using (new {KnownNames.HandlerScope}(incoming)) {call};").Line($"return {KnownNames.EventAck}.Done;");
        }
        else
        {
            code.Line($"return {KnownNames.EventAck}.Of({call});");
        }

        code.Close();
    }

    private static void Read(SourceWriter code, ParameterModel[] sent)
    {
        code.Line($"{KnownNames.EventDataReader} arguments = new(incoming);")
            .Line("ref global::MessagePack.MessagePackReader reader = ref arguments.Reader;");
        if (sent.Any(p => p.Value!.Kind is ValueKind.Formatter or ValueKind.Dynamic))
            code.Line($"global::MessagePack.MessagePackSerializerOptions options = {KnownNames.EventDataReader}.Options;");
        for (var i = 0; i < sent.Length; i++)
            code.Line($"{sent[i].Value!.DeclaredType} argument{i} = {(sent[i].Default.Length > 0 ? sent[i].Default : "default!")};");

        code.Line("try").Open();
        for (var i = 0; i < sent.Length; i++)
        {
            var value = sent[i].Value!;
            var isOptional = value.IsNullable || value.CanBeNil || sent[i].Default.Length > 0;
            var name = CodeText.Literal(sent[i].Name.TrimStart('@'));

            // Null is a value only for JSON types; for any other type it means that the argument is missing.
            var next = value is { Kind: ValueKind.Dynamic, CanBeNil: true, IsNullable: false } ? "NextOrNull(" + name
                : $"Next({name}, isOptional: {(isOptional ? "true" : "false")}";
            code.Line($"if (arguments.{next}))")
                .Nested($"argument{i} = {ValueEmitter.ReadPresent(Scope.Contract, value)}{ValueEmitter.Forgive(value)};");
        }

        code.Close()
            .Line($"catch (global::System.Exception exception) when ({KnownNames.EventDataReader}.IsMalformed(exception))")
            .Open().Line("throw arguments.Refused(exception);").Close().Line();
    }

    private static string Names(EventModel[] events) => $"new string[] {{ {string.Join(", ", events.Select(Name))} }}";

    private static string Name(EventModel e) => CodeText.Literal(e.WireName);
}
