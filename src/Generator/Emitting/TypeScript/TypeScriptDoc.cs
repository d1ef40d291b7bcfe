using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting.TypeScript;

/// <summary>Writes documentation comments for TypeScript.</summary>
internal static class TypeScriptDoc
{
    public static void Write(SourceWriter code, DocModel doc, TypeScriptParameter[] parameters, string indent = "")
    {
        var lines = doc.Text.Length > 0 ? Lines(doc.Text).ToList() : [];
        foreach (var parameter in parameters)
        {
            if (doc.Parameters.FirstOrDefault(p => p.Name == parameter.Original) is { Text.Length: > 0 } about)
                lines.AddRange(Lines($"@param {parameter.Name} {about.Text}"));
        }

        if (doc.Deprecated is { } message) lines.AddRange(Lines($"@deprecated {message}".TrimEnd()));
        if (lines.Count == 0) return;
        if (lines.Count == 1)
        {
            code.Line($"{indent}/** {lines[0]} */");
            return;
        }

        code.Line(indent + "/**");
        foreach (var line in lines) code.Line($"{indent} * {line}".TrimEnd());
        code.Line(indent + " */");
    }

    private static IEnumerable<string> Lines(string text) => CodeText.Lines(text).Select(line => CodeText.Line(line).Replace("*/", "* /"));
}
