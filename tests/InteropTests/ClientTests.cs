namespace TypedSocketRedis.Tests;

/// <summary>The official client and a single server of ours.</summary>
public sealed class ClientTests
{
    private const string Mixed = """["text",1.5,null,{"deep":[{"bytes":{"$binary":"AAECAw=="}}]},{"$binary":""},[],"🕐"]""";

    [Theory]
    [InlineData("websocket")]
    [InlineData("polling")]
    public async Task Values_of_a_client_are_echoed_unchanged(string transport)
    {
        await using var server = await DotnetServer.StartAsync(redis: null);
        await using var clients = new JsClients();
        var client = await clients.ConnectAsync(server.Url, "/", [transport]);

        await client.EmitAsync("echo", Mixed);

        Assert.Equal("echoed" + Mixed, await client.NextAsync("echoed"));
        Assert.Equal(transport, await client.TransportAsync());
    }

    [Theory]
    [InlineData(false, "websocket")]
    [InlineData(false, "polling")]
    [InlineData(false, "polling", "websocket")]
    [InlineData(true, "websocket")]
    [InlineData(true, "polling")]
    public async Task A_client_with_forceBase64_exchanges_bytes(bool messagePack, params string[] transports)
    {
        await using var server = await DotnetServer.StartAsync(redis: null, configure: o =>
        {
            o.Parser = messagePack ? SocketIOParser.MessagePack : SocketIOParser.Default;
            o.PerMessageDeflate = new CompressionOptions { Threshold = 10 };
        });
        await using var clients = new JsClients();
        var client = await clients.ConnectAsync(server.Url, "/", transports, messagePack: messagePack, forceBase64: true);
        await client.EmitAsync("echo", Mixed);
        Assert.Equal("echoed" + Mixed, await client.NextAsync("echoed"));
        await Patience.UntilAsync(async () => await client.TransportAsync() == transports[^1], "the client uses its last transport");
        await client.EmitAsync("echo", Mixed);
        Assert.Equal("echoed" + Mixed, await client.NextAsync("echoed"));
    }

    [Fact]
    public async Task A_polling_client_upgrades_to_a_websocket_without_losing_events()
    {
        await using var server = await DotnetServer.StartAsync(redis: null);
        await using var clients = new JsClients();
        var client = await clients.ConnectAsync(server.Url, "/", ["polling", "websocket"]);

        for (var i = 0; i < 100; i++) await client.EmitAsync("echo", $"[{i}]");
        await client.EmitAsync("echo", "[\"last\"]");

        var echoes = new List<string>();
        while (echoes.Count < 101) echoes.Add(await client.NextAsync("echoed"));
        Assert.Equal([.. Enumerable.Range(0, 100).Select(i => $"echoed[{i}]"), """echoed["last"]"""], echoes);
        await Patience.UntilAsync(async () => await client.TransportAsync() == "websocket", "the client uses a websocket");
        await client.EmitAsync("echo", "[\"upgraded\"]");
        Assert.Equal("""echoed["upgraded"]""", await client.NextAsync("echoed"));
    }

    [Theory]
    [InlineData("websocket")]
    [InlineData("polling")]
    public async Task Acknowledgements_work_in_both_directions(string transport)
    {
        await using var server = await DotnetServer.StartAsync(redis: null);
        await using var clients = new JsClients();
        var client = await clients.ConnectAsync(server.Url, "/desk", [transport]);
        var other = await clients.ConnectAsync(server.Url, "/desk", [transport]);

        const string order = """{"id":"a","lines":[],"totals":{},"signature":{"$binary":"AAEC"}}""";
        Assert.Equal("""{"id":"a*3","lines":[],"totals":{"rooms":1},"signature":{"$binary":"AAEC"}}""",
            await client.AskAsync("add", $"[{order},3]"));
        Assert.Equal("null", await client.AskAsync("add", "[]"));
        Assert.Equal("null", await client.AskAsync("done", "[]"));
        Assert.Equal("""{"error":"Event 'add', times: expected an integer from -2147483648 to 2147483647, found the text \"x\"."}""",
            await client.AskAsync("add", $"[{order},\"x\"]"));

        await client.RespondAsync("where?", """[{"city":"Paris","due":{"$date":"2026-01-01T00:00:00.000Z"},"kind":1}]""");
        await other.RespondAsync("where?", """[{"city":"Rome","due":1767225600000,"kind":0}]""");
        await client.RespondAsync("signature", """[{"$binary":"/w=="}]""");
        var due = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var all = await server.Server.Of<IDeskQuestions>().All.Where("a", TestContext.Current.CancellationToken);
        Assert.Equal([new Shipping("Paris", due, ShippingKind.Fast), new Shipping("Rome", due, ShippingKind.Slow)],
            all.OrderBy(one => one.City));
        var signatures = await server.Server.Of<IDeskQuestions>().All.WithTimeout(TimeSpan.FromMilliseconds(500))
            .Signature(TestContext.Current.CancellationToken).ToResultAsync();
        Assert.Equal([0xFF], Assert.Single(signatures.Results));
        Assert.Equal(1, signatures.Missing);
    }

    [Fact]
    public async Task Several_namespaces_share_one_connection()
    {
        await using var server = await DotnetServer.StartAsync(redis: null);
        await using var clients = new JsClients();
        var main = await clients.ConnectAsync(server.Url, "/", connection: "shared");
        var desk = await clients.ConnectAsync(server.Url, "/desk", connection: "shared");

        server.Sender.Main.All.Text("main");
        server.Sender.Desk.All.Text("desk");
        server.Sender.Main.All.End();
        server.Sender.Desk.All.End();
        Assert.Equal(["""text["main"]""", "end[]"], await main.UntilAsync("end"));
        Assert.Equal(["""text["desk"]""", "end[]"], await desk.UntilAsync("end"));

        await desk.DisconnectAsync();
        await main.EmitAsync("echo", "[1]");
        Assert.Equal("echoed[1]", await main.NextAsync("echoed"));
    }

    [Fact]
    public async Task A_namespace_that_does_not_exist_is_refused()
    {
        await using var server = await DotnetServer.StartAsync(redis: null);
        await using var clients = new JsClients();

        Assert.Equal("""$error["Invalid namespace"]""", await clients.RefusedAsync(server.Url, "/nowhere"));
    }

    [Fact]
    public async Task A_client_reconnects_when_its_server_restarts()
    {
        var port = FreePort.Next();
        await using var clients = new JsClients();
        JsSocket client;
        await using (var server = await DotnetServer.StartAsync(redis: null, port))
        {
            client = await clients.ConnectAsync(server.Url);
            await client.JoinAsync("room");
        }

        await client.NextAsync("$disconnect");
        await using var again = await DotnetServer.StartAsync(redis: null, port);
        await client.NextAsync("$connect");

        // The rooms of the old server do not exist on the new one.
        again.Sender.Main.To("room").Text("room");
        await client.JoinAsync("room");
        again.Sender.Main.To("room").Text("again");
        again.Sender.Main.All.End();
        Assert.Equal(["""text["again"]""", "end[]"], await client.UntilAsync("end"));
    }
}
