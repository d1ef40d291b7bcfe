using Microsoft.CodeAnalysis.CSharp;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Reads objects and brings them back by constructor, initializer and setters.</summary>
internal static class ObjectReadEmitter
{
    public static void Emit(SourceWriter code, ObjectModel model)
    {
        foreach (var (m, i) in model.Members.Select((m, i) => (m, i)).Where(p => p.m.IsRead))
        {
            var given = model.ConstructorArguments.FirstOrDefault(a => a.Member == i)?.Default;
            code.Line($"{m.Value.VariableType} read_{m.Name} = {(string.IsNullOrEmpty(given) ? "default" : given)};");
            if (IsNoted(m)) code.Line($"var has_{m.Name} = false;");
        }

        CollectionEmitter.Guarded(code, "var at = \"\";", $"{KnownNames.DataPath}.Member(e, at)", () => Properties(code, model));
        foreach (var m in model.Members.Where(m => m is { IsRequired: true, IsRead: true }))
        {
            var type = SymbolDisplay.FormatLiteral(m.Value.DeclaredType.Replace("global::", ""), quote: true);
            code.Line($"if (!has_{m.Name}) throw {KnownNames.DataPath}.Missing({Literal(m)}, {type});");
        }

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
            code.Open($"{otherwise}if (global::System.MemoryExtensions.SequenceEqual(key, {Literal(m)}u8))");

            // A property that cannot be null and is sent as null counts as absent.
            if (!m.Value.IsNullable && m.Value.Kind != ValueKind.Dynamic) code.Line("if (reader.TryReadNil()) continue;");
            code.Line($"at = {Literal(m)};").Line($"read_{m.Name} = {ValueEmitter.Read(m.Value)};");
            if (IsNoted(m)) code.Line($"has_{m.Name} = true;");
            code.Close();
            otherwise = "else ";
        }

        var skip = $"{KnownNames.ValueReader}.Skip(ref reader);";
        if (otherwise.Length > 0) code.Open("else").Line(skip).Close();
        else code.Line(skip);
        code.Close().Line().Line("at = \"\";").Line($"{KnownNames.ValueReader}.Leave(ref reader);");
    }

    private static void Construct(SourceWriter code, ObjectModel model)
    {
        var required = model.Members.Where(m => m.Assignment == MemberAssignment.Initializer && !IsOptional(m)).Select(m => Set(m, Given(m))).ToArray();
        var optional = model.Members.Where(IsOptional).ToArray();
        var set = model.Members.Where(m => m.Assignment == MemberAssignment.Setter).ToArray();
        if (optional.Length == 0 && set.Length == 0)
        {
            code.Line($"return {Create(model, required)};");
            return;
        }

        code.Line($"var result = {Create(model, required)};");
        if (optional.Length > 0)
        {
            // An initializer sets all or nothing: what was not sent is taken from the first object, which has the type's own default.
            code.Open($"if ({string.Join(" || ", optional.Select(m => "has_" + m.Name))})")
                .Line($"result = {Create(model, required.Concat(optional.Select(m => Set(m, $"has_{m.Name} ? {Given(m)} : result.{Symbols.Escape(m.Name)}"))))};")
                .Close();
        }

        foreach (var m in set) code.Line($"if (has_{m.Name}) result.{Symbols.Escape(m.Name)} = {Given(m)};");
        code.Line("return result;");
    }

    private static string Create(ObjectModel model, IEnumerable<string> initializers)
    {
        var arguments = model.ConstructorArguments.Select(a =>
            a.Member >= 0 && model.Members[a.Member].IsRead ? Given(model.Members[a.Member]) : a.Default.Length > 0 ? a.Default : "default!");
        var initializer = string.Join(", ", initializers);
        return $"new {model.Type}({string.Join(", ", arguments)})" + (initializer.Length > 0 ? $" {{ {initializer} }}" : "");
    }

    private static bool IsOptional(MemberModel m) => m is { Assignment: MemberAssignment.Initializer, IsInitOptional: true };

    private static bool IsNoted(MemberModel m) => m.Assignment == MemberAssignment.Setter || m.IsRequired || IsOptional(m);

    private static string Literal(MemberModel m) => SymbolDisplay.FormatLiteral(m.WireName, quote: true);

    private static string Set(MemberModel m, string value) => $"{Symbols.Escape(m.Name)} = {value}";

    private static string Given(MemberModel m) => $"read_{m.Name}{ValueEmitter.Forgive(m.Value)}";
}
