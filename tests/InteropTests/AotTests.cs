namespace TypedSocketRedis.Tests;

/// <summary>The sample with all payload types, compiled to a native program.</summary>
public sealed class AotTests(RedisServer redis) : IClassFixture<RedisServer>, IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("typed-socket-redis-aot");

    [Fact]
    public async Task Every_payload_type_is_compiled_to_native_code_without_a_warning_and_reaches_Redis()
    {
        await using var publish = ChildProcess.Start("dotnet", "publish", Path.Combine(Tools.Repository, "samples", "Aot"),
            "-c", Configuration, "-o", _folder.FullName, $"-p:NativeIntermediateOutputPath={_folder.FullName}/native/",
                "-p:BuildProjectReferences=false", "--nologo");
        var code = await publish.ExitAsync(TimeSpan.FromMinutes(6));
        var output = publish.ToString();
        Assert.True(code == 0, output);
        Assert.Contains("Generating native code", output, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b(warning|error)\b|\bIL[23]\d{3}\b", output);

        await using var program = ChildProcess.Start(Path.Combine(_folder.FullName, "Aot"), redis.Address);
        Assert.True(await program.ExitAsync() == 0, program.ToString());
        Assert.Equal(
            [
                "scalars", "collections", "shapes", "rarities", "immutables", "keys", "own", "loose",
                "Scalars", "Collections", "Shapes", "Rarities", "Immutables", "Keys", "Payment", "Profile", "dispatched", "untyped", "OK",
            ],
            program.Output.Select(line => line.Split(':')[0]));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
