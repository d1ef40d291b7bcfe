using System.Text.RegularExpressions;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The tests that <c>./test.sh --offline</c> leaves out, because they need programs that the other systems do not have.</summary>
public sealed partial class PlatformTests
{
    private static readonly string[] Projects = ["tests/GeneratorTests", "tests/RuntimeTests", "tests/AspNetCoreTests"];

    [Fact]
    public void Tests_that_start_another_program_are_marked() => Assert.Empty(
        from project in Projects
        from file in SourceTree.Files(project)
        let text = SourceTree.Text(file)
        where text.Contains("[Fact", StringComparison.Ordinal) || text.Contains("Tests(", StringComparison.Ordinal)
        where file != "tests/RuntimeTests/Architecture/PlatformTests.cs"
        where Programs().IsMatch(text) && !text.Contains("Trait(\"Needs\", \"Linux\")", StringComparison.Ordinal)
        select file);

    // The helpers that start redis-server, Garnet and the TypeScript compiler.
    [GeneratedRegex(@"\b(Redis(Server|Cluster)Process|BadRedis|GarnetProcess|FailoverTraffic|TypeScriptCompiler)\b")]
    private static partial Regex Programs();
}
