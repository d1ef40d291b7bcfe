namespace TypedSocketRedis.Tests;

/// <summary>A small project of contracts outside the repository, built with its TypeScript as by its author.</summary>
internal sealed class ContractProject : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("typed-socket-redis-typescript");

    public ContractProject()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "Shop.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <NuGetAudit>false</NuGetAudit>
                <NoWarn>$(NoWarn);NU1605</NoWarn>
                <SocketEventsTypeScriptOut>web</SocketEventsTypeScriptOut>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="{Tools.Repository}/src/Contracts/TypedSocketRedis.Contracts.csproj" />
                <ProjectReference Include="{Tools.Repository}/src/Generator/TypedSocketRedis.Generator.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />
              </ItemGroup>
              <Import Project="{Tools.Repository}/Directory.Build.targets" />
            </Project>
            """);

        // As in a user's project, the type definitions of the official libraries are found from the folder upwards.
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "node_modules"), Tools.Script("node_modules"));
        Web = _folder.CreateSubdirectory("web").FullName;
        foreach (var file in Directory.GetFiles(Tools.Script("typescript"))) File.Copy(file, Path.Combine(Web, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(Web, "package.json"), """{ "type": "module" }""");
    }

    /// <summary>The folder of the TypeScript.</summary>
    public string Web { get; }

    /// <summary>The generated file.</summary>
    public string Events => Path.Combine(Web, "socket-events.ts");

    /// <summary>Builds the contracts.</summary>
    /// <returns>The exit code and the output of the build.</returns>
    public async Task<(int Code, string Output)> BuildAsync(string contracts, params string[] arguments)
    {
        var file = Path.Combine(_folder.FullName, "Contracts.cs");
        if (!File.Exists(file) || await File.ReadAllTextAsync(file) != contracts) await File.WriteAllTextAsync(file, contracts);
        return await RunAsync("dotnet", [
            "build", _folder.FullName, "-c", Configuration, "-p:BuildProjectReferences=false", "--nologo", "-v", "quiet", .. arguments]);
    }

    /// <summary>Checks a program against the generated file with the TypeScript compiler.</summary>
    public Task<(int Code, string Output)> CheckAsync(string program) => RunAsync(
        Tools.Node, Path.Combine(_folder.FullName, "node_modules/typescript/bin/tsc"), "--project", Path.Combine(Web, program + ".json"));

    public void Dispose()
    {
        // The link is deleted first, because its target must remain.
        Directory.Delete(Path.Combine(_folder.FullName, "node_modules"));
        _folder.Delete(recursive: true);
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        await using var process = ChildProcess.Start(program, arguments);
        var code = await process.ExitAsync(TimeSpan.FromMinutes(3));
        return (code, process.ToString());
    }
}
