using System.Text.Json;
using System.Text.Json.Nodes;

namespace TypedSocketRedis.Tests.Conformance;

/// <summary>Official clients that the server disconnects at a random moment around their upgrade, over a slow network.</summary>
public sealed class DisconnectDuringUpgradeTests
{
    private const int AtOnce = 10;
    private const int LatestMilliseconds = 300;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    // For long runs by hand.
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("UPGRADE_ROUNDS"), out var rounds) ? rounds : 100;

    [Theory]
    [InlineData("socket.io-client")]
    [InlineData("socket.io-client-3")]
    public async Task A_client_receives_the_event_and_the_disconnection_and_stays_away(string client)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var server = await DotnetServer.StartAsync(null);
        server.Io.Of("/banned").OnConnected(socket =>
        {
            TimeSpan moment;
            lock (random) moment = TimeSpan.FromMilliseconds(random.NextDouble() * LatestMilliseconds);
            _ = BanAsync(socket, moment);
            return Task.CompletedTask;
        });
        await using var proxy = new LatencyProxy(new Uri(server.Url).Port, Latency);
        await using var program = new NodeProgram(null, "client.mjs");
        Dictionary<string, int> outcomes = [];
        for (var done = 0; done < Rounds; done += AtOnce)
        {
            var results = await program.DoAsync("disconnections", new JsonObject
            {
                ["url"] = proxy.Url + "/banned",
                ["client"] = client,
                ["count"] = Math.Min(AtOnce, Rounds - done),
            });
            foreach (var result in results.EnumerateArray().Select(outcome => outcome.GetRawText()))
                outcomes[result] = outcomes.GetValueOrDefault(result) + 1;
        }

        TestContext.Current.SendDiagnosticMessage($"Seed {seed}: {JsonSerializer.Serialize(outcomes)}");
        Assert.True(
            outcomes.Keys.SequenceEqual(["""["last words","io server disconnect"]"""]),
            $"Seed {seed}: {string.Join(", ", outcomes.Select(outcome => $"{outcome.Value} of {outcome.Key}"))}");
    }

    private static async Task BanAsync(ServerSocket socket, TimeSpan moment)
    {
        await Pause.ForAsync(moment);
        socket.Client().Emit("last words");
        await socket.DisconnectAsync(close: true);
    }
}
