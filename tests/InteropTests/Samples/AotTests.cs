using System.Text.Json.Nodes;

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
    public async Task Every_payload_type_is_compiled_to_native_code_without_a_warning_and_returns()
    {
        await using var publish = ChildProcess.Start("dotnet", "publish", Path.Combine(Tools.Repository, "samples", "Aot"),
            "-c", Configuration, "-o", _folder.FullName, $"-p:NativeIntermediateOutputPath={_folder.FullName}/native/",
                "-p:BuildProjectReferences=false", "--nologo");
        var code = await publish.ExitAsync(TimeSpan.FromMinutes(6));
        var output = publish.ToString();
        Assert.True(code == 0, output);
        Assert.Contains("Generating native code", output, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b(warning|error)\b|\bIL[23]\d{3}\b", output);

        var url = $"http://127.0.0.1:{FreePort.Next()}";
        await using var program = ChildProcess.Start(Path.Combine(_folder.FullName, "Aot"), "--urls", url, "--redis", redis.Address);
        await program.LineAsync("Now listening on");
        await using var clients = new JsClients();
        var client = await clients.ConnectAsync(url, "/aot");
        await AssertEventsAndCommandsAsync(client);
        await AssertAcknowledgementsAsync(client);

        program.Signal("TERM");
        Assert.True(await program.ExitAsync() == 0, program.ToString());
        Assert.Empty(program.Errors);
    }

    // Every value that the emitter encoded is decoded by the dispatcher of the handler, and encoded as its acknowledgement.
    private static async Task AssertEventsAndCommandsAsync(JsSocket client)
    {
        Assert.Equal("null", await client.AskAsync("send", "[]"));
        var events = (await client.UntilAsync("loose"))
            .Select(text => (Name: text[..text.IndexOf('[')], Arguments: text[text.IndexOf('[')..])).ToList();
        Assert.Equal(
            ["scalars", "collections", "shapes", "rarities", "immutables", "keys", "own", "loose"], events.Select(one => one.Name));
        Assert.Equal("[7,null,1,[0.5,1]]", events[^1].Arguments);
        Assert.Equal("[7,0,1,0.5,1]", await client.AskAsync("loose", events[^1].Arguments));

        foreach (var (name, arguments) in events[..^1])
        {
            var returned = await client.AskAsync(name, arguments);
            Assert.True(
                JsonNode.DeepEquals(JsonNode.Parse(arguments)![0], JsonNode.Parse(returned)), $"{name}{arguments} became {returned}");
        }
    }

    private static async Task AssertAcknowledgementsAsync(JsSocket client)
    {
        const string vehicles = """{"items":[{"$type":0,"wheels":4,"plate":"Elm Street"},{"$type":1,"wheels":2}]}""";
        await client.RespondAsync("parked", $"[{vehicles}]");
        Assert.Equal(vehicles, await client.AskAsync("park", """["Elm Street"]"""));
        Assert.Equal("""{"name":"Ada","level":1}""", await client.AskAsync("profile", """[{"name":"Ada","level":1}]"""));
        Assert.Equal(
            """{"error":"Event 'park', street: expected text, found the number 5."}""", await client.AskAsync("park", "[5]"));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
