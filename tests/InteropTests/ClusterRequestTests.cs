using System.Text.Json.Nodes;
using StackExchange.Redis;

namespace TypedSocketRedis.Tests;

/// <summary>Every operation between a Node server and a server of ours, in both directions, with official clients.</summary>
public sealed class ClusterRequestTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Both_servers_fetch_the_sockets_of_both(bool specific)
    {
        await using var cluster = await Cluster.StartAsync(redis, specific);
        foreach (var socket in cluster.Ours.Io.Of("/").Sockets)
            socket.Data = SocketArguments.FromJson("""[{"host":"dotnet","n":[1,null]}]""")[0];

        var fetched = (await cluster.Main.To("a").FetchSocketsAsync(Token)).ThrowIfIncomplete();
        var theirs = fetched.Single(socket => socket.Id.ToString() == cluster.ThereId);
        Assert.Equal([cluster.HereId, cluster.ThereId], fetched.Select(socket => socket.Id.ToString()));
        Assert.Equal([cluster.ThereId, "a"], theirs.Rooms);
        Assert.Equal("""{"host":"node"}""", theirs.Data.ToJson());
        Assert.Equal("websocket", theirs.Handshake.Query["transport"]);
        Assert.StartsWith("127.0.0.1:", theirs.Handshake.Headers["Host"], StringComparison.Ordinal);

        var seen = await cluster.Node.AskAsync("fetch", """{"rooms":["a"]}""");
        var ours = seen.EnumerateArray().Single(socket => socket.GetProperty("id").GetString() == cluster.HereId);
        Assert.Equal(2, seen.GetArrayLength());
        Assert.Equal($"""["{cluster.HereId}","a"]""", ours.GetProperty("rooms").GetRawText());
        Assert.Equal("""{"host":"dotnet","n":[1,null]}""", ours.GetProperty("data").GetRawText());
        Assert.Equal(["headers", "time", "address", "xdomain", "secure", "issued", "url", "query", "auth"],
            ours.GetProperty("handshake").EnumerateObject().Select(member => member.Name));
        Assert.Equal("4", ours.GetProperty("handshake").GetProperty("query").GetProperty("EIO").GetString());
        Assert.Single((await cluster.Main.To("a").Except(cluster.ThereId).FetchSocketsAsync(Token)));
        Assert.Equal(1, (await cluster.Node.AskAsync("fetch", $$"""{"except":["{{cluster.ThereId}}"]}""")).GetArrayLength());
    }

    [Fact]
    public async Task Both_servers_list_all_rooms_and_count_both_servers()
    {
        await using var cluster = await Cluster.StartAsync(redis);
        await cluster.Here.JoinAsync("only here");

        string[] expected = [cluster.HereId, cluster.ThereId, "a", "only here"];
        Assert.Equal(expected.Order(StringComparer.Ordinal),
            (await cluster.Ours.Io.Of("/").AllRoomsAsync(Token)).ThrowIfIncomplete().Order(StringComparer.Ordinal));
        Assert.Equal(expected.Order(StringComparer.Ordinal),
            (await cluster.Node.AskAsync("rooms", "{}")).EnumerateArray().Select(room => room.GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(2, await cluster.Ours.Io.Of("/").ServerCountAsync(Token));
        Assert.Equal("2", await cluster.Node.DoAsync("count", "{}"));
    }

    [Theory]
    [InlineData("ours")]
    [InlineData("node")]
    [InlineData("our emitter")]
    [InlineData("node's emitter")]
    public async Task Sockets_of_both_servers_are_moved_by_any_server_or_emitter(string origin)
    {
        await using var cluster = await Cluster.StartAsync(redis);
        await using var mover = await Mover.CreateAsync(redis, cluster, origin);

        await mover.JoinAsync("a", "", "x", "y");
        await mover.EmitAsync("x", "joined x");
        await mover.LeaveAsync("a", cluster.ThereId, "x");
        await mover.EmitAsync("x", "left x");
        await mover.LeaveAsync(cluster.HereId, "", "y");
        await mover.EmitAsync("y", "left y");
        await mover.EmitAsync("a", "end");

        Assert.Equal(["text[\"joined x\"]", "text[\"end\"]"], await TextsAsync(cluster.Here));
        Assert.Equal(["text[\"joined x\"]", "text[\"left x\"]", "text[\"left y\"]", "text[\"end\"]"], await TextsAsync(cluster.There));
    }

    [Theory]
    [InlineData("ours", false)]
    [InlineData("ours", true)]
    [InlineData("node", true)]
    [InlineData("our emitter", false)]
    [InlineData("node's emitter", true)]
    public async Task Sockets_of_both_servers_are_disconnected_by_any_server_or_emitter(string origin, bool close)
    {
        await using var cluster = await Cluster.StartAsync(redis);
        await using var mover = await Mover.CreateAsync(redis, cluster, origin);

        await mover.DisconnectAsync("a", close);

        Assert.Equal("$disconnect[\"io server disconnect\"]", await cluster.Here.NextAsync("$disconnect"));
        Assert.Equal("$disconnect[\"io server disconnect\"]", await cluster.There.NextAsync("$disconnect"));
    }

    [Fact]
    public async Task Server_events_and_their_acknowledgements_work_in_both_directions()
    {
        await using var cluster = await Cluster.StartAsync(redis);
        var notes = System.Threading.Channels.Channel.CreateUnbounded<string>();
        var ns = cluster.Ours.Io.Of("/");
        ns.OnServerEvent("note", arguments => notes.Writer.WriteAsync(arguments[0].ToJson() + arguments[1].ToJson()).AsTask());
        ns.OnServerEvent("name?",
            arguments =>
                Task.FromResult(SocketArguments.FromJson($$"""[{"name":"dotnet","first":{{arguments[0].ToJson()}}},"not sent"]""")));
        ns.OnServerEvent("nothing?", _ => Task.CompletedTask);

        ns.Servers().Emit("note", "from us", new byte[] { 1, 2 });
        await ns.Servers().EmitAsync("note", 2, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        Assert.Equal("""["from us",{"type":"Buffer","data":[1,2]}]""", await cluster.Node.NoteAsync());
        Assert.Equal("""[2,"2026-01-02T03:04:05.000Z"]""", await cluster.Node.NoteAsync());
        var answer = Assert.Single(await ns.Servers().EmitWithAck("name?", 7));
        Assert.Equal("""{"name":"node","first":7}""", answer.ToJson());
        Assert.Equal(ArgumentKind.Null, Assert.Single(await ns.Servers().EmitWithAck("nothing?")).Kind);

        await cluster.Node.DoAsync("note", """{"args":["from node",{"a":[1]}]}""");
        await cluster.Node.DoAsync("note", """{"via":"emitter","args":["from its emitter",2]}""");
        Assert.Equal("\"from node\"{\"a\":[1]}", await notes.Reader.ReadAsync(Token));
        Assert.Equal("\"from its emitter\"2", await notes.Reader.ReadAsync(Token));
        Assert.Equal("""["from its emitter",2]""", await cluster.Node.NoteAsync());
        Assert.Equal("""{"error":null,"responses":[{"name":"dotnet","first":7}]}""",
            await cluster.Node.DoAsync("askServers", """{"event":"name?","args":[7]}"""));
        Assert.Equal("""{"error":null,"responses":[{"$undefined":true}]}""",
            await cluster.Node.DoAsync("askServers", """{"event":"nothing?","args":[]}"""));
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        await new RedisEmitter(connection).Servers().EmitAsync("note", "from our emitter", 3);
        Assert.Equal("""["from our emitter",3]""", await cluster.Node.NoteAsync());
        Assert.Equal("\"from our emitter\"3", await notes.Reader.ReadAsync(Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Clients_of_both_servers_acknowledge_to_both_servers(bool specific)
    {
        await using var cluster = await Cluster.StartAsync(redis, specific);
        await cluster.Here.RespondAsync("q", """[{"from":"here"},2]""");
        await cluster.There.RespondAsync("q", """[{"$binary":"AQI="}]""");

        var answers = await cluster.Untyped.To("a").WithTimeout(TimeSpan.FromSeconds(20)).EmitWithAck("q", 1, new byte[] { 9 });
        Assert.Equal(["""{"from":"here"}""", """{"type":"Buffer","data":[1,2]}"""],
            answers.Select(answer => answer.ToJson()).Order(StringComparer.Ordinal));
        Assert.Equal(["bytes"], answers.Where(answer => answer.Kind == ArgumentKind.Bytes).Select(_ => "bytes"));

        var responses = JsonNode.Parse(await cluster.Node.DoAsync("ask", """{"rooms":["a"],"timeout":20000,"event":"q","args":[1]}"""))!;
        Assert.Null(responses["error"]);
        Assert.Equal(["""{"$binary":"AQI="}""", """{"from":"here"}"""],
            responses["responses"]!.AsArray().Select(one => one!.ToJsonString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_fetched_client_can_be_reached_from_the_other_server()
    {
        await using var cluster = await Cluster.StartAsync(redis);
        await cluster.Here.RespondAsync("q", """["here"]""");
        await cluster.There.RespondAsync("q", """["there"]""");

        var theirs = (await cluster.Main.All.FetchSocketsAsync(Token)).Single(socket => socket.Id.ToString() == cluster.ThereId);
        theirs.Client<AnyEvents>().Emit("text", "alone");
        var ack = await theirs.Client<AnyEvents>().WithTimeout(TimeSpan.FromSeconds(20)).EmitWithAckAsync("q");
        Assert.Equal("there", ack[0].GetString());
        await theirs.JoinAsync("moved");
        cluster.Main.To("moved").Text("moved");
        await theirs.DisconnectAsync();
        Assert.Equal(["text[\"alone\"]", "q[null]", "text[\"moved\"]"], Named(await cluster.There.UntilAsync("$disconnect")));

        await cluster.Node.DoAsync("emitRemote", $$"""{"socket":"{{cluster.HereId}}","event":"text","args":["alone"]}""");
        Assert.Equal("text[\"alone\"]", await cluster.Here.NextAsync("text"));
        Assert.Equal("""{"error":null,"responses":"here"}""",
            await cluster.Node.DoAsync("askRemote", $$"""{"socket":"{{cluster.HereId}}","timeout":20000,"event":"q","args":[]}"""));
    }

    [Fact]
    public async Task A_frozen_server_does_not_suppress_the_responses_of_the_others()
    {
        await using var cluster = await Cluster.StartAsync(redis, requestsTimeout: TimeSpan.FromSeconds(1));
        await cluster.Here.RespondAsync("q", """["here"]""");
        cluster.Node.Freeze(true);

        var fetched = await cluster.Main.All.FetchSocketsAsync(Token);
        Assert.Equal((cluster.HereId, 2, 1, 1),
            (fetched.Single().Id.ToString(), fetched.ExpectedNodes, fetched.RespondedNodes, fetched.MissingNodes));
        Assert.Equal("timeout reached while waiting for fetchSockets response",
            Assert.Throws<MissingNodesException>(fetched.ThrowIfIncomplete).Message);
        var clients = await cluster.Untyped.All.WithTimeout(TimeSpan.FromSeconds(1)).EmitWithAck("q").ToResultAsync();
        Assert.Equal(("\"here\"", false, 1), (clients.Results.Single().ToJson(), clients.IsComplete, clients.MissingNodes));
        var servers = cluster.Ours.Io.Of("/").Servers().EmitWithAck("name?", 1);
        Assert.Equal("timeout reached: only 0 responses received out of 1",
            (await Assert.ThrowsAsync<AckException<SocketArgument>>(() => servers.ToListAsync())).Message);

        cluster.Node.Freeze(false);
        Assert.Equal(2, (await cluster.Main.All.FetchSocketsAsync(Token)).Count);
    }

    [Fact]
    public async Task A_server_that_dies_during_a_request_is_missing_and_then_no_longer_expected()
    {
        await using var cluster = await Cluster.StartAsync(redis, requestsTimeout: TimeSpan.FromSeconds(2));
        var ns = cluster.Ours.Io.Of("/");
        cluster.Node.Freeze(true);
        var sockets = cluster.Main.All.FetchSocketsAsync(Token);
        var rooms = ns.AllRoomsAsync(Token);
        var servers = ns.Servers().EmitWithAck("name?", 1).ToResultAsync();
        var clients = cluster.Untyped.To("empty").WithTimeout(TimeSpan.FromSeconds(2)).EmitWithAck("q").ToResultAsync();

        // Redis has counted the servers for each request before it processes this event.
        await ns.Servers().EmitAsync("note", "sent");
        cluster.Node.Kill();

        Assert.Equal((cluster.HereId, 1), ((await sockets).Single().Id.ToString(), (await sockets).MissingNodes));
        Assert.Equal((1, 1, 1), ((await rooms).MissingNodes, (await servers).MissingNodes, (await clients).MissingNodes));
        await Patience.UntilAsync(async () => await ns.ServerCountAsync(Token) == 1, "the dead server is not counted");
        Assert.Equal(cluster.HereId, (await cluster.Main.All.FetchSocketsAsync(Token)).ThrowIfIncomplete().Single().Id.ToString());
        cluster.Main.To("a").Text("still here");
        Assert.Equal("text[\"still here\"]", await cluster.Here.NextAsync("text"));
    }

    private static async Task<IEnumerable<string>> TextsAsync(JsSocket socket)
    {
        List<string> texts = [];
        do texts.Add(await socket.NextAsync("text"));
        while (texts[^1] != "text[\"end\"]");
        return texts;
    }

    /// <summary>Returns the events without the last one, and <c>q</c> without its acknowledgement function.</summary>
    private static IEnumerable<string> Named(List<string> events) =>
        events.SkipLast(1).Select(one => one.StartsWith("q[", StringComparison.Ordinal) ? "q[null]" : one);
}
