using TypedSocketRedis.Generator.Emitting.Formatters;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the reading of the arguments of one event.</summary>
internal static class ArgumentEmitter
{
    /// <summary>Returns a read argument as the value of its parameter.</summary>
    public static string Argument(ParameterModel parameter, int index)
    {
        var isArray = parameter.Rest is not null && parameter.Value!.Type.EndsWith("[]", StringComparison.Ordinal);
        return $"argument{index}{(isArray ? ".ToArray()" : "")}";
    }

    /// <summary>Writes the reading of an event's arguments from <c>incoming</c> into <c>argument0</c> and so on.</summary>
    public static void Read(SourceWriter code, ParameterModel[] sent, int number)
    {
        code.Line($"{KnownNames.EventDataReader} arguments = new(incoming);");
        Declare(code, sent);
        code.Line("try").Open();
        Assign(code, sent, number);
        code.Close()
            .Line($"catch (global::System.Exception exception) when ({KnownNames.EventDataReader}.IsMalformed(exception))")
            .Open().Line("throw arguments.Refused(exception);").Close().Line();
    }

    /// <summary>Writes the declarations of the reader of <c>arguments</c> and of <c>argument0</c> and so on.</summary>
    public static void Declare(SourceWriter code, ParameterModel[] sent)
    {
        if (sent.Length == 0) return;
        code.Line($"ref {KnownNames.MessagePack}MessagePackReader reader = ref arguments.Reader;");
        if (sent.Any(p => p.Value!.Kind is ValueKind.Formatter or ValueKind.Dynamic))
            code.Line($"{KnownNames.MessagePack}MessagePackSerializerOptions options = {KnownNames.EventDataReader}.Options;");
        for (var i = 0; i < sent.Length; i++)
        {
            code.Line(sent[i].Rest is { } element ? $"global::System.Collections.Generic.List<{element.DeclaredType}> argument{i} = new();"
                : $"{sent[i].Value!.DeclaredType} argument{i} = {Initial(sent[i])};");
        }
    }

    /// <summary>Writes the reading of <c>arguments</c> into <c>argument0</c> and so on.</summary>
    public static void Assign(SourceWriter code, ParameterModel[] sent, int number)
    {
        for (var i = 0; i < sent.Length; i++)
        {
            var value = sent[i].Value!;
            var isOptional = value.IsNullable || value.CanBeNil || sent[i].Default.Length > 0;
            var name = CodeText.Literal(sent[i].Name.TrimStart('@'));
            if (sent[i].Rest is { } element)
            {
                code.Line($"while (arguments.NextRest({name})) argument{i}.Add({ValueEmitter.ReadElement(Scope.Contract, element)});");
                RuleEmitter.Check(code, Scope.Contract, Rule(number, i), sent[i].Rules, $"argument{i}", "null", "");
                continue;
            }

            // Null is a value for JSON types; for any other type it means that the argument is missing. A missing params argument is
            // empty, so null is a value for it as well.
            var takesNull = value is { Kind: ValueKind.Dynamic, CanBeNil: true, IsNullable: false }
                || (sent[i].IsParams && value is { IsReference: true, IsNullable: true });
            var next = takesNull ? "NextOrNull(" + name : $"Next({name}, isOptional: {(isOptional ? "true" : "false")}";
            var read = ValueEmitter.ReadPresent(Scope.Contract, value) + ValueEmitter.Forgive(value);
            code.Line($"if (arguments.{next})) argument{i} = {read};");
            RuleEmitter.Check(code, Scope.Contract, Rule(number, i), sent[i].Rules, $"argument{i}", "null", "");
        }
    }

    /// <summary>Returns the name of the field with the validation attributes of an argument.</summary>
    public static string Rule(int number, int argument) => $"Event{number}_{argument}";

    private static string Initial(ParameterModel parameter) => parameter.Default switch
    {
        "" => "default!",
        "default" => ValueEmitter.Initial(Scope.Contract, parameter.Value!, "default"),
        var given => given,
    };
}
