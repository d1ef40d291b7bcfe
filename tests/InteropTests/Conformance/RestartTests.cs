namespace TypedSocketRedis.Tests.Conformance;

/// <summary>A host that shuts down or is killed, and its successor on the same port.</summary>
public sealed class RestartTests
{
    private static readonly string[] Options = ["--ping-interval", "1000", "--ping-timeout", "1000"];

    [Theory]
    [InlineData("websocket", true)]
    [InlineData("polling", true)]
    [InlineData("websocket", false)]
    [InlineData("polling", false)]
    public async Task Clients_reconnect_to_the_next_host(string transport, bool isGraceful)
    {
        var port = FreePort.Next();
        await using var clients = new JsClients();
        JsSocket client;
        await using (var first = await ConformanceProcess.StartOnAsync(port, "first", Options))
        {
            client = await clients.ConnectAsync(first.Url, "/custom", [transport]);
            Assert.Contains("\"host\":\"first\"", await client.AskAsync("whoami", "[]"), StringComparison.Ordinal);
            await client.AskAsync("join", "[\"room\"]");
            if (isGraceful) await first.EndAsync();
        }

        await client.NextAsync("$disconnect");
        await using var second = await ConformanceProcess.StartOnAsync(port, "second", Options);
        await client.NextAsync("$connect");

        var me = await client.AskAsync("whoami", "[]");
        Assert.Contains("\"host\":\"second\"", me, StringComparison.Ordinal);
        Assert.DoesNotContain("\"room\"", me, StringComparison.Ordinal);
        await second.DoAsync("emit", """{"nsp":"/custom","event":"again","args":[1]}""");
        Assert.Equal("again[1]", await client.NextAsync("again"));
    }
}
