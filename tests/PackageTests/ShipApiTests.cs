namespace TypedSocketRedis.Tests;

/// <summary>The script that freezes the public API for a release, on a copy of its lists.</summary>
public sealed class ShipApiTests : IDisposable
{
    private static readonly string[] Projects = ["Contracts", "Runtime", "AspNetCore", "Testing"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("typed-socket-redis-api");

    public ShipApiTests()
    {
        foreach (var file in Projects.SelectMany(project => new[] { List(project, "Shipped"), List(project, "Unshipped") }))
            Copy(file);
        Copy(Path.Combine("packaging", "ship-api.sh"));
    }

    [Fact]
    public async Task All_members_are_shipped_except_those_of_generated_code_and_experiments()
    {
        var before = Projects.ToDictionary(project => project, project => Members(project, "Shipped").Union(Members(project, "Unshipped")));
        await ShipAsync();
        foreach (var project in Projects)
        {
            var (shipped, unshipped) = (Members(project, "Shipped"), Members(project, "Unshipped"));
            Assert.Equal(before[project].Order(StringComparer.Ordinal), shipped.Concat(unshipped).Order(StringComparer.Ordinal));
            Assert.All(unshipped, line => Assert.True(IsOutside(line), line));
            Assert.All(shipped, line => Assert.False(IsOutside(line), line));
            Assert.NotEmpty(shipped);
        }

        Assert.Contains("TypedSocketRedis.CompilerServices.AnyEvent", Members("Contracts", "Unshipped"));
        Assert.Contains("[TSREXP001]TypedSocketRedis.ISocketAdapter", Members("Runtime", "Unshipped"));
    }

    [Fact]
    public async Task A_removed_member_is_shipped_no_more()
    {
        await ShipAsync();
        var shipped = Members("Runtime", "Shipped");
        await File.AppendAllTextAsync(
            Path.Combine(_folder.FullName, List("Runtime", "Unshipped")), $"*REMOVED*{shipped[0]}\n",
            TestContext.Current.CancellationToken);
        await ShipAsync();
        Assert.Equal(shipped[1..], Members("Runtime", "Shipped"));
        Assert.DoesNotContain(Members("Runtime", "Unshipped"), line => line.StartsWith('*'));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string List(string project, string kind) => Path.Combine("src", project, $"PublicAPI.{kind}.txt");

    private static bool IsOutside(string line) => line.StartsWith("[TSREXP", StringComparison.Ordinal)
        || line.TrimStart('~').Split(' ').First(word => word.Contains('.', StringComparison.Ordinal))
            .StartsWith("TypedSocketRedis.CompilerServices.", StringComparison.Ordinal);

    private void Copy(string file)
    {
        var copy = Path.Combine(_folder.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(Path.Combine(Tools.Repository, file), copy);
    }

    private string[] Members(string project, string kind) =>
        [.. File.ReadLines(Path.Combine(_folder.FullName, List(project, kind))).Where(line => line.Length > 0 && line[0] != '#')];

    private Task<string> ShipAsync() => Dotnet.ProgramAsync(
        Path.Combine(_folder.FullName, "packaging", "ship-api.sh"), [], new Dictionary<string, string>());
}
