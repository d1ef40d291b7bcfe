using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing;

namespace TypedSocketRedis.Generator.Emitting.Formatters;

/// <summary>Emits the code that reads objects and creates them by constructor, initializer and setters.</summary>
internal sealed class ObjectReadEmitter
{
    private readonly SourceWriter _code;
    private readonly ObjectModel _model;
    private readonly MemberModel[] _read;

    private ObjectReadEmitter(SourceWriter code, ObjectModel model)
    {
        _code = code;
        _model = model;
        _read = [.. model.Members.Where(m => m.IsRead)];
    }

    /// <summary>Emits the table of the properties that are read.</summary>
    public static void Fields(SourceWriter code, ObjectModel model)
    {
        var read = model.Members.Where(m => m.IsRead).ToArray();
        code.Line().Line($"private static readonly MemberTable Members = new({(model.IgnoresCase ? "true" : "false")}"
            + $"{string.Concat(read.Select(m => ", " + Entry(m)))});");
    }

    /// <summary>Emits the body of the method that reads an object.</summary>
    public static void Emit(SourceWriter code, ObjectModel model) => new ObjectReadEmitter(code, model).Emit();

    private void Emit()
    {
        foreach (var (m, i) in _model.Members.Select((m, i) => (m, i)).Where(p => p.m.IsRead))
        {
            var given = _model.ConstructorArguments.FirstOrDefault(a => a.Member == i)?.Default;
            _code.Line($"{m.Value.VariableType} {Local(m)} = {ValueEmitter.Initial(Scope.Formatter, m.Value, given)};");
        }

        // The creation of the object is included: an exception of its constructor or setters also gets a path in the payload.
        _code.Line("MemberReader members = new(Members);").Open("try")
            .Line("members.Enter(ref reader, options);")
            .Line($"while (members.Next(ref reader)){(_read.Length == 0 ? ";" : " switch (members.Index)")}");
        if (_read.Length > 0)
        {
            _code.Open();
            for (var i = 0; i < _read.Length; i++)
                _code.Line($"case {i}: {Local(_read[i])} = {ValueEmitter.Read(Scope.Formatter, _read[i].Value)}; break;");
            _code.Close();
        }

        Construct();
        _code.Close().Line("catch (Exception e) when (members.Refuses(e)) { throw members.Refused(e); }");
    }

    // A property that cannot be null counts as absent if it is sent as null.
    private static string Entry(MemberModel m)
    {
        var takesNull = m.Value.IsNullable || m.Value.IsOptionalOfNull || HoldsNull(m.Value);
        var kind = (m.IsRequired, takesNull) switch
        {
            (true, false) => "Required",
            (true, true) => "RequiredOrNull",
            (false, false) => "Optional",
            _ => "OrNull",
        };
        // The type is for the message about a missing property.
        var type = m.IsRequired || m.Value.Missing.Length > 0 ? ", " + CodeText.Literal(m.Value.DeclaredType.Replace("global::", "")) : "";
        return $"{kind}({CodeText.Literal(m.WireName)}{type})";
    }

    private static bool HoldsNull(ValueModel value) =>
        value.Kind == ValueKind.Dynamic && (!value.IsReference || value.Codec == "JsonDocument");

    private void Construct()
    {
        var required = _model.Members.Where(m => m.Assignment == MemberAssignment.Initializer && !IsOptional(m))
            .Select(m => Set(m, Given(m))).ToArray();
        var optional = _model.Members.Where(IsOptional).ToArray();
        var set = _model.Members.Where(m => m.Assignment == MemberAssignment.Setter).ToArray();
        var missing = _read.Where(m => !m.IsRequired && m.Value.Missing.Length > 0).ToArray();
        var isValidated = _model.IsValidatable || _model.Members.Any(m => m.Rules.Count > 0);
        if (optional.Length == 0 && set.Length == 0 && missing.Length == 0 && !isValidated)
        {
            _code.Line($"return {Create(required)};");
            return;
        }

        _code.Line($"{_model.Type} result = {Create(required)};");
        if (optional.Length > 0)
        {
            // An initializer sets either all properties or none: those that were not sent are taken from the first object, which has the
            // type's own defaults.
            var initializers = optional.Select(m => Set(m, $"{Has(m)} ? {Given(m)} : {Kept(m)}"));
            _code.Line($"if ({string.Join(" || ", optional.Select(IsChanged))}) result = " + (_model.IsCloned
                ? $"result with {{ {string.Join(", ", initializers)} }};" : $"{Create(required.Concat(initializers))};"));
        }

        foreach (var m in set)
        {
            _code.Line($"if (members.Sets({Index(m)})) {Member(m)} = {Given(m)};");
            if (IsDate(m)) _code.Line($"else if ({Member(m)} == default) {Member(m)} = {Kept(m)};");
        }

        Check(missing, isValidated && set.Length > 0);
    }

    private void Check(MemberModel[] missing, bool afterSetters)
    {
        foreach (var m in missing)
            _code.Line($"if ({m.Value.Missing.Replace("{0}", Member(m))}) throw members.Missing({Index(m)});");
        if (afterSetters) _code.Line("members.Created();");
        foreach (var m in _model.Members.Where(m => m.Rules.Count > 0)) Validate(m);
        if (_model.IsValidatable) _code.Line("PayloadValidation.Check(result);");
        _code.Line("return result;");
    }

    // An optional value that is absent satisfies all attributes.
    private void Validate(MemberModel m)
    {
        if (m.Value.IsOptional) _code.Open($"if ({Member(m)}.HasValue)");
        var value = m.Value.IsOptional ? Member(m) + ".Value" : Member(m);
        RuleEmitter.Check(_code, Scope.Formatter, m.Name, m.Rules, value, _model.IsReference ? "result" : "null", m.WireName);
        if (m.Value.IsOptional) _code.Close();
    }

    private static bool IsDate(MemberModel m) => m.Value is { Kind: ValueKind.Date, IsNullable: false };

    // The type's own default of a date has no kind.
    private string IsChanged(MemberModel m) => IsDate(m) ? $"{Has(m)} || {Member(m)} == default" : Has(m);

    private static string Kept(MemberModel m) => IsDate(m) ? $"WithKind({Member(m)})" : Member(m);

    private static string Member(MemberModel m) => "result." + Symbols.Escape(m.Name);

    private string Create(IEnumerable<string> initializers)
    {
        var arguments = _model.ConstructorArguments.Select(a =>
            a.Member >= 0 && _model.Members[a.Member].IsRead ? Given(_model.Members[a.Member], a.IsForgiven) : a.Default.Length > 0
                ? a.Default : "default!");
        var initializer = string.Join(", ", initializers);
        return $"new {_model.Type}({string.Join(", ", arguments)})" + (initializer.Length > 0 ? $" {{ {initializer} }}" : "");
    }

    private static bool IsOptional(MemberModel m) => m is { Assignment: MemberAssignment.Initializer, IsInitOptional: true };

    private int Index(MemberModel m) => Array.IndexOf(_read, m);

    private string Has(MemberModel m) => $"members.Has({Index(m)})";

    private static string Set(MemberModel m, string value) => $"{Symbols.Escape(m.Name)} = {value}";

    private static string Given(MemberModel m, bool isForgiven = false) =>
        $"{Local(m)}{(isForgiven ? "!" : ValueEmitter.Forgive(m.Value))}";

    private static string Local(MemberModel m) => "_" + m.Name;
}
