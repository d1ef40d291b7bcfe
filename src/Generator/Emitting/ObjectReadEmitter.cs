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
            code.Line($"{m.Value.VariableType} read_{m.Name} = {ValueEmitter.Initial(Scope.Formatter, m.Value, given)};");
            if (IsNoted(m)) code.Line($"bool has_{m.Name} = false;");
        }

        // The creation of the object is included: an exception of its constructor or setters also gets a path in the payload.
        CollectionEmitter.Guarded(code, ["string at = \"\";"], "Member", "at", () =>
        {
            Properties(code, model);
            foreach (var m in model.Members.Where(m => m is { IsRequired: true, IsRead: true }))
                code.Line($"if (!has_{m.Name}) throw {Missing(m)};");

            Construct(code, model);
        });
    }

    private static void Properties(SourceWriter code, ObjectModel model)
    {
        var read = model.Members.Where(m => m.IsRead).ToArray();
        var names = model.IgnoresCase
            ? string.Join("\0", read.Select(m => m.WireName).Where(n => n.Length > 0 && n.IndexOf('\0') < 0))
            : "";
        code.Open("for (int left = ValueReader.ReadMapHeader(ref reader, options); left > 0; left--)")
            .Line("at = \"\";")
            .Line("ReadOnlySpan<byte> key = ValueReader.ReadKey(ref reader);");
        if (names.Length > 0) code.Line("Known:");
        var otherwise = "";
        foreach (var m in read)
        {
            code.Open($"{otherwise}if (key.SequenceEqual({CodeText.Utf8(m.WireName)}))")
                .Line($"at = {Literal(m)};");

            // A property that cannot be null counts as absent if it is sent as null.
            if (!m.Value.IsNullable && !m.Value.IsOptionalOfNull && !HoldsNull(m.Value)) code.Line("if (reader.TryReadNil()) continue;");
            code.Line($"read_{m.Name} = {ValueEmitter.Read(Scope.Formatter, m.Value)};");
            if (IsNoted(m)) code.Line($"has_{m.Name} = true;");
            code.Close();
            otherwise = "else ";
        }

        if (names.Length > 0) code.Line($"else if (ValueReader.FindName(ref key, {CodeText.Utf8(names)})) goto Known;");
        code.Line(otherwise + "ValueReader.Skip(ref reader);").Close()
            .Line()
            .Line("at = \"\";")
            .Line("ValueReader.Leave(ref reader);");
    }

    private static bool HoldsNull(ValueModel value) =>
        value.Kind == ValueKind.Dynamic && (!value.IsReference || value.Codec == "JsonDocument");

    private static void Construct(SourceWriter code, ObjectModel model)
    {
        var required = model.Members.Where(m => m.Assignment == MemberAssignment.Initializer && !IsOptional(m))
            .Select(m => Set(m, Given(m))).ToArray();
        var optional = model.Members.Where(IsOptional).ToArray();
        var set = model.Members.Where(m => m.Assignment == MemberAssignment.Setter).ToArray();
        var missing = model.Members.Where(m => m is { IsRead: true, IsRequired: false } && m.Value.Missing.Length > 0).ToArray();
        var isValidated = model.IsValidatable || model.Members.Any(m => m.Rules.Count > 0);
        if (optional.Length == 0 && set.Length == 0 && missing.Length == 0 && !isValidated)
        {
            code.Line($"return {Create(model, required)};");
            return;
        }

        code.Line($"{model.Type} result = {Create(model, required)};");
        if (optional.Length > 0)
        {
            // An initializer sets either all properties or none: those that were not sent are taken from the first object, which has the
            // type's own defaults.
            code.Open($"if ({string.Join(" || ", optional.Select(IsChanged))})")
                .Line($"result = {Create(model, required.Concat(optional.Select(m => Set(m, $"has_{m.Name} ? {Given(m)} : {Kept(m)}"))))};")
                .Close();
        }

        foreach (var m in set)
        {
            code.Line($"if (has_{m.Name}) {{ at = {Literal(m)}; {Member(m)} = {Given(m)}; }}");
            if (IsDate(m)) code.Line($"else if ({Member(m)} == default) {Member(m)} = {Kept(m)};");
        }

        if (set.Length > 0 && (missing.Length > 0 || isValidated)) code.Line("at = \"\";");
        foreach (var m in missing) code.Line($"if ({m.Value.Missing.Replace("{0}", Member(m))}) throw {Missing(m)};");
        foreach (var m in model.Members.Where(m => m.Rules.Count > 0)) Validate(code, model, m);
        if (model.IsValidatable) code.Line("PayloadValidation.Check(result);");
        code.Line("return result;");
    }

    // An optional value that is absent satisfies all attributes.
    private static void Validate(SourceWriter code, ObjectModel model, MemberModel m)
    {
        if (m.Value.IsOptional) code.Open($"if ({Member(m)}.HasValue)");
        var value = m.Value.IsOptional ? Member(m) + ".Value" : Member(m);
        RuleEmitter.Check(code, Scope.Formatter, m.Name, m.Rules, value, model.IsReference ? "result" : "null", m.WireName);
        if (m.Value.IsOptional) code.Close();
    }

    private static bool IsDate(MemberModel m) => m.Value is { Kind: ValueKind.Date, IsNullable: false };

    // The type's own default of a date has no kind.
    private static string IsChanged(MemberModel m) => IsDate(m) ? $"has_{m.Name} || {Member(m)} == default" : "has_" + m.Name;

    private static string Kept(MemberModel m) => IsDate(m) ? $"ValueReader.WithKind({Member(m)})" : Member(m);

    private static string Member(MemberModel m) => "result." + Symbols.Escape(m.Name);

    private static string Missing(MemberModel m) =>
        $"DataPath.Missing({Literal(m)}, {CodeText.Literal(m.Value.DeclaredType.Replace("global::", ""))})";

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
