using Microsoft.CodeAnalysis.CSharp;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes and reads objects: a map in which a property without a value is absent.</summary>
internal static class ObjectEmitter
{
    public static void Write(SourceWriter code, ObjectModel model)
    {
        var optional = model.Members.Where(m => m.Value.CanBeNull).ToArray();

        // Read once: the count and what follows it must agree.
        foreach (var m in optional) code.Line($"var value_{m.Name} = value.{Symbols.Escape(m.Name)};");
        var always = model.Members.Count - optional.Length;
        var count = optional.Length == 0 ? $"{always}" : "count";
        if (optional.Length > 0) code.Line($"var count = {always};");
        foreach (var m in optional) code.Line($"if (value_{m.Name} is not null) count++;");
        code.Line($"writer.WriteMapHeader({count});");

        foreach (var m in model.Members)
        {
            var place = model.Display + "." + m.Name;
            var key = $"writer.WriteRaw([{Naming.Text(m.WireName)}]);";
            if (!m.Value.CanBeNull)
            {
                code.Line(key).Line(ValueEmitter.Present(m.Value, "value." + Symbols.Escape(m.Name), "writer", "depth + 1", place));
                continue;
            }

            var present = m.Value.IsReference ? $"value_{m.Name}" : $"value_{m.Name}.Value";
            code.Open($"if (value_{m.Name} is not null)").Line(key)
                .Line(ValueEmitter.Present(m.Value, present, "writer", "depth + 1", place)).Close();
        }
    }

    public static void Read(SourceWriter code, ObjectModel model)
    {
        foreach (var (m, i) in model.Members.Select((m, i) => (m, i)).Where(p => p.m.IsRead))
        {
            var given = model.ConstructorArguments.FirstOrDefault(a => a.Member == i)?.Default;
            code.Line($"{m.Value.VariableType} read_{m.Name} = {(string.IsNullOrEmpty(given) ? "default" : given)};");
            if (m.Assignment == MemberAssignment.Setter) code.Line($"var has_{m.Name} = false;");
        }

        Properties(code, model);
        Construct(code, model);
    }

    private static void Properties(SourceWriter code, ObjectModel model)
    {
        code.Line($"var count = {KnownNames.ValueReader}.ReadMapHeader(ref reader, options);")
            .Open("for (var i = 0; i < count; i++)")
            .Line($"var key = {KnownNames.ValueReader}.ReadKey(ref reader);");
        var otherwise = "";
        foreach (var m in model.Members.Where(m => m.IsRead))
        {
            var name = SymbolDisplay.FormatLiteral(m.WireName, quote: true);
            code.Open($"{otherwise}if (global::System.MemoryExtensions.SequenceEqual(key, {name}u8))");

            // A property that cannot be null and is sent as null counts as absent.
            if (!m.Value.IsNullable) code.Line("if (reader.TryReadNil()) continue;");
            code.Line($"read_{m.Name} = {ValueEmitter.Read(m.Value)};");
            if (m.Assignment == MemberAssignment.Setter) code.Line($"has_{m.Name} = true;");
            code.Close();
            otherwise = "else ";
        }

        var skip = $"{KnownNames.ValueReader}.Skip(ref reader);";
        if (otherwise.Length > 0) code.Open("else").Line(skip).Close();
        else code.Line(skip);
        code.Close().Line().Line($"{KnownNames.ValueReader}.Leave(ref reader);");
    }

    private static void Construct(SourceWriter code, ObjectModel model)
    {
        var arguments = string.Join(", ", model.ConstructorArguments.Select(a => Given(model.Members[a.Member])));
        var initialized = model.Members.Where(m => m.Assignment == MemberAssignment.Initializer).ToArray();
        var initializer = initialized.Length == 0
            ? ""
            : " { " + string.Join(", ", initialized.Select(m => $"{Symbols.Escape(m.Name)} = {Given(m)}")) + " }";
        var create = $"new {model.Type}({arguments}){initializer}";

        var set = model.Members.Where(m => m.Assignment == MemberAssignment.Setter).ToArray();
        if (set.Length == 0)
        {
            code.Line($"return {create};");
            return;
        }

        code.Line($"var result = {create};");
        foreach (var m in set) code.Line($"if (has_{m.Name}) result.{Symbols.Escape(m.Name)} = {Given(m)};");
        code.Line("return result;");
    }

    private static string Given(MemberModel member) => $"read_{member.Name}{ValueEmitter.Forgive(member.Value)}";
}
