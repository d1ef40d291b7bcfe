using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Emits the code that writes and reads tuples, enums as text, and unions.</summary>
internal static class SpecialEmitter
{
    private const int MaxKnown = 200;

    public static void Write(SourceWriter code, TupleModel model)
    {
        code.Line($"writer.WriteArrayHeader({model.Items.Count});");
        for (var i = 0; i < model.Items.Count; i++)
            ValueEmitter.Write(code, Scope.Formatter, model.Items[i], $"value.Item{i + 1}", "writer", "depth + 1",
                $"Item {i + 1} of a tuple");
    }

    public static void Read(SourceWriter code, TupleModel model)
    {
        for (var i = 0; i < model.Items.Count; i++) code.Line($"{model.Items[i].VariableType} item{i + 1} = default;");
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
                .Line("ValueReader.Leave(ref reader);")
                .Line(model.IsReference || model.Items.Count == 1 ? $"return new {model.Type}({values});" : $"return ({values});");
        });
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
        code.Line(model.IsFlags
            ? $"default: EnumReader.WriteFlags(ref writer, value, unchecked((long)value)); break;"
            : $"default: ValueWriter.Write(ref writer, ({model.Number})value); break;").Close();
    }

    public static void Read(SourceWriter code, EnumModel model)
    {
        code.Line(
            $"if (reader.NextMessagePackType != MessagePackType.String) return EnumReader.Read<{model.Type}, {model.Number}>(ref reader);")
            .Line("ReadOnlySpan<byte> name = ValueReader.ReadKey(ref reader);");
        foreach (var member in model.Members)
            code.Line($"if (name.SequenceEqual({CodeText.Utf8(member.WireName)})) return {member.Code};");

        code.Line($"return EnumReader.Parse<{model.Type}>(name, {CodeText.Literal(Known(model))});");
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
        var property = CodeText.Literal(model.Property);
        code.Line($"string? kind = Discriminator.Read(ref reader, {CodeText.Utf8(model.Property)});").Open("switch (kind)");
        foreach (var variant in model.Variants.Where(v => v.Discriminator is not null))
        {
            var name = CodeText.Literal(variant.Discriminator!);
            code.Line($"case {name}: return {variant.Formatter}.Instance.Deserialize(ref reader, options);");
        }

        var plain = model.Base.Length > 0
            ? model.Base
            : model.Variants.FirstOrDefault(v => v.Discriminator is null && v.Type == model.Type)?.Formatter;
        if (plain is not null) code.Line($"case null: return {plain}.Instance.Deserialize(ref reader, options);");
        var known = CodeText.Literal("one of " + string.Join(", ", model.Variants.Select(v => v.Discriminator).Where(d => d is not null)));
        code.Line($"default: throw Discriminator.Unknown({property}, kind, {known});").Close();
    }

    // For messages: all members of a usual enum, or the first ones of a very large one.
    private static string Known(EnumModel model)
    {
        var known = "";
        foreach (var member in model.Members.Where(m => !m.IsAlias))
        {
            if (known.Length + member.WireName.Length > MaxKnown) return known + ", …";
            known += (known.Length > 0 ? ", " : "") + member.WireName;
        }

        return known;
    }
}
