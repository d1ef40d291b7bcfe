namespace TypedSocketRedis.Tests;

/// <summary>The projects of the folder Consumers, built outside the repository with the packages.</summary>
public sealed class Consumers(PackedFeed feed) : IAsyncLifetime
{
    private static readonly string Sources = Path.Combine(Tools.Repository, "tests", "PackageTests", "Consumers");

    public IReadOnlyDictionary<string, string> Variables => feed.Workspace.Variables;

    public async ValueTask InitializeAsync()
    {
        foreach (var file in Directory.GetFiles(Sources, "*", SearchOption.AllDirectories))
        {
            var copy = File(Path.GetRelativePath(Sources, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(file, copy);
        }

        await Dotnet.RunAsync(Variables, "build", File("Consumers.slnx"), "-c", "Release", "-warnaserror", "--nologo");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public string File(params string[] path) => feed.Workspace.Path(["consumers", .. path]);

    public string Program(string name) => File(name, "bin", "Release", "net10.0", $"{name}.dll");
}
