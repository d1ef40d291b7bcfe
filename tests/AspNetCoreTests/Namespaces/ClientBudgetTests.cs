using Microsoft.Extensions.Time.Testing;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>The budget of a client, to which all data that the server keeps for the client is charged.</summary>
public class ClientBudgetTests
{
    private const int Budget = 100_000;

    [Fact]
    public async Task Authentication_data_of_all_namespaces_has_one_budget()
    {
        await using var server = await StartAsync();
        using var refused = new Counts(server, "typedsocketredis.server.sockets.refused");
        for (var i = 0; i < 20; i++) server.Server.Of($"/{i}");
        using var client = await SioClient.OpenAsync(server, polling: false);
        var auth = $"{{\"token\":\"{new string('x', 10_000)}\"}}";
        for (var i = 0; i < 9; i++) await client.JoinAsync($"/{i}", auth);
        await client.SendAsync($"40/9,{auth}");
        Assert.Equal("44/9,{\"message\":\"Too much authentication data on one connection\"}", await client.NextAsync());
        Assert.Equal(1, refused.Times);

        // A small amount of data is still accepted, and leaving a namespace returns its part of the budget.
        await client.JoinAsync("/10");
        await LeaveAsync(server, client, "/0");
        await client.JoinAsync("/11", auth);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_unfinished_binary_event_is_charged_and_ends_with_the_connect_timeout(bool finish)
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(time);
        using var malformed = new Counts(server, "typedsocketredis.server.malformed");
        server.Server.Of("/").On("upload", (_, sent) => Task.FromResult(SocketArguments.FromJson($"[{sent[0].GetBytes().Length}]")));
        using var client = await WsClient.ConnectAsync(server);
        var budget = server.Server.Of("/").Sockets.Single().Core.Budget;
        var kept = budget.Kept;
        await client.SendAsync("452-1[\"upload\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        await client.SendAsync(new byte[50_000]);
        await ReachAsync(() => budget.Kept >= 50_000);
        time.Advance(server.Server.Options.ConnectTimeout - TimeSpan.FromMilliseconds(1));
        if (finish)
        {
            await client.SendAsync(new byte[10]);
            Assert.Equal("431[50000]", await client.TextAsync());
            Assert.Equal(kept, budget.Kept);
            time.Advance(TimeSpan.FromMinutes(10));
            await client.SendAsync("42[\"upload\",\"none\"]");
            await client.SendAsync("40/none,");
            Assert.StartsWith("44/none,", await client.TextAsync(), StringComparison.Ordinal);
        }
        else
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            await client.ClosedAsync();
            Assert.Equal(1, malformed.Times);
        }
    }

    [Fact]
    public async Task An_event_is_handled_although_other_data_uses_up_the_budget()
    {
        await using var server = await StartAsync();
        server.Server.Of("/").On("large", (_, sent) => Task.FromResult(SocketArguments.FromJson($"[{sent[0].GetString()!.Length}]")));
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.JoinAsync("/", $"{{\"token\":\"{new string('x', 90_000)}\"}}");
        for (var i = 0; i < 3; i++)
        {
            await client.SendAsync($"421[\"large\",\"{new string('y', 60_000)}\"]");
            Assert.Equal("431[60000]", await client.NextAsync());
        }
    }

    [Fact]
    public async Task Events_sent_by_middlewares_of_all_namespaces_have_one_budget()
    {
        var held = new TaskCompletionSource();
        await using var server = await StartAsync(map: io =>
        {
            foreach (var path in new[] { "/a", "/b" })
            {
                io.Of(path).Use(socket =>
                {
                    for (var i = 0; i < 6; i++) socket.Client<AnyEvents>().Volatile().Emit("padded", new string('x', 10_000));
                    return held.Task;
                });
            }
        });
        using var dropped = new Counts(server, "typedsocketredis.server.messages.dropped");
        using var client = await WsClient.OpenAsync(server);
        await client.SendAsync("40/a,");
        await client.SendAsync("40/b,");
        await ReachAsync(() => dropped.Times == 3);
        held.SetResult();
        for (var i = 0; i < 2 + 9; i++) await client.TextAsync();
        await client.SendAsync("40/none,");
        Assert.StartsWith("44/none,", await client.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_refused_client_was_sent_is_charged_no_longer()
    {
        await using var server = await StartAsync(map: io => io.Of("/refused").Use(socket =>
        {
            socket.Client<AnyEvents>().Emit("padded", new string('x', 30_000));
            throw new SocketEventException("no");
        }));
        server.Server.Of("/");
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.JoinAsync();
        var budget = server.Server.Of("/").Sockets.Single().Core.Budget;
        var kept = budget.Kept;
        await client.SendAsync($"40/refused,{{\"token\":\"{new string('x', 10_000)}\"}}");
        Assert.Equal("44/refused,{\"message\":\"no\"}", await client.NextAsync());
        await ReachAsync(() => budget.Kept == kept);
    }

    private static async Task ReachAsync(Func<bool> condition)
    {
        var patience = TestServer.Patience;
        while (!condition())
        {
            patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task LeaveAsync(TestServer server, SioClient client, string path)
    {
        var left = new Waiting<bool>();
        server.Server.Of(path).Sockets.Single().OnDisconnected(_ => left.Set(true));
        await client.SendAsync($"41{path}");
        await left.Value;
    }

    private static Task<TestServer> StartAsync(TimeProvider? time = null, Action<SocketIOServer>? map = null) => TestServer.StartAsync(
        o =>
        {
            o.MaxQueuedBytes = Budget;
            o.MaxHandshakeSize = Budget;
            o.PingInterval = TimeSpan.FromHours(2);
        },
        time,
        map);
}
