using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Compares generated sources with the accepted ones: <c>Class.Test#Output.verified.cs</c> beside the test.</summary>
/// <remarks>A difference is written to <c>….received.cs</c>; to accept it, rename that file to <c>….verified.cs</c>.</remarks>
internal static class Snapshot
{
    /// <param name="source">The contract.</param>
    /// <param name="parts">The parts to compare: <c>Extensions</c>, <c>Events</c>, <c>Dispatcher</c>, <c>Formatter</c>, <c>Resolver</c>,
    /// <c>Version</c>, or null for extensions, events and formatters.</param>
    /// <param name="file">The file of the test.</param>
    /// <param name="test">The name of the test.</param>
    public static void Verify(string source, string[]? parts = null, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(source));
        var result = GeneratorHarness.Run(compilation);
        Assert.Empty(result.Diagnostics);
        Assert.Empty(GeneratorHarness.Diagnose(compilation, result));

        var folder = Path.GetDirectoryName(file)!;
        var prefix = $"{Path.GetFileNameWithoutExtension(file)}.{test}#";
        var received = result.GeneratedSources.SelectMany(Parts)
            .Where(p => (parts ?? ["Extensions", "Events", "Formatter"]).Contains(p.Part))
            .ToDictionary(p => prefix + p.Name, p => p.Text);

        var different = received.Where(r => !Matches(folder, r.Key, r.Value)).Select(r => r.Key);
        var missing = Directory.GetFiles(folder, prefix + "*.verified.cs")
            .Select(f => Path.GetFileName(f).Replace(".verified.cs", "", StringComparison.Ordinal)).Except(received.Keys);
        Assert.Empty(different.ToArray());
        Assert.Empty(missing);
    }

    // The output of a contract has up to three classes, which are compared one by one.
    private static IEnumerable<(string Part, string Name, string Text)> Parts(GeneratedSourceResult source)
    {
        var name = source.HintName.Replace(".g.cs", "", StringComparison.Ordinal);
        var text = source.SourceText.ToString();
        if (!name.EndsWith(".Events", StringComparison.Ordinal)) return [(Single(name), name, text)];
        var classes = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
            .Where(c => c.Parent is not ClassDeclarationSyntax);
        return classes.Select(c => (Part: Part(c.Identifier.Text), c))
            .Select(p => (p.Part, $"{name[..^".Events".Length]}-{p.Part}", p.c.ToFullString().TrimStart('\n')));
    }

    private static string Part(string name) =>
        new[] { "Extensions", "Dispatcher" }.FirstOrDefault(part => name.EndsWith(part, StringComparison.Ordinal)) ?? "Events";

    private static string Single(string name) => name switch
    {
        KnownNames.Resolver => "Resolver",
        KnownNames.VersionClass => "Version",
        _ => "Formatter",
    };

    private static bool Matches(string folder, string name, string text)
    {
        var verified = Path.Combine(folder, name + ".verified.cs");
        var received = Path.Combine(folder, name + ".received.cs");
        if (File.Exists(verified) && File.ReadAllText(verified) == text)
        {
            File.Delete(received);
            return true;
        }

        File.WriteAllText(received, text);
        return false;
    }
}
