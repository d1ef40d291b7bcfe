namespace TypedSocketRedis.Tests;

/// <summary>Projects of users that install the packages, each of which runs.</summary>
[Collection(nameof(PackedFeed))]
public sealed class ConsumerTests(Consumers consumers, RedisServer redis) : IClassFixture<Consumers>, IClassFixture<RedisServer>
{
    [Fact]
    public async Task A_server_and_a_worker_share_a_library_of_contracts()
    {
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        await using var server = ChildProcess.Start("dotnet", consumers.Program("Server"), "--urls", url, "--Redis", redis.Address);
        await server.LineAsync("Now listening on");
        await using var clients = new JsClients();
        var client = await clients.ConnectAsync(url);
        Assert.Equal("3", await client.AskAsync("greet", """["Ada"]"""));
        Assert.Equal("""greeted[{"text":"Ada on a server","number":1}]""", await client.NextAsync("greeted"));

        await using var worker = ChildProcess.Start("dotnet", consumers.Program("Worker"), "--Redis", redis.Address);
        Assert.Equal("""greeted[{"text":"a worker","number":2}]""", await client.NextAsync("greeted"));
        Assert.True(await worker.ExitAsync() == 0, worker.ToString());
    }

    [Fact]
    public async Task The_first_example_of_the_pages_runs_with_its_client()
    {
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        await using var server = ChildProcess.Start("dotnet", consumers.Program("First"), "--urls", url);
        await server.LineAsync("Now listening on");
        var script = await File.ReadAllTextAsync(consumers.File("First", "client.mjs"), TestContext.Current.CancellationToken);
        await using var client = ChildProcess.Start(
            "/bin/sh", "-c", "cd \"$0\" && exec node --input-type=module --eval \"$1\"",
            Path.GetDirectoryName(Tools.Script("package.json"))!, script.Replace("http://localhost:5000", url, StringComparison.Ordinal));
        await client.LineAsync("hello");
        await client.LineAsync("5");
    }

    [Fact]
    public async Task A_library_of_contracts_brings_no_Redis_and_writes_TypeScript()
    {
        var token = TestContext.Current.CancellationToken;
        var contracts = await File.ReadAllTextAsync(consumers.File("Contracts", "obj", "project.assets.json"), token);
        Assert.DoesNotContain("StackExchange.Redis", contracts, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("AspNetCore", contracts, StringComparison.OrdinalIgnoreCase);
        var worker = await File.ReadAllTextAsync(consumers.File("Worker", "obj", "project.assets.json"), token);
        Assert.DoesNotContain("AspNetCore", worker, StringComparison.OrdinalIgnoreCase);
        var typescript = await File.ReadAllTextAsync(consumers.File("Contracts", "web", "socket-events.ts"), token);
        Assert.Contains("greeted: (greeting: Greeting) => void;", typescript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_FSharp_server_sends_the_events_of_a_CSharp_contract() =>
        await AssertGreetsAsync("on F#", 3, url => ChildProcess.Start("dotnet", consumers.Program("FSharpServer"), "--urls", url));

    [Fact]
    public async Task A_handler_written_in_FSharp_is_added_by_a_CSharp_server() =>
        await AssertGreetsAsync("in F#", 5, url => ChildProcess.Start("dotnet", consumers.Program("HandlersServer"), "--urls", url));

    [Fact]
    public async Task A_server_is_compiled_to_native_code_without_a_warning()
    {
        var output = await Dotnet.RunAsync(
            consumers.Variables, "publish", consumers.File("AotServer"), "-c", "Release", "-o", consumers.File("native"), "--nologo");
        Assert.Contains("Generating native code", output, StringComparison.Ordinal);
        await AssertGreetsAsync("in native code", 4, url => ChildProcess.Start(consumers.File("native", "AotServer"), "--urls", url));
    }

    [Fact]
    public async Task A_project_with_central_package_versions_runs_a_server_and_its_client() =>
        Assert.Equal("sent", await Dotnet.RunAsync(consumers.Variables, consumers.Program("CentralVersions")));

    [Theory]
    [InlineData("OldLanguage", "error TSR011: The library requires C# 13, but this project is compiled as C# 12.0.")]
    [InlineData("DroppedTask", "Program.cs(9,5): error TSR102: ")]
    [InlineData("BrokenContract", "Greetings.cs(6,18): error TSR083: ")]
    public async Task A_mistake_is_one_clear_error(string project, string error)
    {
        var errors = await Dotnet.ErrorsAsync(consumers.Variables, consumers.File(project));
        Assert.Contains(error, Assert.Single(errors), StringComparison.Ordinal);
    }

    private static async Task AssertGreetsAsync(string place, int number, Func<string, ChildProcess> start)
    {
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        await using var server = start(url);
        await server.LineAsync("Now listening on");
        await using var clients = new JsClients();
        var client = await clients.ConnectAsync(url);
        Assert.Equal("3", await client.AskAsync("greet", """["Ada"]"""));
        Assert.Equal($$"""greeted[{"text":"Ada {{place}}","number":{{number}}}]""", await client.NextAsync("greeted"));
    }
}
