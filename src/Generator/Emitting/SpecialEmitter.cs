using Microsoft.CodeAnalysis.CSharp;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes and reads tuples, enums as text, unions and what a formatter of the author's own does.</summary>
internal static class SpecialEmitter
{
    public static void Write(SourceWriter code, TupleModel model)
    {
        code.Line($"writer.WriteArrayHeader({model.Items.Count});");
        for (var i = 0; i < model.Items.Count; i++)
            ValueEmitter.Write(code, model.Items[i], $"value.Item{i + 1}", "writer", "depth + 1", $"Item {i + 1} of a tuple");
    }

    public static void Read(SourceWriter code, TupleModel model)
    {
        for (var i = 0; i < model.Items.Count; i++) code.Line($"{model.Items[i].VariableType} item{i + 1} = default;");
        CollectionEmitter.Guarded(code, "var at = -1;", $"{KnownNames.DataPath}.Element(e, at)", () =>
        {
            code.Line($"var count = {KnownNames.ValueReader}.ReadArrayHeader(ref reader, options);");
            for (var i = 0; i < model.Items.Count; i++)
            {
                code.Open($"if (count > {i})").Line($"at = {i};");
                code.Line($"item{i + 1} = {ValueEmitter.Read(model.Items[i])};").Close();
            }

            code.Line($"for (at = {model.Items.Count}; at < count; at++) {KnownNames.ValueReader}.Skip(ref reader);")
                .Line($"{KnownNames.ValueReader}.Leave(ref reader);");
        });
        var items = string.Join(", ", model.Items.Select((v, i) => $"item{i + 1}{ValueEmitter.Forgive(v)}"));
        code.Line(model.IsReference ? $"return new {model.Type}({items});" : model.Items.Count == 1 ? $"return new {model.Type}({items});" : $"return ({items});");
    }

    public static void Write(SourceWriter code, EnumModel model)
    {
        code.Open("switch (value)");
        foreach (var member in model.Members.Where(m => !m.IsAlias))
            code.Line($"case {Member(model, member)}: writer.WriteRaw([{Naming.Text(member.WireName)}]); break;");
        code.Line(model.IsFlags
            ? $"default: {KnownNames.EnumReader}.WriteFlags(ref writer, value, unchecked((long)value)); break;"
            : $"default: {KnownNames.ValueWriter}.Write(ref writer, ({model.Number})value); break;").Close();
    }

    public static void Read(SourceWriter code, EnumModel model)
    {
        code.Line($"if (reader.NextMessagePackType != global::MessagePack.MessagePackType.String) return {KnownNames.EnumReader}.Read<{model.Type}, {model.Number}>(ref reader);")
            .Line($"var name = {KnownNames.ValueReader}.ReadKey(ref reader);");
        foreach (var member in model.Members)
        {
            var text = SymbolDisplay.FormatLiteral(member.WireName, quote: true);
            code.Line($"if (global::System.MemoryExtensions.SequenceEqual(name, {text}u8)) return {Member(model, member)};");
        }

        code.Line($"return {KnownNames.EnumReader}.Parse<{model.Type}>(name);");
    }

    public static void Write(SourceWriter code, UnionModel model)
    {
        foreach (var variant in model.Variants)
            Case(code, $"if (value.GetType() == typeof({variant.Type}))", $"{variant.Formatter}.Write(ref writer, ({variant.Type})value, depth);");
        if (model.Base.Length > 0 && !model.IsOpen) Case(code, $"if (value.GetType() == typeof({model.Type}))", $"{model.Base}.Write(ref writer, value, depth);");
        code.Line(model.IsOpen
            ? $"{model.Base}.Write(ref writer, value, depth);"
            : $"throw {KnownNames.Discriminator}.NotListed(value, {SymbolDisplay.FormatLiteral(model.Display, quote: true)});");

        static void Case(SourceWriter code, string condition, string write) => code.Open(condition).Line(write).Line("return;").Close();
    }

    public static void Read(SourceWriter code, UnionModel model)
    {
        var property = SymbolDisplay.FormatLiteral(model.Property, quote: true);
        code.Line($"var kind = {KnownNames.Discriminator}.Read(ref reader, {property}u8);").Open("switch (kind)");
        foreach (var variant in model.Variants.Where(v => v.Discriminator is not null))
            code.Line($"case {SymbolDisplay.FormatLiteral(variant.Discriminator!, quote: true)}: return {variant.Formatter}.Instance.Deserialize(ref reader, options);");

        var plain = model.Base.Length > 0
            ? model.Base
            : model.Variants.FirstOrDefault(v => v.Discriminator is null && v.Type == model.Type)?.Formatter;
        if (plain is not null) code.Line($"case null: return {plain}.Instance.Deserialize(ref reader, options);");
        var known = SymbolDisplay.FormatLiteral("one of " + string.Join(", ", model.Variants.Select(v => v.Discriminator).Where(d => d is not null)), quote: true);
        code.Line($"default: throw {KnownNames.Discriminator}.Unknown({property}, kind, {known});").Close();
    }

    private static string Member(EnumModel model, EnumMemberModel member) => $"{model.Type}.{Symbols.Escape(member.Name)}";
}
