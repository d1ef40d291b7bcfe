using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting.Formatters;

/// <summary>Emits the code that writes and reads tuples, enums as text, and unions.</summary>
internal static class SpecialEmitter
{
    public static void Write(SourceWriter code, TupleModel model)
    {
        code.Line($"writer.WriteArrayHeader({model.Items.Count});");
        for (var i = 0; i < model.Items.Count; i++)
            ValueEmitter.Write(code, Scope.Formatter, model.Items[i], $"value.Item{i + 1}", "writer", "depth + 1",
                $"Item {i + 1} of a tuple");
    }

    public static void Read(SourceWriter code, TupleModel model)
    {
        for (var i = 0; i < model.Items.Count; i++) code.Line(
            $"{model.Items[i].VariableType} item{i + 1} = {ValueEmitter.Initial(Scope.Formatter, model.Items[i], null)};");
        var values = string.Join(", ", model.Items.Select((v, i) => $"item{i + 1}{ValueEmitter.Forgive(v)}"));
        CollectionEmitter.Guarded(code, ["int at = -1;"], "Element", "at", () =>
        {
            code.Line("int count = ValueReader.ReadArrayHeader(ref reader, options);");
            for (var i = 0; i < model.Items.Count; i++)
            {
                code.Open($"if (count > {i})").Line($"at = {i};");
                code.Line($"item{i + 1} = {ValueEmitter.Read(Scope.Formatter, model.Items[i])};").Close();
            }

            code.Line($"for (at = {model.Items.Count}; at < count; at++) ValueReader.Skip(ref reader);")
                .Line("ValueReader.Leave(ref reader);");
            for (var i = 0; i < model.Items.Count; i++)
            {
                if (model.Items[i].Missing.Length == 0) continue;
                code.Open($"if ({model.Items[i].Missing.Replace("{0}", $"item{i + 1}")})")
                    .Line($"at = {i};").Line("throw DataPath.Null();").Close();
            }

            code.Line(model.IsReference || model.Items.Count == 1 ? $"return new {model.Type}({values});" : $"return ({values});");
        });
    }

    /// <summary>Emits the texts of an enum, for all that is not the text of one member.</summary>
    public static void Fields(SourceWriter code, EnumModel model)
    {
        var arguments = $"{(model.IsFlags ? "true" : "false")}, new ({model.Type}, string)[]";
        code.Line().Line($"public static readonly EnumTexts<{model.Type}> Texts = new({arguments}").Open();
        foreach (var member in model.Members) code.Line($"({member.Code}, {CodeText.Literal(member.WireName)}),");
        code.Close(");");
    }

    // An element or an argument cannot be one, so the absence is written only by callers of the formatter itself.
    public static void Write(SourceWriter code, OptionalModel model)
    {
        code.Open("if (!value.HasValue)").Line("writer.WriteNil();").Line("return;").Close().Line()
            .Line($"{model.Value.DeclaredType} present = value.Value;");
        ValueEmitter.Write(code, Scope.Formatter, model.Value, "present", "writer", "depth", "Optional.Value");
    }

    public static void Write(SourceWriter code, EnumModel model)
    {
        code.Open("switch (value)");
        foreach (var member in model.Members.Where(m => !m.IsAlias))
            code.Line($"case {member.Code}: ValueWriter.Name(ref writer, {CodeText.Utf8(member.WireName)}); break;");
        var number = $"ValueWriter.Write(ref writer, ({model.Number})value);";
        code.Line($"default: {(model.IsFlags ? "if (!Texts.TryWrite(ref writer, value)) " : "")}{number} break;").Close();
    }

    public static void Read(SourceWriter code, EnumModel model)
    {
        code.Line(
            $"if (reader.NextMessagePackType != MessagePackType.String) return EnumReader.Read<{model.Type}, {model.Number}>(ref reader);")
            .Line("ReadOnlySpan<byte> name = ValueReader.ReadKey(ref reader);");
        foreach (var member in model.Members)
            code.Line($"if (name.SequenceEqual({CodeText.Utf8(member.WireName)})) return {member.Code};");

        code.Line("return Texts.Parse(name);");
    }

    public static void Write(SourceWriter code, UnionModel model)
    {
        foreach (var variant in model.Variants)
            Case(code, $"if (value.GetType() == typeof({variant.Type}))",
                $"{variant.Formatter}.Write(ref writer, ({variant.Type})value, depth);");
        if (model.Base.Length > 0 && !model.IsOpen)
            Case(code, $"if (value.GetType() == typeof({model.Type}))", $"{model.Base}.Write(ref writer, value, depth);");
        code.Line(model.IsOpen
            ? $"{model.Base}.Write(ref writer, value, depth);"
            : $"throw Discriminator.NotListed(value, {CodeText.Literal(model.Display)});");

        static void Case(SourceWriter code, string condition, string write) => code.Open(condition).Line(write).Line("return;").Close();
    }

    public static void Read(SourceWriter code, UnionModel model)
    {
        var known = CodeText.Literal("one of " + string.Join(", ", model.Variants.Select(v => v.Discriminator).Where(d => d is not null)));
        CollectionEmitter.Guarded(code, [], "Element", "-1", () =>
        {
            code.Line($"string? kind = Discriminator.Read(ref reader, {CodeText.Utf8(model.Property)}, {known});").Open("switch (kind)");
            foreach (var variant in model.Variants.Where(v => v.Discriminator is not null))
            {
                var name = CodeText.Literal(variant.Discriminator!);
                code.Line($"case {name}: return {variant.Formatter}.Instance.Deserialize(ref reader, options);");
            }

            var plain = model.Base.Length > 0
                ? model.Base
                : model.Variants.FirstOrDefault(v => v.Discriminator is null && v.Type == model.Type)?.Formatter;
            if (plain is not null)
                code.Line($"{(model.IgnoresUnknown ? "default" : "case null")}: return {plain}.Instance.Deserialize(ref reader, options);");
            if (plain is null || !model.IgnoresUnknown)
                code.Line($"default: throw Discriminator.Unknown(ref reader, {CodeText.Utf8(model.Property)}, {known});");
            code.Close();
        });
    }
}
