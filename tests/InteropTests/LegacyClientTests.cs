namespace TypedSocketRedis.Tests;

/// <summary>The official client of Socket.IO 2.5, and a single server of ours that allows it.</summary>
public sealed class LegacyClientTests
{
    private const string Mixed = """["text",1.5,null,{"deep":[{"bytes":{"$binary":"AAECAw=="}}]},{"$binary":""},[],"🕐"]""";

    public static TheoryData<string[], bool> Transports => new()
    {
        { ["websocket"], false },
        { ["websocket"], true },
        { ["polling"], false },
        { ["polling", "websocket"], false },
    };

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Values_are_echoed_unchanged(string[] transports, bool forceBase64)
    {
        await using var server = await StartAsync();
        await using var clients = new JsClients();
        var client = await clients.ConnectAsync(server.Url, "/", transports, forceBase64: forceBase64, legacy: true);
        await client.EmitAsync("echo", Mixed);
        Assert.Equal("echoed" + Mixed, await client.NextAsync("echoed"));
        await Patience.UntilAsync(async () => await client.TransportAsync() == transports[^1], "the client uses its last transport");
        await client.EmitAsync("echo", Mixed);
        Assert.Equal("echoed" + Mixed, await client.NextAsync("echoed"));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Acknowledgements_work_in_both_directions(string[] transports, bool forceBase64)
    {
        await using var server = await StartAsync();
        await using var clients = new JsClients();
        var client = await clients.ConnectAsync(server.Url, "/desk", transports, forceBase64: forceBase64, legacy: true);
        const string order = """{"id":"a","lines":[],"totals":{},"signature":{"$binary":"AAEC"}}""";
        Assert.Equal("""{"id":"a*3","lines":[],"totals":{"rooms":1},"signature":{"$binary":"AAEC"}}""",
            await client.AskAsync("add", $"[{order},3]"));
        await client.RespondAsync("signature", """[{"$binary":"/w=="}]""");
        var signatures = await server.Server.Of<IDeskQuestions>().All.Signature(TestContext.Current.CancellationToken).ToResultAsync();
        Assert.Equal([0xFF], Assert.Single(signatures.Results));
    }

    [Theory]
    [InlineData("websocket")]
    [InlineData("polling")]
    public async Task Namespaces_share_a_connection_and_broadcasts_reach_old_and_new_clients(string transport)
    {
        await using var server = await StartAsync();
        await using var clients = new JsClients();
        var main = await clients.ConnectAsync(server.Url, "/", [transport], connection: "shared", legacy: true);
        var desk = await clients.ConnectAsync(server.Url, "/desk", [transport], connection: "shared", legacy: true);
        var current = await clients.ConnectAsync(server.Url, "/", [transport]);
        Assert.Equal(2, server.Server.ClientCount);

        foreach (var one in new[] { main, current }) await one.JoinAsync("room");
        await desk.JoinAsync("room");
        server.Sender.Main.To("room").Text("main");
        server.Sender.Desk.To("room").Text("desk");
        server.Sender.Main.All.End();
        server.Sender.Desk.All.End();
        Assert.Equal(["""text["main"]""", "end[]"], await main.UntilAsync("end"));
        Assert.Equal(["""text["main"]""", "end[]"], await current.UntilAsync("end"));
        Assert.Equal(["""text["desk"]""", "end[]"], await desk.UntilAsync("end"));

        await desk.DisconnectAsync();
        await main.EmitAsync("echo", "[1]");
        Assert.Equal("echoed[1]", await main.NextAsync("echoed"));
    }

    [Theory]
    [InlineData("websocket")]
    [InlineData("polling")]
    public async Task A_middleware_refuses_a_client_with_its_message_or_its_details(string transport)
    {
        await using var server = await StartAsync();
        server.Io.Of("/private").Use(socket => socket.Handshake.Auth["token"].Kind == ArgumentKind.Text
            ? socket.Handshake.Auth["token"].GetString() == "good"
                ? Task.CompletedTask
                : throw new SocketEventException("bad token", SocketArgument.FromJson("""{"code":7}"""))
            : throw new SocketEventException("no token"));
        await using var clients = new JsClients();
        Assert.Equal("""$refused["no token"]""", await RefusedAsync("/private"));
        Assert.Equal("""$refused[{"code":7}]""", await RefusedAsync("/private?token=bad"));
        Assert.Equal("""$refused[{"message":"Invalid namespace"}]""", await RefusedAsync("/nowhere"));
        await clients.ConnectAsync(server.Url, "/private?token=good", [transport], legacy: true);

        async Task<string> RefusedAsync(string nsp) =>
            await (await clients.OpenLegacyAsync(server.Url, nsp, [transport])).NextAsync("$refused");
    }

    [Theory]
    [InlineData("websocket")]
    [InlineData("polling")]
    public async Task A_client_reconnects_when_its_server_restarts(string transport)
    {
        var port = FreePort.Next();
        await using var clients = new JsClients();
        JsSocket client;
        await using (var server = await StartAsync(port))
        {
            client = await clients.ConnectAsync(server.Url, "/desk", [transport], legacy: true);
            await client.JoinAsync("room");
        }

        await client.NextAsync("$disconnect");
        await using var again = await StartAsync(port);
        await client.NextAsync("$connect");
        await client.EmitAsync("echo", Mixed);
        Assert.Equal("echoed" + Mixed, await client.NextAsync("echoed"));
    }

    [Theory]
    [InlineData("websocket")]
    [InlineData("polling")]
    public async Task A_client_stays_connected_by_its_pings(string transport)
    {
        await using var server = await DotnetServer.StartAsync(redis: null, configure: o =>
        {
            o.AllowEIO3 = true;
            o.PingInterval = TimeSpan.FromMilliseconds(100);
            o.PingTimeout = TimeSpan.FromSeconds(3);
        });
        await using var clients = new JsClients();
        var client = await clients.ConnectAsync(server.Url, "/", [transport], legacy: true);
        var socket = Assert.Single(server.Io.Of("/").Sockets);

        // These intervals are longer than the time after which a client without pings is disconnected.
        for (var i = 0; i < 35; i++) await client.NextAsync("$pong");
        Assert.True(socket.IsConnected);
        await client.EmitAsync("echo", "[2]");
        Assert.Equal("echoed[2]", await client.NextAsync("echoed"));
    }

    [Theory]
    [InlineData("websocket")]
    [InlineData("polling")]
    public async Task A_server_that_does_not_allow_it_refuses_the_client(string transport)
    {
        await using var server = await DotnetServer.StartAsync(redis: null);
        await using var clients = new JsClients();
        var client = await clients.OpenLegacyAsync(server.Url, "/", [transport]);
        Assert.StartsWith("$error[", await client.NextAsync("$error"), StringComparison.Ordinal);
        Assert.Equal(0, server.Server.ClientCount);
    }

    private static Task<DotnetServer> StartAsync(int port = 0) =>
        DotnetServer.StartAsync(redis: null, port, configure: o => o.AllowEIO3 = true);
}
