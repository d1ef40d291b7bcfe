using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The versions in <c>docs/clients.md</c> compared with what the tests install, replay and reference.</summary>
public partial class ClientTableTests
{
    private static string Page => SourceTree.Text("docs/clients.md");

    [Fact]
    public void The_table_has_the_versions_that_the_tests_run() => Assert.Equal(
        Npm().Concat(Recorded()).Concat(Packages()).Distinct().Order(StringComparer.Ordinal),
        Row().Matches(Page)
            .SelectMany(row => row.Groups[2].Value.Split(", ").Select(version => $"{row.Groups[1].Value} {version}"))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void The_list_of_recorded_emitters_is_that_of_the_recordings()
    {
        using var recordings = Recordings("06-third-party-emitters.json");
        var recorded = recordings.RootElement.EnumerateArray().Select(row => row.GetProperty("name").GetString()!.Split(':')[0]);
        var listed = Emitters().Match(Page).Groups[1].Value;
        Assert.Equal(recorded.Distinct().Order(StringComparer.Ordinal), Name().Matches(listed).Select(match => match.Groups[1].Value));
    }

    /// <summary>Returns the installed packages of the official libraries; several versions have an alias each.</summary>
    private static IEnumerable<string> Npm()
    {
        using var file = JsonDocument.Parse(SourceTree.Text("tests/InteropTests/node/package-lock.json"));
        var packages = file.RootElement.GetProperty("packages").Clone();
        foreach (var alias in packages.GetProperty("").GetProperty("dependencies").EnumerateObject().Select(dependency => dependency.Name))
        {
            var package = packages.GetProperty($"node_modules/{alias}");
            var name = package.TryGetProperty("name", out var real) ? real.GetString() : alias;
            yield return $"{name} {package.GetProperty("version").GetString()}";
        }
    }

    /// <summary>Returns the libraries that produced recorded messages.</summary>
    private static IEnumerable<string> Recorded()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "tests/RuntimeTests/Vectors"), "*.json"))
        {
            using var recordings = Recordings(Path.GetFileName(file));
            if (recordings.RootElement.ValueKind != JsonValueKind.Array) continue;
            foreach (var row in recordings.RootElement.EnumerateArray())
            {
                if (row.TryGetProperty("producer", out var producer) && Producer().Match(producer.GetString()!) is { Success: true } match)
                    yield return match.Value;
            }
        }
    }

    private static IEnumerable<string> Packages() =>
        from package in XDocument.Parse(SourceTree.Text("Directory.Packages.props")).Descendants("PackageVersion")
        where (string?)package.Attribute("Include") is "SocketIOClient" or "Microsoft.Garnet"
        select $"{(string?)package.Attribute("Include")} {(string?)package.Attribute("Version")}";

    private static JsonDocument Recordings(string file) => JsonDocument.Parse(SourceTree.Text($"tests/RuntimeTests/Vectors/{file}"));

    [GeneratedRegex(@"^\| [^|]+ \| `([^`]+)` \| (\d[^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^Emitters of other languages,.*?live: (.*?)\. ", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Emitters();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"^@?[a-z][\w./-]* \d+\.\d+\.\d+")]
    private static partial Regex Producer();
}
