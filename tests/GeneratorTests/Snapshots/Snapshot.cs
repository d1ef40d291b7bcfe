using System.Runtime.CompilerServices;
using TypedSocketRedis.Generator;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Compares generated sources with the accepted ones: <c>Class.Test#Output.verified.cs</c> beside the test.</summary>
/// <remarks>A difference is written to <c>….received.cs</c>; to accept it, rename that file to <c>….verified.cs</c>.</remarks>
internal static class Snapshot
{
    /// <param name="source">The contract.</param>
    /// <param name="parts">The parts to look at: <c>Events</c>, <c>Dispatcher</c>, <c>Sender</c>, <c>Formatter</c>, <c>Resolver</c>; events and formatters by default.</param>
    /// <param name="file">The test's file.</param>
    /// <param name="test">The test.</param>
    public static void Verify(string source, string[]? parts = null, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(source));
        var result = GeneratorHarness.Run(compilation);
        Assert.Empty(result.Diagnostics);
        Assert.Empty(GeneratorHarness.Complaints(compilation, result));

        var folder = Path.GetDirectoryName(file)!;
        var prefix = $"{Path.GetFileNameWithoutExtension(file)}.{test}#";
        var received = result.GeneratedSources.Where(s => (parts ?? ["Events", "Formatter"]).Contains(Part(s.HintName))).ToDictionary(
            s => prefix + s.HintName.Replace(".g.cs", "", StringComparison.Ordinal), s => s.SourceText.ToString());

        var different = received.Where(r => !Matches(folder, r.Key, r.Value)).Select(r => r.Key);
        var missing = Directory.GetFiles(folder, prefix + "*.verified.cs")
            .Select(f => Path.GetFileName(f).Replace(".verified.cs", "", StringComparison.Ordinal)).Except(received.Keys);
        Assert.Empty(different.ToArray());
        Assert.Empty(missing);
    }

    private static string Part(string hint) =>
        new[] { "Events", "Dispatcher", "Sender" }.FirstOrDefault(p => hint.EndsWith($"-{p}.g.cs", StringComparison.Ordinal))
        ?? (hint == KnownNames.Resolver + ".g.cs" ? "Resolver" : "Formatter");

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
