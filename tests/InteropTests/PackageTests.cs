using System.IO.Compression;

namespace TypedSocketRedis.Tests;

/// <summary>The packages as installed by a user: the runtime, the server and, inside, the generator.</summary>
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
            socket.Client<IGreetings>().Hello("nobody awaits this");
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

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    // A unique version: the packages are stored in the user's package cache, where an older build must not be found.
    private readonly string _version = $"0.0.0-test{Guid.NewGuid():N}";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("typed-socket-redis-packages");

    [Fact]
    public async Task A_project_with_only_the_server_package_compiles_a_contract_and_runs()
    {
        foreach (var project in new[] { "Runtime", "AspNetCore" })
        {
            await DotnetAsync("pack", Path.Combine(Tools.Repository, "src", project), "--no-build", "-c", Configuration,
                "-o", _folder.FullName, $"-p:Version={_version}");
        }

        using (var package = await ZipFile.OpenReadAsync(Path.Combine(_folder.FullName, $"TypedSocketRedis.{_version}.nupkg"), TestContext.Current.CancellationToken))
        {
            // Editors load the code fixes from there; the compiler must accept the assembly.
            Assert.NotNull(package.GetEntry("analyzers/dotnet/cs/TypedSocketRedis.CodeFixes.dll"));
        }

        var consumer = _folder.CreateSubdirectory("consumer").FullName;
        await File.WriteAllTextAsync(Path.Combine(consumer, "Program.cs"), Program, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(consumer, "consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <NuGetAudit>false</NuGetAudit>
                <NoWarn>$(NoWarn);NU1605</NoWarn>
                <SocketEventsTypeScriptOut>web</SocketEventsTypeScriptOut>
                <RestoreAdditionalProjectSources>{_folder.FullName}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TypedSocketRedis.AspNetCore" Version="{_version}" />
                <PackageReference Include="MessagePackAnalyzer" Version="2.5.307" ExcludeAssets="all" />
              </ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);

        var build = await DotnetAsync("build", consumer);
        Assert.Contains(build, line => line.Contains("Program.cs(12,5): warning TSR102: ", StringComparison.Ordinal));
        var output = await DotnetAsync("run", "--project", consumer, "--no-launch-profile", "--no-build");
        Assert.Contains("greeted", output);
        var typescript = await File.ReadAllTextAsync(Path.Combine(consumer, "web", "socket-events.ts"), TestContext.Current.CancellationToken);
        Assert.Contains("hello: (text: string) => void;", typescript, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var package in new[] { "typedsocketredis", "typedsocketredis.aspnetcore" })
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
