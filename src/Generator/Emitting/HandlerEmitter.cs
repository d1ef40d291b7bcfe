using System.Text;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the registration of one handler, which runs when the assembly is loaded.</summary>
internal static class HandlerEmitter
{
    private const string Services = "global::TypedSocketRedis.CompilerServices.";

    public static string Emit(HandlerModel handler)
    {
        var code = SourceWriter.File();
        if (handler.IsOwn) code.Line($"[assembly: {Services}SocketHandlersAttribute]").Line();
        return code.Open("namespace " + KnownNames.GeneratedNamespace)
            .Line($"/// <summary>Registers <see cref=\"{CodeText.Line(Reference(handler.Type))}\"/> as a handler.</summary>")
            .Open($"internal static class {Identifier(handler.HintName)}_Handler")
            .Line("[global::System.Runtime.CompilerServices.ModuleInitializer]")
            .Open("internal static void Register()")
            .Line($"{Services}GeneratedCode.RequireVersion({VersionEmitter.Version}, {CodeText.Literal(handler.Assembly)});")
            .Line($"{Services}SocketHandlers.{(handler.IsOwn ? "Register" : "RegisterOther")}("
                + $"new {Services}HandlerDescription<{handler.Type}>(")
            .Nested($"static services => new {handler.Type}({string.Join(", ", handler.Arguments)}),")
            .Nested(string.Join(", ", handler.Contracts.Select(contract => Contract(handler, contract))) + ")")
            .Open()
            .Line($"HandlesConnections = {Bool(handler.HandlesConnections)},")
            .Line($"HandlesDisconnections = {Bool(handler.HandlesDisconnections)},")
            .Line($"Metadata = {Objects(handler.Metadata)},")
            .Line($"Services = {List($"{Services}HandlerService", handler.Services.Select(s => $"new {Services}HandlerService({s})"))},")
            .Close(");").Close().Close().Close().ToString();
    }

    private static string Contract(HandlerModel handler, HandledContractModel contract) =>
        $"new {Services}HandledContract<{handler.Type}, {contract.Type}>("
        + string.Join(", ", contract.Events.Select(e =>
            $"new {Services}HandledEvent({CodeText.Literal(e.Name)}, {Objects(e.Metadata)})")) + ")";

    private static string Objects(IEnumerable<string> items) => List("object", items);

    private static string List(string type, IEnumerable<string> items) =>
        items.Any() ? $"new {type}[] {{ {string.Join(", ", items)} }}" : $"global::System.Array.Empty<{type}>()";

    private static string Bool(bool value) => value ? "true" : "false";

    // References in documentation have braces for type arguments.
    private static string Reference(string type) => type.Replace('<', '{').Replace('>', '}');

    /// <summary>Returns a different identifier for each name of an output.</summary>
    private static string Identifier(string hint)
    {
        var name = new StringBuilder("_", hint.Length + 10);
        foreach (var c in hint)
        {
            _ = c switch
            {
                '.' => name.Append("_d"),
                '_' => name.Append("_u"),
                '-' => name.Append("_h"),
                _ => name.Append(c),
            };
        }

        return name.ToString();
    }
}
