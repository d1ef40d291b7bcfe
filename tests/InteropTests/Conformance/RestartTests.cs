namespace TypedSocketRedis.Tests.Conformance;

/// <summary>A host that ends, one way or another, and another one on its port.</summary>
public sealed class RestartTests
{
    private static readonly string[] Options = ["--ping-interval", "1000", "--ping-timeout", "1000"];

    [Theory]
    [InlineData("websocket", true)]
    [InlineData("polling", true)]
    [InlineData("websocket", false)]
    [InlineData("polling", false)]
    public async Task Clients_come_back_to_the_next_host(string transport, bool inOrder)
    {
        var port = FreePort.Next();
        await using var clients = new JsClients();
        JsSocket client;
        await using (var first = await ConformanceProcess.StartOnAsync(port, "first", Options))
        {
            client = await clients.ConnectAsync(first.Url, "/custom", [transport]);
            Assert.Contains("\"host\":\"first\"", await client.AskAsync("whoami", "[]"), StringComparison.Ordinal);
            await client.AskAsync("join", "[\"room\"]");
            if (inOrder) await first.EndAsync();
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
