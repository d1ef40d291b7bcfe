using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace TypedSocketRedis.Tests;

/// <summary>The workflows of continuous integration, which run only what a developer can run.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string Folder = Path.Combine(Tools.Repository, ".github", "workflows");

    public static TheoryData<string> Workflows => [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file))];

    [Theory, MemberData(nameof(Workflows))]
    public void Steps_run_scripts_that_exist(string workflow)
    {
        var commands = Jobs(workflow).SelectMany(Steps).Select(step => Value(step, "run")).OfType<string>().ToArray();
        Assert.NotEmpty(commands);
        foreach (var command in commands)
        {
            var script = Command().Match(command);
            Assert.True(script.Success, $"'{command}' is not a call of one script.");
            var file = Path.Combine(Tools.Repository, script.Groups["file"].Value);
            Assert.True(File.Exists(file), $"{file} does not exist.");
            if (!OperatingSystem.IsWindows()) Assert.True(File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute), file);
            if (script.Groups["option"] is { Success: true, Value: var option })
                Assert.Contains($"{option})", File.ReadAllText(file), StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Workflows))]
    public void Files_exist_and_artifacts_are_those_that_a_script_of_the_job_writes(string workflow)
    {
        foreach (var job in Jobs(workflow))
        {
            var scripts = string.Concat(Steps(job).Select(step => Value(step, "run")).OfType<string>()
                .Select(command => File.ReadAllText(Path.Combine(Tools.Repository, Command().Match(command).Groups["file"].Value))));
            foreach (var step in Steps(job).Where(step => step.Children.ContainsKey("with")))
            {
                var with = (YamlMappingNode)step["with"];
                if (Value(with, "global-json-file") is { } file) Assert.True(File.Exists(Path.Combine(Tools.Repository, file)), file);
                if (Value(with, "path") is { } path) Assert.Contains(path, scripts, StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<YamlMappingNode> Jobs(string workflow)
    {
        using var text = File.OpenText(Path.Combine(Folder, workflow));
        var yaml = new YamlStream();
        yaml.Load(text);
        return ((YamlMappingNode)((YamlMappingNode)Assert.Single(yaml.Documents).RootNode)["jobs"]).Children.Values
            .Cast<YamlMappingNode>();
    }

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job) => ((YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>();

    private static string? Value(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;

    [GeneratedRegex(@"^\./(?<file>[a-z]+\.sh)( (?<option>--[a-z]+)| \$\{\{ github\.ref_name \}\})?$")]
    private static partial Regex Command();
}
