using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting.Formatters;

/// <summary>Emits the validation of values that were read.</summary>
internal static class RuleEmitter
{
    private const string Attributes = "global::System.ComponentModel.DataAnnotations.ValidationAttribute";
    private const string Suppression =
        "[global::System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage(\"Trimming\", \"IL2026\", "
        + "Justification = \"The members of validated collections are used by generated code.\")]";

    /// <summary>Emits a class with the attributes of each value that has some.</summary>
    public static void Fields(SourceWriter code, IEnumerable<(string Name, EquatableArray<string> Rules)> values)
    {
        var ruled = values.Where(v => v.Rules.Count > 0).ToArray();
        if (ruled.Length == 0) return;
        code.Line(Suppression).Open("private static class Rules");
        foreach (var (name, rules) in ruled)
            code.Line($"public static readonly {Attributes}[] {name} = {{ {string.Join(", ", rules)} }};");
        code.Close();
    }

    /// <summary>Emits the statement that throws if a value does not satisfy its attributes.</summary>
    public static void Check(
        SourceWriter code, Scope scope, string name, EquatableArray<string> rules, string value, string owner, string path)
    {
        if (rules.Count == 0) return;
        code.Line($"{scope.Protocol}PayloadValidation.Check(Rules.{name}, {value}, {owner}, {CodeText.Literal(path)});");
    }
}
