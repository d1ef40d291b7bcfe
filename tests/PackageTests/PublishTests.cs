namespace TypedSocketRedis.Tests;

/// <summary>The script that pushes a release, to a folder.</summary>
[Collection(nameof(PackedFeed))]
public sealed class PublishTests(PackedFeed feed) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("typed-socket-redis-publish");

    private string Version => feed.Workspace.Version;

    [Fact]
    public async Task All_packages_of_a_tag_are_pushed()
    {
        await PrepareAsync($"## {Version} — 2026-12-24");
        await Dotnet.ProgramAsync(
            Path.Combine(_folder.FullName, "publish.sh"), [$"v{Version}"], new Dictionary<string, string> { ["NUGET_SOURCE"] = Source() });
        Assert.Equal(
            ["TypedSocketRedis", "TypedSocketRedis.AspNetCore", "TypedSocketRedis.Contracts", "TypedSocketRedis.Templates",
                "TypedSocketRedis.Testing"],
            Directory.GetFiles(Source(), "*.nupkg").Select(file => Path.GetFileName(file)[..^$".{Version}.nupkg".Length])
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("## 0.9.0 — 2026-12-24", "CHANGELOG.md has no line")]
    [InlineData("## {version} — unreleased", "CHANGELOG.md has no line")]
    [InlineData("## {version} — 2026-12-24", "TypedSocketRedis.Testing.{version}.nupkg is missing")]
    public async Task Nothing_is_pushed_without_the_notes_or_a_package_of_the_tag(string heading, string error)
    {
        await PrepareAsync(heading.Replace("{version}", Version, StringComparison.Ordinal));
        File.Delete(Path.Combine(_folder.FullName, "artifacts", "packages", $"TypedSocketRedis.Testing.{Version}.nupkg"));
        await using var publish = ChildProcess.Start(
            Path.Combine(_folder.FullName, "publish.sh"), [$"v{Version}"], new Dictionary<string, string> { ["NUGET_SOURCE"] = Source() });
        Assert.NotEqual(0, await publish.ExitAsync());
        Assert.Contains(
            error.Replace("{version}", Version, StringComparison.Ordinal), string.Concat(publish.Errors), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Source()));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Source() => _folder.CreateSubdirectory("source").FullName;

    private async Task PrepareAsync(string heading)
    {
        File.Copy(Path.Combine(Tools.Repository, "publish.sh"), Path.Combine(_folder.FullName, "publish.sh"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "CHANGELOG.md"), $"# Changelog\n\n{heading}\n", TestContext.Current.CancellationToken);
        var packages = _folder.CreateSubdirectory("artifacts/packages").FullName;
        foreach (var package in Directory.GetFiles(feed.Workspace.Feed, $"*.{Version}.nupkg"))
            File.Copy(package, Path.Combine(packages, Path.GetFileName(package)));
    }
}
