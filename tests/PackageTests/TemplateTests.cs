namespace TypedSocketRedis.Tests;

/// <summary>What the templates generate, with every combination of their options.</summary>
[Collection(nameof(PackedFeed)), Trait("Run", "All")]
public sealed class TemplateTests(Templates templates, RedisServer redis) : IClassFixture<Templates>, IClassFixture<RedisServer>
{
    public static TheoryData<bool, bool, bool> Servers
    {
        get
        {
            var combinations = new TheoryData<bool, bool, bool>();
            for (var bits = 0; bits < 8; bits++) combinations.Add((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
            return combinations;
        }
    }

    [Theory, MemberData(nameof(Servers))]
    public async Task A_generated_server_runs_and_passes_its_tests(bool withRedis, bool withAuth, bool withTypeScript)
    {
        List<string> options = [];
        if (withRedis) options.Add("--redis");
        if (withAuth) options.Add("--auth");
        if (withTypeScript) options.Add("--typescript");
        var project = await templates.GenerateAsync("socketio-server", $"shop{string.Concat(options)}", [.. options]);
        if (withTypeScript) await CompileFrontEndAsync(project);
        var token = withAuth ? await templates.InFolderAsync(project, "dotnet user-jwts create --name Ada --output token") : null;

        var url = $"http://127.0.0.1:{FreePort.Next()}";
        await using var server = StartServer(project, url);
        await server.LineAsync("Now listening on");
        await using var clients = new JsClients();
        if (withAuth) Assert.Contains("Authentication is required.", await clients.RefusedAsync(url, "/"), StringComparison.Ordinal);
        var client = await clients.ConnectAsync(url, token: token?.Trim());
        Assert.Equal("2", await client.AskAsync("say", """["hi"]"""));
        var said = await client.NextAsync("said");
        Assert.Contains("\"text\":\"hi\"", said, StringComparison.Ordinal);
        if (withAuth) Assert.Contains("\"from\":\"Ada\"", said, StringComparison.Ordinal);
        await AssertPagesAsync(url, withTypeScript);
    }

    [Fact]
    public async Task A_generated_worker_sends_to_the_clients_of_a_generated_server()
    {
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        await using var server = StartServer(await templates.GenerateAsync("socketio-server", "Shop", "--redis"), url);
        await server.LineAsync("Now listening on");
        await using var clients = new JsClients();
        var client = await clients.ConnectAsync(url);

        var project = await templates.GenerateAsync("socketio-worker", "Reports");
        await using var worker = templates.Start(project, "--ConnectionStrings:Redis", redis.Address);
        Assert.StartsWith("measured[{\"number\":", await client.NextAsync("measured"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generated_contracts_pass_their_tests_and_are_typed_for_a_front_end()
    {
        await templates.GenerateAsync("socketio-contracts", "Shared");
        var project = await templates.GenerateAsync("socketio-contracts", "Shared.Typed", "--typescript");
        var typescript = await File.ReadAllTextAsync(
            Path.Combine(project, "web", "socket-events.ts"), TestContext.Current.CancellationToken);
        Assert.Contains("said: (message: Message) => void;", typescript, StringComparison.Ordinal);
    }

    private ChildProcess StartServer(string project, string url) =>
        templates.Start(project, "--urls", url, "--ConnectionStrings:Redis", redis.Address);

    // As after "npm install", the official libraries are in the folder.
    private async Task CompileFrontEndAsync(string project)
    {
        var web = Path.Combine(project, "web");
        Directory.CreateSymbolicLink(Path.Combine(web, "node_modules"), Tools.Script("node_modules"));
        await templates.InFolderAsync(web, "npm run build");
        Directory.Delete(Path.Combine(web, "node_modules"));
    }

    private static async Task AssertPagesAsync(string url, bool withFrontEnd)
    {
        var token = TestContext.Current.CancellationToken;
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        await Patience.UntilAsync(async () => await http.GetStringAsync("/health", token) == "Healthy", "the server is healthy");
        if (!withFrontEnd) return;
        Assert.Contains("chat.js", await http.GetStringAsync("/", token), StringComparison.Ordinal);
        foreach (var script in new[] { "/chat.js", "/socket.io.esm.min.js" })
            Assert.NotEmpty(await http.GetStringAsync(script, token));
    }
}
