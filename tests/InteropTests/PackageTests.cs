using System.IO.Compression;

namespace TypedSocketRedis.Tests;

/// <summary>Projects that install the packages, each alone and together.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Program = """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.DependencyInjection;
        using TypedSocketRedis;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSocketIO();
        await using var app = builder.Build();
        app.MapSocketIO();
        var io = app.Services.GetRequiredService<SocketIOServer>();
        io.Of("/").OnConnected(socket =>
        {
            socket.Client<IGreetings>().Hello("the task is lost");
            return Task.CompletedTask;
        });
        await io.Of<IGreetings>().To("room").Hello("from a package");
        Console.WriteLine("greeted");

        [SocketEvents]
        public interface IGreetings
        {
            Task Hello(string text);
        }
        """;

    private const string SharedContracts = """
        using TypedSocketRedis;

        namespace Shared;

        [SocketEvents]
        public interface IGreetings
        {
            Task Hello(Greeting greeting);
        }

        public sealed record Greeting(string Text, DateTime At);
        """;

    private const string Server = """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.DependencyInjection;
        using Shared;
        using TypedSocketRedis;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSocketIO();
        await using var app = builder.Build();
        app.MapSocketIO();
        await app.Services.GetRequiredService<SocketIOServer>().Of<IGreetings>().All.Hello(new Greeting("from a server", DateTime.UtcNow));
        Console.WriteLine("greeted");
        """;

    private const string Worker = """
        using Shared;
        using StackExchange.Redis;
        using TypedSocketRedis;

        var configuration = ConfigurationOptions.Parse("127.0.0.1:1,connectTimeout=100,connectRetry=0,abortConnect=false");
        await using var redis = await ConnectionMultiplexer.ConnectAsync(configuration);
        try
        {
            await new RedisEmitter(redis).Of<IGreetings>().All.Hello(new Greeting("from a worker", DateTime.UtcNow));
        }
        catch (RedisConnectionException)
        {
            Console.WriteLine("not connected");
        }
        """;

#if DEBUG
    private static readonly string Configuration = "Debug";
#else
    private static readonly string Configuration = "Release";
#endif

    // A unique version: the packages are stored in the user's package cache, where an older build must not be found.
    private readonly string _version = $"0.0.0-test{Guid.NewGuid():N}";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("typed-socket-redis-packages");

    [Fact]
    public async Task A_project_with_only_the_server_package_compiles_a_contract_and_runs()
    {
        await PackAsync("Contracts", "AspNetCore");
        using (var package = await ZipFile.OpenReadAsync(
            Path.Combine(_folder.FullName, $"TypedSocketRedis.Contracts.{_version}.nupkg"), TestContext.Current.CancellationToken))
        {
            // Editors load the code fixes from there; the compiler must accept the assembly.
            Assert.NotNull(package.GetEntry("analyzers/dotnet/cs/TypedSocketRedis.CodeFixes.dll"));
        }

        var consumer = await ProjectAsync(
            "Consumer", "Microsoft.NET.Sdk.Web", Program, Package("TypedSocketRedis.AspNetCore"),
                "<SocketEventsTypeScriptOut>web</SocketEventsTypeScriptOut>");
        await using (var build = ChildProcess.Start("dotnet", "build", consumer))
        {
            Assert.NotEqual(0, await build.ExitAsync(TimeSpan.FromMinutes(3)));
            Assert.Contains(build.Output, line => line.Contains("Program.cs(12,5): error TSR102: ", StringComparison.Ordinal));
        }

        await File.WriteAllTextAsync(
            Path.Combine(consumer, "Program.cs"), Program.Replace("socket.Client", "_ = socket.Client", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        await DotnetAsync("build", consumer);
        var output = await DotnetAsync("run", "--project", consumer, "--no-launch-profile", "--no-build");
        Assert.Contains("greeted", output);
        var typescript = await File.ReadAllTextAsync(Path.Combine(consumer, "web", "socket-events.ts"),
            TestContext.Current.CancellationToken);
        Assert.Contains("hello: (text: string) => void;", typescript, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Contracts", "TypedSocketRedis.Contracts")]
    [InlineData("Runtime", "TypedSocketRedis")]
    [InlineData("AspNetCore", "TypedSocketRedis.AspNetCore")]
    [InlineData("Testing", "TypedSocketRedis.Testing")]
    public async Task A_package_says_what_it_is_and_names_no_folder_of_the_build(string project, string id)
    {
        await PackAsync(project);
        using var package = await OpenAsync(id, "nupkg");
        using var symbols = await OpenAsync(id, "snupkg");
        foreach (var file in new[] { "README.md", "LICENSE", "THIRD-PARTY-NOTICES.txt", "icon.png", $"lib/net10.0/{id}.xml" })
            Assert.NotNull(package.GetEntry(file));

        var description = Text(package.GetEntry($"{id}.nuspec"));
        Assert.Contains("<license type=\"expression\">MIT</license>", description, StringComparison.Ordinal);
        Assert.Contains("<repository type=\"git\" url=\"https://", description, StringComparison.Ordinal);
        Assert.Contains("<releaseNotes>## ", description, StringComparison.Ordinal);
        Assert.DoesNotContain("{ProjectUrl}", Text(package.GetEntry("README.md")), StringComparison.Ordinal);
        // A debug build keeps its paths for debuggers.
        var binaries = package.Entries.Concat(symbols.Entries)
            .Where(e => Configuration == "Release" && Path.GetExtension(e.Name) is (".dll" or ".pdb"));
        foreach (var binary in binaries) Assert.DoesNotContain(Tools.Repository, Text(binary), StringComparison.Ordinal);
        Assert.NotNull(symbols.GetEntry($"lib/net10.0/{id}.pdb"));
    }

    [Fact]
    public async Task A_library_of_contracts_is_shared_by_a_server_and_a_worker_and_knows_no_Redis()
    {
        await PackAsync("Contracts", "Runtime", "AspNetCore");
        var contracts = await ProjectAsync("Contracts", "Microsoft.NET.Sdk", SharedContracts, Package("TypedSocketRedis.Contracts"));
        const string Library = """<ProjectReference Include="../Contracts/Contracts.csproj" />""";
        var server = await ProjectAsync("Server", "Microsoft.NET.Sdk.Web", Server, Package("TypedSocketRedis.AspNetCore") + Library);
        var worker = await ProjectAsync("Worker", "Microsoft.NET.Sdk", Worker, Package("TypedSocketRedis") + Library,
            "<OutputType>Exe</OutputType>");
        await DotnetAsync("build", server);
        await DotnetAsync("build", worker);

        Assert.Contains("greeted", await DotnetAsync("run", "--project", server, "--no-launch-profile", "--no-build"));
        Assert.Contains("not connected", await DotnetAsync("run", "--project", worker, "--no-launch-profile", "--no-build"));
        Assert.DoesNotContain("StackExchange.Redis", await AssetsAsync(contracts), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("AspNetCore", await AssetsAsync(contracts), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("StackExchange.Redis", await AssetsAsync(server), StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"\"TypedSocketRedis.Contracts\": \"[{_version}]\"", await AssetsAsync(worker), StringComparison.Ordinal);
    }

    private static Task<string> AssetsAsync(string project) =>
        File.ReadAllTextAsync(Path.Combine(project, "obj", "project.assets.json"), TestContext.Current.CancellationToken);

    private string Package(string id) => $"""
        <PackageReference Include="{id}" Version="{_version}" />
            <PackageReference Include="MessagePackAnalyzer" Version="2.5.307" ExcludeAssets="all" />
        """;

    private Task<ZipArchive> OpenAsync(string id, string extension) =>
        ZipFile.OpenReadAsync(Path.Combine(_folder.FullName, $"{id}.{_version}.{extension}"), TestContext.Current.CancellationToken);

    private static string Text(ZipArchiveEntry? entry)
    {
        Assert.NotNull(entry);
        using var reader = new StreamReader(entry.Open(), System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private async Task PackAsync(params string[] projects)
    {
        foreach (var project in projects)
        {
            await DotnetAsync("pack", Path.Combine(Tools.Repository, "src", project), "--no-build", "-c", Configuration,
                "-o", _folder.FullName, $"-p:MinVerVersionOverride={_version}");
        }
    }

    private async Task<string> ProjectAsync(string name, string sdk, string source, string references, string properties = "")
    {
        var folder = _folder.CreateSubdirectory(name).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), source, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.csproj"), $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <NuGetAudit>false</NuGetAudit>
                <NoWarn>$(NoWarn);NU1605</NoWarn>
                <RestoreAdditionalProjectSources>{_folder.FullName}</RestoreAdditionalProjectSources>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {references}
              </ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);
        return folder;
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var package in new[] { "typedsocketredis", "typedsocketredis.contracts", "typedsocketredis.aspnetcore" })
        {
            var copy = Path.Combine(cache, package, _version);
            if (Directory.Exists(copy)) Directory.Delete(copy, recursive: true);
        }
    }

    private static async Task<IReadOnlyCollection<string>> DotnetAsync(params string[] arguments)
    {
        await using var dotnet = ChildProcess.Start("dotnet", arguments);
        var code = await dotnet.ExitAsync(TimeSpan.FromMinutes(3));
        Assert.True(code == 0, $"exit code {code}:\n{dotnet}");
        return dotnet.Output;
    }
}
