using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Emits the code that reads objects and creates them by constructor, initializer and setters.</summary>
internal static class ObjectReadEmitter
{
    public static void Emit(SourceWriter code, ObjectModel model)
    {
        foreach (var (m, i) in model.Members.Select((m, i) => (m, i)).Where(p => p.m.IsRead))
        {
            var given = model.ConstructorArguments.FirstOrDefault(a => a.Member == i)?.Default;
            code.Line($"{m.Value.VariableType} read_{m.Name} = {(string.IsNullOrEmpty(given) ? "default" : given)};");
            if (IsNoted(m)) code.Line($"bool has_{m.Name} = false;");
        }

        // The creation of the object is included: an exception of its constructor or setters also gets a path in the payload.
        CollectionEmitter.Guarded(code, ["string at = \"\";"], "Member", "at", () =>
        {
            Properties(code, model);
            foreach (var m in model.Members.Where(m => m is { IsRequired: true, IsRead: true }))
            {
                var type = CodeText.Literal(m.Value.DeclaredType.Replace("global::", ""));
                code.Line($"if (!has_{m.Name}) throw DataPath.Missing({Literal(m)}, {type});");
            }

            Construct(code, model);
        });
    }

    private static void Properties(SourceWriter code, ObjectModel model)
    {
        code.Open("for (int left = ValueReader.ReadMapHeader(ref reader, options); left > 0; left--)")
            .Line("at = \"\";")
            .Line("ReadOnlySpan<byte> key = ValueReader.ReadKey(ref reader);");
        var otherwise = "";
        foreach (var m in model.Members.Where(m => m.IsRead))
        {
            code.Open($"{otherwise}if (key.SequenceEqual({CodeText.Utf8(m.WireName)}))")
                .Line($"at = {Literal(m)};");

            // A property that cannot be null counts as absent if it is sent as null.
            if (!m.Value.IsNullable && !m.Value.IsOptionalOfNull && m.Value.Kind != ValueKind.Dynamic) code.Line("if (reader.TryReadNil()) continue;");
            code.Line($"read_{m.Name} = {ValueEmitter.Read(Scope.Formatter, m.Value)};");
            if (IsNoted(m)) code.Line($"has_{m.Name} = true;");
            code.Close();
            otherwise = "else ";
        }

        code.Line(otherwise + "ValueReader.Skip(ref reader);").Close()
            .Line()
            .Line("at = \"\";")
            .Line("ValueReader.Leave(ref reader);");
    }

    private static void Construct(SourceWriter code, ObjectModel model)
    {
        var required = model.Members.Where(m => m.Assignment == MemberAssignment.Initializer && !IsOptional(m))
            .Select(m => Set(m, Given(m))).ToArray();
        var optional = model.Members.Where(IsOptional).ToArray();
        var set = model.Members.Where(m => m.Assignment == MemberAssignment.Setter).ToArray();
        if (optional.Length == 0 && set.Length == 0)
        {
            code.Line($"return {Create(model, required)};");
            return;
        }

        code.Line($"{model.Type} result = {Create(model, required)};");
        if (optional.Length > 0)
        {
            // An initializer sets either all properties or none: those that were not sent are taken from the first object, which has the
            // type's own defaults.
            code.Open($"if ({string.Join(" || ", optional.Select(m => "has_" + m.Name))})")
                .Line($"result = {Create(model, required.Concat(optional.Select(m =>
                    Set(m, $"has_{m.Name} ? {Given(m)} : result.{Symbols.Escape(m.Name)}"))))};")
                .Close();
        }

        foreach (var m in set) code.Line($"if (has_{m.Name}) {{ at = {Literal(m)}; result.{Symbols.Escape(m.Name)} = {Given(m)}; }}");
        code.Line("return result;");
    }

    private static string Create(ObjectModel model, IEnumerable<string> initializers)
    {
        var arguments = model.ConstructorArguments.Select(a =>
            a.Member >= 0 && model.Members[a.Member].IsRead ? Given(model.Members[a.Member], a.IsForgiven) : a.Default.Length > 0
                ? a.Default : "default!");
        var initializer = string.Join(", ", initializers);
        return $"new {model.Type}({string.Join(", ", arguments)})" + (initializer.Length > 0 ? $" {{ {initializer} }}" : "");
    }

    private static bool IsOptional(MemberModel m) => m is { Assignment: MemberAssignment.Initializer, IsInitOptional: true };

    private static bool IsNoted(MemberModel m) => m.Assignment == MemberAssignment.Setter || m.IsRequired || IsOptional(m);

    private static string Literal(MemberModel m) => CodeText.Literal(m.WireName);

    private static string Set(MemberModel m, string value) => $"{Symbols.Escape(m.Name)} = {value}";

    private static string Given(MemberModel m, bool isForgiven = false) =>
        $"read_{m.Name}{(isForgiven ? "!" : ValueEmitter.Forgive(m.Value))}";
}
