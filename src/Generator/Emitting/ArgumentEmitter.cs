using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the reading of the arguments of one event.</summary>
internal static class ArgumentEmitter
{
    /// <summary>Writes the reading of an event's arguments from <c>incoming</c> into <c>argument0</c> and so on.</summary>
    public static void Read(SourceWriter code, ParameterModel[] sent)
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
}
