using System.IO.Compression;

namespace TypedSocketRedis.Tests;

/// <summary>
/// A folder outside the repository with a feed and an empty package cache of its own. Packages of third parties are used as this machine
/// has restored them before.
/// </summary>
public sealed class Workspace : IDisposable
{
    // The version that MessagePack depends on; its analyzer is not in every feed, and nothing of it is used.
    private const string AnalyzerVersion = "3.1.12";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("typed-socket-redis-packages");

    public Workspace()
    {
        var restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Directory.CreateDirectory(Feed);
        WriteAnalyzer();
        File.WriteAllText(Path("nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{Feed}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="restored" value="{restored}" />
              </fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>
    /// The version of the packages under test, which no package cache contains; in projects the property <c>PackagesVersion</c>.
    /// </summary>
    public string Version { get; } = $"1.0.0-test{Guid.NewGuid():N}";

    /// <summary>The folder of the packages under test.</summary>
    public string Feed => Path("feed");

    /// <summary>The variables of a process that restores packages.</summary>
    /// <remarks>Warnings of the audit depend on the day and on the feed.</remarks>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["NUGET_PACKAGES"] = Path("cache"),
        ["PackagesVersion"] = Version,
        ["NuGetAudit"] = "false",
    };

    public string Path(params string[] parts) => System.IO.Path.Combine([_folder.FullName, .. parts]);

    public void Dispose() => _folder.Delete(recursive: true);

    private void WriteAnalyzer()
    {
        using var package = ZipFile.Open(
            System.IO.Path.Combine(Feed, $"MessagePackAnalyzer.{AnalyzerVersion}.nupkg"), ZipArchiveMode.Create);
        using var nuspec = new StreamWriter(package.CreateEntry("MessagePackAnalyzer.nuspec").Open());
        nuspec.Write($"""
            <package>
              <metadata>
                <id>MessagePackAnalyzer</id>
                <version>{AnalyzerVersion}</version>
                <authors>tests</authors>
                <description>Empty.</description>
              </metadata>
            </package>
            """);
    }
}
