using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace TypedSocketRedis.Tests;

/// <summary>Packages that clones make which have no remote, tags or history.</summary>
public sealed class CloneTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Clones_make_equal_packages_and_a_removed_member_fails_validation()
    {
        await CloneAsync("first");
        await CloneAsync("second");
        var packages = await PackAsync("first");
        Assert.NotEmpty(packages);
        Assert.All(packages, name => Assert.Matches(@"\.1\.0\.0-preview\.0(\.\d+)?\.s?nupkg$", name));
        Assert.Equal(packages, await PackAsync("second"));
        foreach (var name in packages) Assert.Equal(Contents("first", name), Contents("second", name));

        await AssertVersionOfTagAsync("first");
        await AssertRemovedMemberFailsAsync("second");
    }

    public void Dispose() => _workspace.Dispose();

    private async Task AssertVersionOfTagAsync(string clone)
    {
        await GitAsync("-C", _workspace.Path(clone), "tag", "v1.2.3");
        Assert.Equal("1.2.3", (await DotnetAsync(
            "msbuild", _workspace.Path(clone, "src", "Contracts"), "-target:MinVer", "-getProperty:PackageVersion")).Trim());
    }

    // The package before the change is the baseline, with which the package after it is compared. The API is frozen in between.
    private async Task AssertRemovedMemberFailsAsync(string clone)
    {
        var project = _workspace.Path(clone, "src", "Contracts");
        await DotnetAsync(
            "pack", project, "--no-build", "-c", "Release", "-o", _workspace.Feed, $"-p:MinVerVersionOverride={_workspace.Version}");
        await Dotnet.ProgramAsync(_workspace.Path(clone, "packaging", "ship-api.sh"), [], _workspace.Variables);
        const string Fail = "static Result<T, TError> Fail<T, TError>";
        await ChangeAsync(
            Path.Combine(project, "Payloads", "Result.cs"),
            text => text.Replace($"public {Fail}", $"internal {Fail}", StringComparison.Ordinal));
        foreach (var list in Directory.GetFiles(project, "PublicAPI.*.txt"))
            await ChangeAsync(list, text => Regex.Replace(text, @"(?m)^static TypedSocketRedis\.Result\.Fail<T, TError>.*\n", ""));

        await using var pack = ChildProcess.Start(
            "dotnet",
            ["pack", project, "-c", "Release", $"-p:PackageBaseline={_workspace.Version}", "-p:MinVerVersionOverride=1.0.1"],
            _workspace.Variables);
        Assert.NotEqual(0, await pack.ExitAsync(TimeSpan.FromMinutes(8)));
        Assert.Contains(pack.Output, line =>
            line.Contains("error CP0002: ", StringComparison.Ordinal) && line.Contains("Result.Fail<T, TError>", StringComparison.Ordinal));
    }

    private static async Task ChangeAsync(string file, Func<string, string> change) => await File.WriteAllTextAsync(
        file, change(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)), TestContext.Current.CancellationToken);

    // The commit with the changes that are not committed yet, so that the test holds before a commit, too.
    private async Task CloneAsync(string name)
    {
        var clone = _workspace.Path(name);
        await GitAsync("clone", "--quiet", "--depth", "1", "--no-tags", $"file://{Tools.Repository}", clone);
        await GitAsync("-C", clone, "remote", "remove", "origin");
        var changed = await GitAsync(
            "-C", Tools.Repository, "ls-files", "--modified", "--others", "--deleted", "--exclude-standard", "--deduplicate");
        foreach (var file in changed.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (source, copy) = (Path.Combine(Tools.Repository, file), Path.Combine(clone, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (File.Exists(source)) File.Copy(source, copy, overwrite: true);
            else File.Delete(copy);
        }
    }

    private async Task<string[]> PackAsync(string clone)
    {
        var output = await Dotnet.ProgramAsync(_workspace.Path(clone, "pack.sh"), [], _workspace.Variables);
        Assert.DoesNotMatch(@"\bwarning\b", output);
        return [.. Directory.GetFiles(Packages(clone)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
    }

    // Each pack writes an identifier of its own into two files.
    private string[] Contents(string clone, string package)
    {
        using var archive = ZipFile.OpenRead(Path.Combine(Packages(clone), package));
        return
        [
            .. from entry in archive.Entries
               where entry.FullName != "_rels/.rels" && Path.GetExtension(entry.Name) != ".psmdcp"
               select $"{entry.FullName} {Hash(entry)}"
        ];
    }

    private static string Hash(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        return Convert.ToHexString(SHA256.HashData(content));
    }

    private string Packages(string clone) => _workspace.Path(clone, "artifacts", "packages");

    private Task<string> DotnetAsync(params string[] arguments) => Dotnet.RunAsync(_workspace.Variables, arguments);

    private Task<string> GitAsync(params string[] arguments) => Dotnet.ProgramAsync("git", arguments, _workspace.Variables);
}
