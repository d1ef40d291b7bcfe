namespace TypedSocketRedis.Tests.Architecture;

/// <summary>A section of ARCHITECTURE.md.</summary>
internal static class Section
{
    /// <summary>Returns the text from a heading to the next one.</summary>
    public static string Of(string heading)
    {
        var text = SourceTree.Text("ARCHITECTURE.md");
        var start = text.IndexOf($"\n{heading}\n", StringComparison.Ordinal) + 1;
        var end = text.IndexOf("\n#", start + heading.Length, StringComparison.Ordinal);
        return start == 0 ? throw new InvalidOperationException($"ARCHITECTURE.md has no section '{heading}'.") : text[start..end];
    }
}
