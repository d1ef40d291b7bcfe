using System.Text.Json;
using System.Text.Json.Nodes;

namespace TypedSocketRedis.Tests.Conformance;

/// <summary>Official clients that the server disconnects at a random time around their upgrade, over a slow network.</summary>
public sealed class DisconnectDuringUpgradeTests(Browser browser) : IClassFixture<Browser>
{
    private const int AtOnce = 10;
    private const int LatestMilliseconds = 300;

    // A page can open at most six connections to a host, and a polling client uses two of them.
    private const int AtOnceInPage = 2;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    // The variable is for long manual runs.
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("UPGRADE_ROUNDS"), out var rounds) ? rounds : 100;

    [Theory]
    [InlineData("socket.io-client-2")]
    [InlineData("socket.io-client")]
    [InlineData("socket.io-client-3")]
    [InlineData("socket.io-client-4.0")]
    public async Task A_client_receives_the_event_and_the_disconnect_and_does_not_reconnect(string client)
    {
        await using var program = new NodeProgram(null, "client.mjs");
        await CheckAsync((url, count) => program.DoAsync("disconnections", new JsonObject
        {
            ["url"] = url,
            ["client"] = client,
            ["count"] = count,
        }));
    }

    [Fact]
    public async Task A_browser_receives_the_event_and_the_disconnect_and_does_not_reconnect() => await CheckAsync(async (url, count) =>
    {
        var page = await browser.NewPageAsync();

        // Any page with the server's origin.
        await page.GotoAsync(new Uri(new Uri(url), "/socket.io/").AbsoluteUri);
        await page.AddScriptTagAsync(new() { Path = Tools.Script("node_modules/socket.io-client/dist/socket.io.min.js") });
        var function = (await File.ReadAllTextAsync(Tools.Script("disconnections.mjs"))).Replace("export ", "", StringComparison.Ordinal);
        var outcomes = await page.EvaluateAsync<JsonElement>(
            $$"""
            async ({ url, count, atOnce }) => {
              {{function}}
              const outcomes = [];
              while (outcomes.length < count) outcomes.push(...await disconnections(io, url, Math.min(atOnce, count - outcomes.length)));
              return outcomes;
            }
            """,
            new { url, count, atOnce = AtOnceInPage });
        await page.CloseAsync();
        return outcomes;
    });

    private static async Task CheckAsync(Func<string, int, Task<JsonElement>> disconnectAsync)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var server = await DotnetServer.StartAsync(null, configure: options => options.AllowEIO3 = true);
        server.Io.Of("/banned").OnConnected(socket =>
        {
            TimeSpan moment;
            lock (random) moment = TimeSpan.FromMilliseconds(random.NextDouble() * LatestMilliseconds);
            _ = BanAsync(socket, moment);
            return Task.CompletedTask;
        });
        await using var proxy = new LatencyProxy(new Uri(server.Url).Port, Latency);
        Dictionary<string, int> outcomes = [];
        for (var done = 0; done < Rounds; done += AtOnce)
        {
            var results = await disconnectAsync(proxy.Url + "/banned", Math.Min(AtOnce, Rounds - done));
            foreach (var result in results.EnumerateArray().Select(outcome => outcome.GetRawText()))
                outcomes[result] = outcomes.GetValueOrDefault(result) + 1;
        }

        TestContext.Current.SendDiagnosticMessage($"Seed {seed}: {JsonSerializer.Serialize(outcomes)}");
        Assert.True(
            outcomes.Keys.SequenceEqual(["""["last words","io server disconnect"]"""]),
            $"Seed {seed}: {string.Join(", ", outcomes.Select(outcome => $"{outcome.Value} of {outcome.Key}"))}");
    }

    private static async Task BanAsync(ISocket socket, TimeSpan moment)
    {
        await Pause.ForAsync(moment);
        socket.Client<AnyEvents>().Emit("last words");
        await socket.DisconnectAsync(close: true);
    }
}
