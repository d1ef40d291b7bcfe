using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The sources of the repository as text and as syntax trees.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    /// <summary>Returns the hand-written C# files below a folder of the repository as paths with forward slashes.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Where(file => !file.EndsWith(".verified.cs", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static SyntaxTree Parse(string file) => CSharpSyntaxTree.ParseText(
        Text(file), new CSharpParseOptions(LanguageVersion.Latest), path: file);

    /// <summary>Returns the syntax tree of a text that is no file.</summary>
    public static SyntaxTree ParseText(string text) => CSharpSyntaxTree.ParseText(text);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TypedSocketRedis.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests must run inside the repository.");
    }
}
