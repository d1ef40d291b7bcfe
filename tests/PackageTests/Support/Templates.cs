namespace TypedSocketRedis.Tests;

/// <summary>The templates, installed from their package for these tests alone.</summary>
public sealed class Templates(PackedFeed feed) : IAsyncLifetime
{
    private readonly string _hive = feed.Workspace.Path("hive");

    /// <summary>The variables of the generated projects, with their user secrets in the folder of the tests.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>(feed.Workspace.Variables)
    {
        ["APPDATA"] = feed.Workspace.Path("secrets"),
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
    };

    public async ValueTask InitializeAsync()
    {
        var package = Path.Combine(feed.Workspace.Feed, $"TypedSocketRedis.Templates.{feed.Workspace.Version}.nupkg");
        await Dotnet.RunAsync(Variables, "new", "install", package, "--debug:custom-hive", _hive);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Generates a solution, builds it without a warning, and runs its tests.</summary>
    /// <returns>The project, which has the name of its folder.</returns>
    public async Task<string> GenerateAsync(string template, string name, params string[] options)
    {
        var folder = feed.Workspace.Path("generated", name);
        await Dotnet.RunAsync(Variables, ["new", template, "-o", folder, .. options, "--debug:custom-hive", _hive]);
        await Dotnet.RunAsync(Variables, "build", folder, "-warnaserror", "--nologo");
        var tests = await InFolderAsync(folder, "dotnet test --no-build");
        Assert.Matches(@"succeeded: [1-9]", tests);
        Assert.Matches(@"failed: 0", tests);
        return Path.Combine(folder, name);
    }

    /// <summary>Runs a command as a user types it in a folder.</summary>
    public Task<string> InFolderAsync(string folder, string command) =>
        Dotnet.ProgramAsync("/bin/sh", ["-c", $"cd \"$0\" && exec {command}", folder], Variables);

    internal ChildProcess Start(string project, params string[] arguments) => ChildProcess.Start(
        "dotnet", ["run", "--project", project, "--no-build", "--no-launch-profile", "--", .. arguments], Variables);
}
