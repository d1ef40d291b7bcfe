using System.IO.Compression;

namespace TypedSocketRedis.Tests;

/// <summary>The packages of this build, packed once for all tests of the collection.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    public Workspace Workspace { get; } = new();

    public async ValueTask InitializeAsync() => await Dotnet.RunAsync(
        Workspace.Variables, "pack", Path.Combine(Tools.Repository, "TypedSocketRedis.Packages.slnf"), "--no-build", "-c", Configuration,
        "-o", Workspace.Feed, $"-p:MinVerVersionOverride={Workspace.Version}");

    public ValueTask DisposeAsync()
    {
        Workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    internal Task<ZipArchive> OpenAsync(string id, string extension) => ZipFile.OpenReadAsync(
        Path.Combine(Workspace.Feed, $"{id}.{Workspace.Version}.{extension}"), TestContext.Current.CancellationToken);

    /// <summary>The tests that use the packages, one at a time.</summary>
    [CollectionDefinition(nameof(PackedFeed))]
    public sealed class Collection : ICollectionFixture<PackedFeed>;
}
