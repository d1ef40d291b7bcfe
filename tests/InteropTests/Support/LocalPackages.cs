namespace TypedSocketRedis.Tests;

/// <summary>The packages of this repository in a folder, with a <c>NuGet.config</c> that finds them for the projects below.</summary>
internal sealed class LocalPackages(string folder) : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    // Unique, because the user's package cache keeps packages by version, and higher than any published one.
    private readonly string _version = $"9999.0.0-test{Guid.NewGuid():N}";

    /// <summary>Packs projects of <c>src</c>, and configures the folder.</summary>
    public async Task CreateAsync(params string[] projects)
    {
        var packages = Path.Combine(folder, "packages");
        foreach (var project in projects)
        {
            await using var pack = ChildProcess.Start(Tools.Dotnet, "pack", Path.Combine(Tools.Repository, "src", project),
                "--no-build", "-c", Configuration, "-o", packages, $"-p:MinVerVersionOverride={_version}");
            Assert.True(await pack.ExitAsync(TimeSpan.FromMinutes(3)) == 0, pack.ToString());
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "NuGet.config"), $"""
            <configuration><packageSources><add key="local" value="{packages}" /></packageSources></configuration>
            """, TestContext.Current.CancellationToken);

        // As in this repository: the newest MessagePackAnalyzer is not in every feed, and nothing of it is used.
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Build.targets"), """
            <Project>
              <PropertyGroup>
                <NuGetAudit>false</NuGetAudit>
                <NoWarn>$(NoWarn);NU1605</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="MessagePackAnalyzer" Version="2.5.307" ExcludeAssets="all" />
              </ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var package in Directory.EnumerateDirectories(cache, "typedsocketredis*"))
        {
            var copy = Path.Combine(package, _version);
            if (Directory.Exists(copy)) Directory.Delete(copy, recursive: true);
        }
    }
}
