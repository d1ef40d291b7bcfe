using TypedSocketRedis.Generator.Emitting.Formatters;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Emits the code that writes and reads results, as objects with one of two properties.</summary>
internal static class ResultEmitter
{
    public static void Write(SourceWriter code, ResultModel model)
    {
        code.Line("writer.WriteMapHeader(2);").Line("ValueWriter.Name(ref writer, \"ok\"u8);")
            .Line("ValueWriter.Write(ref writer, value.IsOk);").Open("if (value.IsOk)");
        Property(code, model.Data, "data", "Data");
        code.Close().Open("else");
        Property(code, model.Error, "error", "Error");
        code.Close();
    }

    public static void Read(SourceWriter code, ResultModel model) =>
        CollectionEmitter.Guarded(code, ["string at = \"\";"], "Member", "at", () =>
        {
            code.Line("bool? ok = null;").Line("bool has_data = false;").Line("bool has_error = false;")
                .Line($"{model.Data.VariableType} data = default;").Line($"{model.Error.VariableType} error = default;")
                .Open("for (int left = ValueReader.ReadMapHeader(ref reader, options); left > 0; left--)")
                .Line("at = \"\";").Line("ReadOnlySpan<byte> key = ValueReader.ReadKey(ref reader);")
                .Open("if (key.SequenceEqual(\"ok\"u8))").Line("at = \"ok\";").Line("ok = ValueReader.ReadBoolean(ref reader);").Close();
            Property(code, model.Data, "data");
            Property(code, model.Error, "error");
            code.Line("else ValueReader.Skip(ref reader);").Close().Line().Line("at = \"\";").Line("ValueReader.Leave(ref reader);")
                .Line("if (ok is null) throw DataPath.Missing(\"ok\", \"bool\");");
            Return(code, model.Data, "data", $"if (ok == true) return global::TypedSocketRedis.Result.Ok<{model.TypeArguments}>");
            Return(code, model.Error, "error", $"return global::TypedSocketRedis.Result.Fail<{model.TypeArguments}>");
        });

    private static void Property(SourceWriter code, ValueModel value, string name, string member)
    {
        code.Line($"ValueWriter.Name(ref writer, \"{name}\"u8);").Line($"{value.DeclaredType} {name} = value.{member}!;");
        ValueEmitter.Write(code, Scope.Formatter, value, name, "writer", "depth + 1", "Result." + member);
    }

    private static void Property(SourceWriter code, ValueModel value, string name)
    {
        code.Open($"else if (key.SequenceEqual(\"{name}\"u8))").Line($"at = \"{name}\";");
        if (!IsOptional(value)) code.Line("if (reader.TryReadNil()) continue;");
        code.Line($"{name} = {ValueEmitter.Read(Scope.Formatter, value)};").Line($"has_{name} = true;").Close();
    }

    private static void Return(SourceWriter code, ValueModel value, string name, string create)
    {
        if (!IsOptional(value))
        {
            var type = CodeText.Literal(value.DeclaredType.Replace("global::", ""));
            code.Line($"if ({(name == "data" ? "ok == true" : "ok == false")} && !has_{name}) throw DataPath.Missing(\"{name}\", {type});");
        }

        code.Line($"{create}({name}{ValueEmitter.Forgive(value)});");
    }

    private static bool IsOptional(ValueModel value) => value.IsNullable || value.CanBeNil || value.Kind == ValueKind.Dynamic;
}
