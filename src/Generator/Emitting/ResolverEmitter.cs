using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the resolver that provides an assembly's formatters to <c>MessagePackSerializer</c>.</summary>
internal static class ResolverEmitter
{
    private const string Services = "global::TypedSocketRedis.CompilerServices.";
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
        TryWrite(code, model);
        Find(code.Line(), model);
        return code.Line()
            .Open("private static class Cache<T>")
            .Line($"public static readonly {Formatter}<T>? Formatter = "
                + $"({Formatter}<T>?)Find(typeof(T)) ?? {Services}PayloadFormatters.Simple<T>();")
            .Close().Close().Close().ToString();
    }

    private static void TryWrite(SourceWriter code, ResolverModel model)
    {
        code.Open("private static bool TryWrite(ref global::MessagePack.MessagePackWriter writer, object value, int depth)")
            .Line("global::System.Type type = value.GetType();");
        foreach (var entry in model.Entries)
        {
            var write = $"global::{KnownNames.GeneratedNamespace}.{entry.Formatter}.Write(ref writer, ({entry.AnnotatedType})value, depth)";
            code.Line($"if (type == typeof({entry.Type})) {{ {write}; return true; }}");
        }

        code.Line("return false;").Close();
    }

    private static void Find(SourceWriter code, ResolverModel model)
    {
        code.Open("private static object? Find(global::System.Type type)");
        foreach (var entry in model.Entries)
        {
            var instance = $"global::{KnownNames.GeneratedNamespace}.{entry.Formatter}.Instance";
            code.Line($"if (type == typeof({entry.Type})) return {instance};");
            if (!entry.IsReference) code.Line(
                $"if (type == typeof({entry.Type}?)) "
                + $"return new global::MessagePack.Formatters.StaticNullableFormatter<{entry.AnnotatedType}>({instance});");
            if (entry.IsElement) code.Line($"if ({Services}PayloadCollections.Find(type, static () => {instance}) "
                + $"is {{ }} of{entry.Formatter}) return of{entry.Formatter};");
        }

        code.Line("return null;").Close();
    }

    // For messages: all types of a usual assembly, the first ones of a large one.
    private static string Names(ResolverModel model)
    {
        var names = model.Entries.Where(e => e.IsElement).Select(e => e.Type.Replace("global::", "")).ToArray();
        return string.Join(", ", names.Take(MaxNames)) + (names.Length > MaxNames ? ", …" : "");
    }
}
