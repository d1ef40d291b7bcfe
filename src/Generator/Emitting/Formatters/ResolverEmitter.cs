using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting.Formatters;

/// <summary>Writes the resolver that provides an assembly's formatters to <c>MessagePackSerializer</c>.</summary>
internal static class ResolverEmitter
{
    private const string Services = "global::TypedSocketRedis.CompilerServices.";
    private const string Table = $"global::{KnownNames.GeneratedNamespace}.PayloadTypes";
    private const int MaxNames = 20;
    private const string Formatter = "global::MessagePack.Formatters.IMessagePackFormatter";

    public static string Emit(ResolverModel model)
    {
        var code = SourceWriter.File().Open("namespace " + model.Namespace)
            .Line("/// <summary>The formatters of all payload types of this assembly's contracts, "
                + "for <c>MessagePackSerializer</c>.</summary>")
            .Open($"{(model.IsPublic ? "public" : "internal")} sealed class {KnownNames.Resolver} : global::MessagePack.IFormatterResolver")
            .Line("/// <summary>The only instance of the resolver, which has no state.</summary>")
            .Line($"public static readonly {KnownNames.Resolver} Instance = new();")
            .Line()
            .Open($"private {KnownNames.Resolver}()").Close()
            .Line()
            .Line("/// <summary>Returns the formatter of a payload type, of a simple type, or of an array or a list of them; "
                + "otherwise null.</summary>")
            .Line("/// <typeparam name=\"T\">The type.</typeparam>")
            .Line("/// <returns>The formatter, which is thread-safe.</returns>")
            .Line($"public {Formatter}<T>? GetFormatter<T>() => Cache<T>.Formatter;")
            .Line()
            .Line("[global::System.Runtime.CompilerServices.ModuleInitializer]")
            .Line("internal static void Register() => "
                + $"{Services}PayloadFormatters.Add(Instance, TryWrite, {CodeText.Literal(Names(model))});")
            .Line();
        code.Line("private static bool TryWrite(ref global::MessagePack.MessagePackWriter writer, object value, int depth) => "
                + $"{Table}.All.TryWrite(ref writer, value, depth);")
            .Line()
            .Open("private static class Cache<T>")
            .Line($"public static readonly {Formatter}<T>? Formatter = "
                + $"{Table}.All.Find<T>() ?? {Services}PayloadFormatters.Simple<T>();")
            .Close().Close().Close().Line().Open($"namespace {KnownNames.GeneratedNamespace}");
        Types(code, model);
        return code.Close().ToString();
    }

    // Beside the formatters, whose names are short there, and created when a type is searched for the first time.
    private static void Types(SourceWriter code, ResolverModel model)
    {
        FormatterEmitter.Import(code).Line().Open("internal static class PayloadTypes")
            .Line("public static readonly PayloadTable All = Create();").Line()
            .Open("private static PayloadTable Create()")
            .Line("PayloadTable all = new();");
        foreach (var entry in model.Entries)
        {
            code.Line($"all.{(entry.IsReference ? "Add" : "AddValue")}(static () => {entry.Formatter}.Instance, {entry.Formatter}.Write, "
                + $"{(entry.IsElement ? "true" : "false")});");
        }

        code.Line("return all;").Close().Close();
    }

    // For messages: all types of a usual assembly, the first ones of a large one.
    private static string Names(ResolverModel model)
    {
        var names = model.Entries.Where(e => e.IsElement).Select(e => e.Type.Replace("global::", "")).ToArray();
        return string.Join(", ", names.Take(MaxNames)) + (names.Length > MaxNames ? ", …" : "");
    }
}
