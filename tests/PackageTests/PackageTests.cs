using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;

namespace TypedSocketRedis.Tests;

/// <summary>The contents of the packages.</summary>
[Collection(nameof(PackedFeed))]
public sealed class PackageTests(PackedFeed feed)
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static TheoryData<string> Libraries =>
        ["TypedSocketRedis.Contracts", "TypedSocketRedis", "TypedSocketRedis.AspNetCore", "TypedSocketRedis.Testing"];

    [Theory, MemberData(nameof(Libraries))]
    public async Task A_package_says_what_it_is(string id)
    {
        using var package = await feed.OpenAsync(id, "nupkg");
        foreach (var file in new[] { "README.md", "LICENSE", "THIRD-PARTY-NOTICES.txt", "icon.png", $"lib/net10.0/{id}.xml" })
            Assert.NotNull(package.GetEntry(file));

        var description = Text(package.GetEntry($"{id}.nuspec"));
        Assert.Contains("<license type=\"expression\">MIT</license>", description, StringComparison.Ordinal);
        Assert.Contains("<icon>icon.png</icon>", description, StringComparison.Ordinal);
        Assert.Contains("<tags>socket.io ", description, StringComparison.Ordinal);
        Assert.Contains("<projectUrl>https://", description, StringComparison.Ordinal);
        Assert.Contains("<repository type=\"git\" url=\"https://", description, StringComparison.Ordinal);
        Assert.Contains($"<releaseNotes>{NewestChanges()}", description, StringComparison.Ordinal);
        var readme = Text(package.GetEntry("README.md"));
        Assert.Contains("](https://", readme, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\{ProjectUrl\}|<!--|\]\((?!https://)", readme);
    }

    [Theory, MemberData(nameof(Libraries))]
    public async Task A_package_depends_on_exactly_the_packages_of_its_release(string id)
    {
        using var package = await feed.OpenAsync(id, "nupkg");
        var dependencies = Text(package.GetEntry($"{id}.nuspec")).Split('\n')
            .Where(line => line.Contains("<dependency id=\"TypedSocketRedis", StringComparison.Ordinal)).ToArray();
        Assert.Equal(id switch { "TypedSocketRedis.Contracts" => 0, "TypedSocketRedis.Testing" => 2, _ => 1 }, dependencies.Length);
        Assert.All(dependencies, line => Assert.Contains($"version=\"[{feed.Workspace.Version}]\"", line, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Libraries))]
    public async Task Symbols_have_their_sources_and_name_no_folder_of_the_build(string id)
    {
        // A debug build keeps its paths for debuggers.
        Assert.SkipWhen(PackedFeed.Configuration == "Debug", "The packages are those of a release build.");
        using var package = await feed.OpenAsync(id, "nupkg");
        using var symbols = await feed.OpenAsync(id, "snupkg");
        foreach (var binary in package.Entries.Concat(symbols.Entries).Where(entry => Path.GetExtension(entry.Name) is ".dll" or ".pdb"))
            Assert.DoesNotContain(Tools.Repository, Text(binary), StringComparison.Ordinal);

        using var portable = new MemoryStream(Encoding.Latin1.GetBytes(Text(symbols.GetEntry($"lib/net10.0/{id}.pdb"))));
        using var provider = MetadataReaderProvider.FromPortablePdbStream(portable);
        var reader = provider.GetMetadataReader();
        Assert.Contains(Kinds(reader, EntityHandle.ModuleDefinition), kind => kind == SourceLink);
        foreach (var handle in reader.Documents)
        {
            var path = reader.GetString(reader.GetDocument(handle).Name);
            Assert.StartsWith("/_/", path, StringComparison.Ordinal);
            // The generated sources are not in the repository.
            if (path.Contains("/obj/", StringComparison.Ordinal)) Assert.Contains(EmbeddedSource, Kinds(reader, handle));
        }
    }

    [Fact]
    public async Task The_package_of_contracts_brings_the_code_fixes_that_editors_load()
    {
        using var package = await feed.OpenAsync("TypedSocketRedis.Contracts", "nupkg");
        Assert.NotNull(package.GetEntry("analyzers/dotnet/cs/TypedSocketRedis.CodeFixes.dll"));
    }

    private static IEnumerable<Guid> Kinds(MetadataReader reader, EntityHandle of) =>
        reader.GetCustomDebugInformation(of).Select(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind));

    private static string NewestChanges() => File.ReadLines(Path.Combine(Tools.Repository, "CHANGELOG.md"))
        .First(line => line.StartsWith("## ", StringComparison.Ordinal));

    private static string Text(ZipArchiveEntry? entry)
    {
        Assert.NotNull(entry);
        var encoding = Path.GetExtension(entry.Name) is ".dll" or ".pdb" ? Encoding.Latin1 : Encoding.UTF8;
        using var reader = new StreamReader(entry.Open(), encoding, detectEncodingFromByteOrderMarks: false);
        return reader.ReadToEnd();
    }
}
